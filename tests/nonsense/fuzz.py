"""Many requests that are nearly right, to the site as gunicorn serves it on PostgreSQL: none is a fault of ours. See docs/operations.md.

python -m tests.nonsense.fuzz                  10,000 requests; --count 100000 for the whole
"""

import argparse
import re
import socket
import sys
import time
from collections import Counter
from http.client import HTTPException, HTTPResponse
from urllib.parse import urlsplit

import requests

from deploy.stack import Stack
from tests.faults.on_a_stack import Found, tried
from tests.faults.outage import sitemap
from tests.nonsense.mutations import Form, Mutator, Request, read

_MORE = [
    "/", "/sitemap.xml", "/robots.txt", "/healthz", "/readyz", "/metrics", "/worker.js", "/.well-known/security.txt", "/admin/", "/admin/login/",
    "/admin/password_reset/", "/documents/1/soil.pdf", "/desk/", "/desk/at/trust/", "/styleguide/", "/api/v1/partners", "/api/v1/commitments",
    "/api/v1/dictionary", "/api/v1/openapi.json", "/api/v1/partners.csv", "/en/application/", "/fr/candidature/", "/en/partners-desk/",
    "/en/offline/", "/en/search/?q=soil", "/fr/recherche/?q=sol", "/en/follow/search/?q=soil", "/en/follow/sent/", "/en/follow/mine/x/",
    "/en/follow/confirm/x/", "/en/follow/stop/x/", "/en/translation-requests/", "/en/resources/export.csv?q=soil", "/media/images/a.jpg",
    "/en/resources/export.bib", "/en/resources/feed.atom", "/en/resources/suggestions.html?q=so", "/en/news/feed/",
    "/art/share/en/page/1/0.png", "/en/resources/?q=soil&topic=water&year_from=2000&show=50",
]  # fmt: skip
_TELLTALE = re.compile(
    rb"Traceback \(most recent|DoesNotExist at /|Request Method:|django\.db\.utils|psycopg\.|<title>\w+Error at"
)
_PAGES = 150  # that are read for their forms and links
# Where somebody may be signed in; nobody else is given a cookie.
_OWN = re.compile(r"/(admin|desk)(/|$)")


