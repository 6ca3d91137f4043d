"""What somebody tries at the server in front, and what others notice of it: see docs/operations.md.

python -m tests.faults.hostile
"""

import argparse
import re
import socket
import sys
import time
from collections import Counter
from contextlib import ExitStack, suppress
from secrets import token_hex
from threading import Thread

import requests

from deploy.stack import Stack
from tests.faults.address import From
from tests.faults.on_a_stack import tried

NAME, PASSWORD = "ada-the-editor", "soil is alive and so am I"
# Requests of which two servers might see another end: each may be answered once, and refused.
SMUGGLED = {
    "two lengths": "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
    "a length and chunks": "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nZ\r\nQ\r\n\r\n",
    "chunks that aren't": "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunks after a tab": "Transfer-Encoding:\tchunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    "a length that is none": "Content-Length: +5\r\n\r\nabcde",
    "a header without a colon": "Nonsense\r\n\r\n",
    "a second host": "Host: evil.example\r\n\r\n",
}
UNKEYED = {
    "X-Forwarded-Host": "evil.example",
    "X-Host": "evil.example",
    "Forwarded": "host=evil.example",
    "X-Original-URL": "/evil.example",
    "X-Forwarded-Prefix": "/evil.example",
    "X-HTTP-Method-Override": "POST",
    "Referer": "https://evil.example/",
    "User-Agent": "evil.example",
}
SECRETS = [
    "/media/documents/soil.txt", "/media/../secret_key", "/media/images/../../secret_key", "/media/images/%2e%2e/%2e%2e/secret_key",
    "/media/images/..%2f..%2fsecret_key", "/media/original_images/%2e%2e%2f%2e%2e%2fsecret_key", "/media//secret_key", "/private/",
    "/front/503.en.html", "/static/../secret_key",
]  # fmt: skip

_NOTHING = ("/media/documents/soil.txt", "/media/", "/media/images/nothing.png", "/media/private/x.pdf?y=1")


def raw(stack: Stack, request: str) -> tuple[list[int], float]:
    """The statuses of everything that comes back for some bytes, and the seconds until the server hung up."""
    begun, answer = time.monotonic(), b""
    with socket.create_connection(("127.0.0.1", stack.port), timeout=20) as line:
        line.sendall(request.encode())
        line.settimeout(3)
        try:
            while more := line.recv(1 << 16):
                answer += more
        except TimeoutError:
            pass
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3})", answer)], time.monotonic() - begun


def smuggling(stack: Stack) -> dict[str, tuple[object, bool]]:
    found = {}
    for what, rest in SMUGGLED.items():
        statuses, _seconds = raw(stack, f"POST /en/search/ HTTP/1.1\r\nHost: localhost:{stack.port}\r\n{rest}")
        found[f"a request with {what}"] = statuses, len(statuses) == 1 and statuses[0] >= 400
    return found


def poisoning(stack: Stack) -> dict[str, tuple[object, bool]]:
    path, evil = f"{stack.url}/en/news/", 0
    for turn, (name, value) in enumerate(UNKEYED.items()):
        address = f"{path}?page={turn + 100}"  # an address that nobody keeps yet
        requests.get(address, headers={name: value}, timeout=60)
        evil += b"evil.example" in requests.get(address, timeout=60).content
    wrong = requests.get(f"{stack.url}/en/", headers={"Host": "evil.example"}, timeout=60).status_code
    return {
        f"pages poisoned by {len(UNKEYED)} headers": (evil, evil == 0),
        "a host that isn't ours": (wrong, wrong == 421),
    }


def deception(stack: Stack) -> dict[str, tuple[object, bool]]:
    """Pages of somebody signed in, under addresses that look like files."""
    stack.manage(
        "shell", "--verbosity", "0", "--command",
        "from django.contrib.auth import get_user_model\n"
        f"get_user_model().objects.filter(username={NAME!r}).delete()\n"
        f"get_user_model().objects.create_superuser({NAME!r}, '', {PASSWORD!r})",
    )  # fmt: skip
    leaked, tried = (
        [],
        [
            "/admin/",
            "/admin/account/",
            "/admin/x.css",
            "/admin/account/x.js",
            "/admin/account/..%2fx.css",
            "/en/",
            "/en/x.css",
        ],
    )
    with requests.Session() as editor:
        login = f"{stack.url}/admin/login/"
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', editor.get(login, timeout=60).text)[1]
        data = {"username": NAME, "password": PASSWORD, "csrfmiddlewaretoken": token, "next": "/admin/"}
        signed_in = NAME in editor.post(login, data, headers={"Referer": login}, timeout=60).text
        for path in tried:
            for _turn in range(2):
                editor.get(stack.url + path, timeout=60)
            answer = requests.get(stack.url + path, timeout=60)
            if NAME in answer.text or (path.startswith("/admin/") and answer.headers.get("X-Cache") == "HIT"):
                leaked.append(path)
    return {f"pages of an editor that others are given, of {len(tried)}": (leaked or 0, signed_in and not leaked)}


def files(stack: Stack) -> dict[str, tuple[object, bool]]:
    key = (stack.folder / "secret_key").read_text()
    given = []
    for path in SECRETS:
        with socket.create_connection(("127.0.0.1", stack.port), timeout=20) as line:
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost:{stack.port}\r\nConnection: close\r\n\r\n".encode())
            answer = b"".join(iter(lambda line=line: line.recv(1 << 16), b""))
        if key.encode() in answer or b" 200 " in answer[:20]:
            given.append(path)
    return {f"secret files given away, of {len(SECRETS)}": (given or 0, not given)}


