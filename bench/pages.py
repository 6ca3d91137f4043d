"""How quick pages are: kept ones beside nginx, which has the same bytes in a file, and cold ones. See README.md in this folder.

python -m bench.pages                                  SQLite, in a folder that goes afterwards
.ci/with-postgresql python -m bench.pages              PostgreSQL
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from bench import partners
from bench.measure import Server, Times, free_port, serving

KEPT = ["/en/", "/en/resources/", "/en/resources/bench-1/"]
# What is measured beside them: a list of the plain site's, kept by Django's own cache.
PLAIN_KEPT = ("plain Wagtail: a list in Django's own cache", "/kept/works/")
# Where Django gives the same bytes, without any middleware, at 0.22 of nginx's speed, kept pages may have 0.2.
OF_BARE = 0.2 / 0.22
# Where a plain list of Wagtail's takes 40 milliseconds, ours may take 30 with all its facets, and what shows one thing 20 (p95 of
# the first byte): how many milliseconds that is says more of the machine than of a site.
ONE, LIST = 20 / 40, 30 / 40
PLAIN_SITE, BARE_DJANGO = "bench.plain_wagtail.wsgi:application", "bench.bare_django:application"
PLAIN = "/works/?page={page}"
# What is asked cold, `{}` being another each time, and the share of what that list takes. `{number}` is a resource's,
# `{partner}` an organisation's, `{commitment}` a commitment's.
COLD = [
    ("home", "/{language}/", ONE),
    ("a resource", "/en/resources/bench-{number}/", ONE),
    ("a resource, in Arabic", "/ar/resources/bench-{number}/", ONE),
    ("the library", "/en/resources/?page={page}", LIST),
    ("the library, searched", "/en/resources/?q=nitrogen&page={page}", LIST),
    ("partners", "/en/partners/", LIST),
    ("partners, searched", "/en/partners/?q=clay&type=research", LIST),
    ("partners, narrowed", "/en/partners/?region=150&body=forum", LIST),
    ("partners, a later page in Arabic", "/ar/partners/?page={page}", LIST),
    ("partners of a country", "/en/partners/countries/fr/", LIST),
    ("a partner", "/en/partners/fictional-organisation-{partner}/", ONE),
    ("commitments", "/en/commitments/", LIST),
    ("commitments, searched", "/en/commitments/?q=hedges", LIST),
    ("commitments, narrowed", "/en/commitments/?status=behind&country=FR", LIST),
    ("a commitment", "/en/commitments/fictional-commitment-{commitment}/", ONE),
    ("open data of partners", "/api/v1/partners?page={page}", LIST),
    ("news", "/en/news/", LIST),
    ("news, a later page", "/en/news/?page={page}", LIST),
    ("a text", "/en/about/", ONE),
]
LANGUAGES = ("en", "fr", "es", "ar")
_NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{}}
http {{
  access_log off; keepalive_requests 1000000; sendfile on; types {{ text/html html; }}
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
}}
"""


class Line:
    """One connection, and no more of HTTP than it takes to read an answer: what is measured is the server."""

    def __init__(self, port: int, encoding: str = "br"):
        self._port, self._encoding = port, encoding
        self._connect()

    def _connect(self) -> None:
        self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, path: str) -> tuple[float, bytes]:
        """Milliseconds to the first byte, and the content. Anew where the server hung up, as a worker that is renewed does.
        RuntimeError for any status but 200."""
        try:
            return self._ask(path)
        except ConnectionError:
            self._connect()
            return self._ask(path)

    def _ask(self, path: str) -> tuple[float, bytes]:
        request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: {self._encoding}\r\n\r\n".encode()
        begun = time.perf_counter()
        self._socket.sendall(request)
        answer = self._socket.recv(1 << 16)
        first = (time.perf_counter() - begun) * 1_000
        while b"\r\n\r\n" not in answer:
            answer += self._more()
        head, _empty, body = answer.partition(b"\r\n\r\n")
        if b" 200 " not in head[:20]:
            raise RuntimeError(f"{path}: {head[:60]!r}")
        length = int(head.lower().partition(b"\r\ncontent-length: ")[2].partition(b"\r\n")[0])
        while len(body) < length:
            body += self._more()
        return first, body

    def _more(self) -> bytes:
        read = self._socket.recv(1 << 16)
        if not read:
            raise ConnectionResetError("The server hung up.")
        return read