class Line:
    """A connection that is kept open as long as the server keeps it."""

    def __init__(self, port: int):
        self._port, self._socket = port, None

    def ask(self, request: Request) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (small letters) and content. Raises OSError, HTTPException where none comes, on a fresh connection too."""
        written = request.written(f"localhost:{self._port}")
        fresh = self._socket is None
        try:
            return self._ask(written, request.method)
        except (OSError, HTTPException):
            self.close()
            if fresh:
                raise
            return self._ask(written, request.method)  # it may have been closed meanwhile

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _ask(self, written: bytes, method: str) -> tuple[int, dict[str, str], bytes]:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=60)
        self._socket.sendall(written)
        answer = HTTPResponse(self._socket, method=method)
        try:
            answer.begin()
            body = answer.read()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            if answer.will_close:
                self.close()
            return answer.status, headers, body
        finally:
            answer.close()


def seeds(url: str, paths: list[str]) -> tuple[list[str], list[Form]]:
    """Addresses and forms to begin with: those of the sitemap, those that are known here, and what pages of each lead to."""
    found, forms = {*paths, *_MORE}, []
    step = max(1, len(paths) // _PAGES)
    with requests.Session() as reader:
        reader.headers["Origin"] = url
        opened = reader.get(f"{url}/en/application/", timeout=60)
        (begun,) = (form for form in read(opened.text, opened.url)[0] if "press" in dict(form.fields))
        time.sleep(2.5)  # nobody fills it in quicker
        answer = reader.post(
            url + begun.path, {**dict(begun.fields), "name": "Ada Loam", "email": "ada@valle-hondo.example"}, timeout=60
        )
        steps = [
            re.sub(r"/organisation/$", f"/{name}/", answer.url)
            for name in ("contact", "organisation", "commitment", "documents", "check")
        ]
        asked = [*(url + path for path in [*paths[::step], *_MORE]), *steps]
        for address in asked:
            page = reader.get(address, timeout=60)
            if "html" in page.headers.get("Content-Type", ""):
                some, links = read(page.text, page.url)
                forms += some
                found |= links
    assert any(form.files for form in forms), "the form with files wasn't reached"
    return list(found), list(dict.fromkeys(forms))


def faults(request: Request, status: int, headers: dict[str, str], body: bytes, port: int) -> list[str]:
    """What is wrong with an answer."""
    wrong = []
    if status >= 500:
        wrong.append("a fault of ours")
    if _TELLTALE.search(body):
        wrong.append("text of an error")
    target = urlsplit(headers.get("location", ""))
    if target.netloc and target.netloc not in (f"localhost:{port}", f"127.0.0.1:{port}"):
        wrong.append("led elsewhere")
    if "set-cookie" in headers and not _OWN.match(urlsplit(request.target).path.lower()):
        wrong.append("a cookie for a reader")
    return wrong


def fuzz(stack: Stack, count: int, seed: int) -> Found:
    """Send so many requests, one after the other."""
    port = int(stack.environment["BIND"].rpartition(":")[2])
    url = f"http://localhost:{port}"
    paths, forms = seeds(url, sitemap(url))
    mutator, line = Mutator(paths, forms, url, seed), Line(port)
    statuses, methods, wrong, begun = Counter(), Counter(), Counter(), time.monotonic()
    different = set()
    for number in range(count):
        request = mutator(number)
        different.add(hash((request.method, request.target, request.body)))
        methods[request.method] += 1
        try:
            status, headers, body = line.ask(request)
            told = faults(request, status, headers, body, port)
        except (OSError, HTTPException) as error:
            status, told = 0, [f"no answer: {type(error).__name__}"]
        statuses[status] += 1
        for what in told:
            wrong[what] += 1
            if wrong[what] <= 20:
                sys.stdout.write(f"{what}: {number} {status} {request.written('localhost')[:1500]!r}\n")
        if (number + 1) % max(1, count // 20) == 0:
            minutes = (time.monotonic() - begun) / 60
            sys.stdout.write(f"{number + 1:8,} requests, {minutes:.1f} min, {sum(wrong.values())} wrong\n")
            sys.stdout.flush()
    # A request that is refused as none (400) may leave one, too, as a warning.
    errors = len(re.findall(r" ERROR |\[ERROR\]", stack.log("application").read_text()))
    return {
        f"requests, made from {len(paths):,} addresses and {len(forms)} forms": (f"{count:,}", True),
        "of them different": (f"{len(different):,}", len(different) > count * 0.8),
        "methods": (", ".join(f"{times:,} {name}" for name, times in methods.most_common()), True),
        "answers by status": (", ".join(f"{times:,} × {status}" for status, times in sorted(statuses.items())), True),
        "of them 5xx": (sum(times for status, times in statuses.items() if status >= 500), max(statuses) < 500),
        "requests without an answer": (statuses[0], not statuses[0]),
        "whatever else is wrong": (dict(wrong) or "nothing", not wrong),
        "errors in the log": (errors, errors == 0),
    }


def main() -> int:
    """Run and print a table; 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=10_000, help="requests (10000)")
    parser.add_argument("--seed", type=int, default=0, help="other requests for each (0)")
    parser.add_argument("--folder", help="where data stay, for another run")
    arguments = parser.parse_args()
    return tried(
        "fuzz",
        arguments.folder,
        lambda stack: fuzz(stack, arguments.count, arguments.seed),
        parts=("postgresql", "application"),
        WEB_CONCURRENCY="1",
        # Where nothing is kept, each request is answered anew.
        PAGE_CACHE_MEGABYTES="0",
    )


if __name__ == "__main__":
    sys.exit(main())