def nothing(stack: Stack) -> dict[str, tuple[object, bool]]:
    """Below /media/, and to whom /metrics is closed: the site's own page in the reader's language, which nobody keeps."""
    wrong = []
    for language, said in {"en": "not in the ground", "fr": "pas dans le sol", "ar": 'dir="rtl"'}.items():
        for path, sender in [*((path, "127.0.0.1") for path in _NOTHING), ("/metrics", "127.0.0.2")]:
            with requests.Session() as reader:
                reader.mount("http://", From(sender))
                address = f"http://127.0.0.1:{stack.port}{path}"
                answer = reader.get(
                    address, headers={"Accept-Language": language, "Host": f"localhost:{stack.port}"}, timeout=60
                )
            right = (
                answer.status_code == 404 and said in answer.text and 'name="robots" content="noindex' in answer.text
            )
            if (
                not right
                or answer.headers.get("Cache-Control", "no-store") != "no-store"
                or "Set-Cookie" in answer.headers
            ):
                wrong.append((language, path, answer.status_code, answer.headers.get("Cache-Control")))
    token = {"Authorization": f"Bearer {stack.environment['OPERATIONS_TOKEN']}"}
    given = requests.get(f"{stack.url}/metrics", headers=token, timeout=60)
    counted = given.status_code == 200 and "site_answers_total" in given.text
    return {
        f"answers of nothing that are not the site's own, of {3 * (len(_NOTHING) + 1)}": (wrong or 0, not wrong),
        "numbers for this machine, with the token": (given.status_code, counted),
    }


def searching(stack: Stack) -> dict[str, tuple[object, bool]]:
    """One who searches for another word each time, as fast as answers come, four at once; others ask for a page that is made."""
    words, statuses = iter(range(400)), Counter()

    def search() -> None:
        with requests.Session() as reader:
            reader.mount("http://", From("127.0.0.3"))
            for word in words:
                answer = reader.get(f"http://127.0.0.1:{stack.port}/en/resources/?q=s*+OR+w{word}", timeout=60)
                statuses[answer.status_code] += 1

    times, searchers = [], [Thread(target=search) for _one in range(4)]
    for one in searchers:
        one.start()
    with requests.Session() as reader:
        while any(one.is_alive() for one in searchers):
            before = time.perf_counter()
            assert reader.get(f"{stack.url}/en/about/?turn={len(times)}", timeout=60).status_code == 200
            times.append((time.perf_counter() - before) * 1_000)
    p95 = sorted(times)[int(len(times) * 0.95)]
    return {
        "400 searches of one address as fast as they can": (
            dict(statuses),
            set(statuses) == {200, 429} and statuses[429] > statuses[200],
        ),
        "milliseconds that others wait meanwhile (p95)": (round(p95), p95 < 500),
    }


def slow(stack: Stack) -> dict[str, tuple[object, bool]]:
    """Two hundred machines that send a head, or a form, or read a page, a letter now and then; others ask for a page that is kept
    and for one that is made."""
    host, found = f"Host: localhost:{stack.port}", {}
    form = f"{host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\nq="
    kinds = {
        "send a head": f"POST /en/search/ HTTP/1.1\r\n{host}\r\nX-Slow: ",
        "send a form": f"POST /en/search/ HTTP/1.1\r\n{form}",
        "read a page": f"GET /en/resources/?at=NUMBER HTTP/1.1\r\n{host}\r\n\r\n",  # which nobody keeps
    }
    for what, begun in kinds.items():
        times = waited(stack, begun, reads=what == "read a page")
        p95 = sorted(times)[int(len(times) * 0.95)]
        found[f"milliseconds that others wait (p95) beside 200 who {what} slowly"] = round(p95), p95 < 500
    return found


def waited(stack: Stack, begun: str, reads: bool) -> list[float]:
    """Milliseconds of a hundred answers while 200 machines, each with an address of its own, begin with these words, two by two,
    and go on a letter at a time."""
    times, others = [], []
    with ExitStack() as lines, requests.Session() as reader:
        for turn in range(100):
            for number in (2 * turn, 2 * turn + 1):
                others.append(lines.enter_context(_connected(stack.port, f"127.0.1.{number + 1}")))
                others[-1].sendall(begun.replace("NUMBER", str(number)).encode())
            for other in others[turn % 50 : -2 : 50]:
                with suppress(ConnectionError, TimeoutError):  # nginx may lose patience with them
                    other.recv(1) if reads else other.sendall(b"a")
            path = "/en/" if turn % 2 else f"/en/about/?turn={turn}"
            before = time.perf_counter()
            assert reader.get(stack.url + path, timeout=60).status_code == 200
            times.append((time.perf_counter() - before) * 1_000)
    return times


def _connected(port: int, address: str) -> socket.socket:
    """A line from an address of this machine that takes in little at a time."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
    line.settimeout(5)
    line.bind((address, 0))
    line.connect(("127.0.0.1", port))
    return line


def main() -> int:
    """Run and print a table; 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--folder", help="where data stay, for another run")
    arguments = parser.parse_args()
    return tried(
        "hostile",
        arguments.folder,
        smuggling,
        poisoning,
        deception,
        files,
        nothing,
        searching,
        slow,
        OPERATIONS_TOKEN=token_hex(),
    )


if __name__ == "__main__":
    sys.exit(main())