def nginx() -> str:
    """Where the program is. SystemExit, which says what to install, where it isn't."""
    if program := shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"):
        return program
    raise SystemExit("nginx was not found: install it (Debian: apt install nginx-light).")


@contextmanager
def static_files(files: dict[str, bytes]) -> Iterator[int]:
    """nginx with these files, by name; its port."""
    program = nginx()
    with tempfile.TemporaryDirectory(prefix="nginx-") as folder:
        Path(folder).chmod(0o755)  # nginx's workers are another user
        Path(folder, "files").mkdir()
        for name, content in files.items():
            Path(folder, "files", name).write_bytes(content)
        port = free_port()
        configuration = Path(folder, "nginx.conf")
        configuration.write_text(_NGINX.format(folder=folder, port=port))
        server = subprocess.Popen([program, "-p", folder, "-e", f"{folder}/error.log", "-c", configuration])
        try:
            _until_it_listens(port)
            yield port
        finally:
            server.terminate()
            server.wait(10)


def _until_it_listens(port: int) -> None:
    for _try in range(100):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("nginx did not start")


def rate(line: Line, path: str, seconds: float) -> float:
    """Answers a second on one connection."""
    count, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        for _turn in range(20):
            line.ask(path)
        count += 20
    return count / (time.perf_counter() - begun)


def kept_pages(rounds: int) -> bool:
    """Whether all are quick enough. A table: answers a second of what is kept, beside the same bytes from a view of Django's and
    from a file, each in turn; of the rounds the one whose ratio to nginx is the median."""
    print("\n| kept page | bytes as sent | a second | bare Django | nginx | of nginx | bare Django of it", end=" ")
    print("| of bare Django | at least | |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|---|", flush=True)
    with (
        serving(workers=1, kept=8) as server,
        serving(application=PLAIN_SITE) as plain,
        serving(application=BARE_DJANGO) as bare,
    ):
        asked = [(path, server, path) for path in KEPT] + [(PLAIN_KEPT[0], plain, PLAIN_KEPT[1])]
        files = {f"{number}.html": Line(site.port).ask(path)[1] for number, (_, site, path) in enumerate(asked)}
        right = True
        with static_files(files) as nginx:
            for (name, site, path), (file, body) in zip(asked, files.items(), strict=True):
                lines = (Line(site.port), path), (Line(bare.port), f"/{len(body)}"), (Line(nginx), f"/{file}")
                turns = [[rate(line, where, 0.5) for line, where in lines] for _round in range(rounds)]
                here, django, static = sorted(turns, key=lambda turn: turn[0] / turn[2])[rounds // 2]
                ratios = f"{here / static:.2f} | {django / static:.2f} | {here / django:.2f} | {OF_BARE:.2f}"
                slower = "slower" if site is server and here / django < OF_BARE else ""
                right &= not slower
                print(f"| {name} | {len(body):,} | {here:,.0f} | {django:,.0f} | {static:,.0f} | {ratios} | {slower} |")
    return right


def cold_pages(runs: int, there: dict[str, int]) -> bool:
    """Whether all are quick enough. A table: the first byte of pages that nobody keeps, beside a plain list of Wagtail's; one
    worker, one connection each; and what the processor worked for a page in the mean, in milliseconds, which other work beside
    changes less. `there`: how many there are of what an address numbers."""
    print("\n| cold page | first byte p50 | p95 | CPU | a plain list p50 | p95 | p95 of it | at most | |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|---|", flush=True)
    right = True
    with serving(workers=1) as server, serving(application=PLAIN_SITE) as plain:
        for name, pattern, most in COLD:
            before = server.worked()
            times, beside, asked = first_bytes(server, pattern, plain, runs, there)
            worked = (server.worked() - before) / asked
            ratio = times.p95 / beside.p95
            right &= ratio <= most
            told = " | ".join(f"{each:.1f}" for each in (times.p50, times.p95, worked, beside.p50, beside.p95))
            print(f"| {name} | {told} | {ratio:.2f} | {most:.2f} | {'' if ratio <= most else 'slower'} |", flush=True)
        print(f"\nMemory of the worker after that (PSS, preloaded): {server.memory()[0]:.0f} MiB.")
    return right


def first_bytes(
    server: Server, pattern: str, plain: Server, runs: int, there: dict[str, int]
) -> tuple[Times, Times, int]:
    """Of so many addresses of a kind, and of the plain list asked in turn with them: machines have slow moments, which then
    meet both. Ten that aren't counted come first. And how many were asked in all."""
    line, other = Line(server.port), Line(plain.port)
    times, beside = [], []
    for turn in range(runs + 10):
        numbers, page = {name: turn * 37 % count for name, count in there.items()}, turn % 15 + 2
        try:
            took = line.ask(pattern.format(**numbers, language=LANGUAGES[turn % 4], page=page))[0]
        except RuntimeError:
            if turn:  # one in twenty is archived or another version, and answered otherwise
                line = Line(server.port)
                continue
            raise
        times.append(took)
        beside.append(other.ask(PLAIN.format(page=page))[0])
    return Times(times[10:]), Times(beside[10:]), runs + 10


def add_news(count: int) -> None:
    """So many articles in English, two a month; only those that are missing."""
    from initiative.models import NewsArticlePage, NewsIndexPage

    index = NewsIndexPage.objects.get(locale__language_code="en")
    for number in range(count):
        slug = f"bench-{number}"
        if not index.get_children().filter(slug=slug).exists():
            date = f"{2026 - number // 24}-{12 - number % 24 // 2:02}-{1 + number % 2 * 14:02}"
            about = "It exists in measurements only, and says in a sentence or two what happened to the soil that day."
            article = NewsArticlePage(title=f"Fictional article {number}", slug=slug, date=date, introduction=about)
            index.add_child(instance=article)


def plain_site(connection, count: int) -> None:
    """A plain Wagtail site of so many pages, in a database of that number beside the site's own."""
    if connection.vendor == "postgresql":
        name = f"{connection.settings_dict['NAME']}_plain_{count}"
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not cursor.fetchone():
                cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")
        address = urlsplit(os.environ["DATABASE_URL"])
        os.environ["PLAIN_DATABASE_URL"] = address._replace(path=f"/{name}").geturl()
    else:
        os.environ["PLAIN_DATABASE_URL"] = f"sqlite:///{os.environ['DATA_DIR']}/plain-{count}.sqlite3"
    command = [sys.executable, "-m", "bench.plain_wagtail", str(count)]
    subprocess.run(command, check=True, env=os.environ | {"DJANGO_SETTINGS_MODULE": "bench.plain_wagtail.settings"})


def main() -> int:
    """Load, index, measure, and print tables; 1 where something is slower than it must be."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--resources", type=int, default=10_000, help="how many (10000)")
    parser.add_argument("--organisations", type=int, default=partners.ORGANISATIONS, help="how many (2000)")
    parser.add_argument("--commitments", type=int, default=partners.COMMITMENTS, help="how many (5000)")
    parser.add_argument("--news", type=int, default=240, help="how many articles (240)")
    parser.add_argument("--runs", type=int, default=100, help="of each cold page (100)")
    parser.add_argument("--rounds", type=int, default=5, help="of each kept page, half a second each (5)")
    parser.add_argument("--folder", help="where data stay, for another run; loads only what is missing there")
    arguments = parser.parse_args()
    nginx()  # rather now than after minutes of loading
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.environ |= {"DATA_DIR": arguments.folder or folder, "DJANGO_SETTINGS_MODULE": "initiative.settings"}
        os.environ.setdefault("LOG_LEVEL", "ERROR")
        import django

        django.setup()
        from django.db import connection

        from bench import load

        load.prepare()
        load.load(arguments.resources)
        partners.load(arguments.organisations, arguments.commitments)
        add_news(arguments.news)
        load.index()
        load.write_references()
        plain_site(connection, arguments.resources)
        connection.close()
        there = {
            "number": arguments.resources,
            "partner": arguments.organisations,
            "commitment": arguments.commitments,
        }
        right = [kept_pages(arguments.rounds), cold_pages(arguments.runs, there)]
    return 0 if all(right) else 1


if __name__ == "__main__":
    sys.exit(main())
