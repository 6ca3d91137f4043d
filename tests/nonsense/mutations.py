"""Requests that are nearly right: an address or a form that the site has, changed by chance."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, quote, quote_plus, urljoin, urlsplit

from tests.nonsense.values import HEADERS, NONSENSE, PARAMETERS, PATHS, UNDERSTOOD

Pairs = list[tuple[str, str]]
_NO_HEADER = re.compile(r"[\r\n\x00]")
_LANGUAGES = ("en", "fr", "es", "ar")
_ENDS = (
    "",
    "/",
    "export.csv",
    "cite.bib",
    "feed.atom",
    "event.ics",
    "opensearch.xml",
    "page-2/",
    "..",
    "%2e%2e/",
    "index.php",
)
_TYPES = ("image/png", "application/pdf", "text/plain", "text/csv", "", "nonsense", "application/x-www-form-urlencoded")
_CONTENTS = (
    b"", b"%PDF-1.7\n%%EOF\n", b"%PDF-1.7\n" + b"1 0 obj <<>> endobj\n" * 20, b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n" + b"\x00" * 90,
    b"\xff\xd8\xff\xe0\x00\x10JFIF", b"GIF89a" + b"\xff" * 30, b"RIFF\x00\x00\x00\x00WEBPVP8 ", b"year,value\n2020,\xff\n", b"PK\x03\x04",
    b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x00" * 5_000,
)  # fmt: skip


@dataclass(frozen=True)
class Form:
    """A form of a page: where it is sent, and what stands in it. `files` are the names of its fields for files."""

    method: str
    path: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()


@dataclass
class Request:
    """One request, ready to be written down."""

    method: str
    target: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def written(self, host: str) -> bytes:
        """As bytes on the line: what can't stand in a first line or a header is encoded or left out."""
        target = "".join(letter if "!" <= letter <= "~" else quote(letter, errors="replace") for letter in self.target)
        lines = [f"{self.method} {target or '/'} HTTP/1.1", f"Host: {host}"]
        lines += [f"{name}: {_NO_HEADER.sub('', value)}" for name, value in self.headers.items()]
        if self.body or self.method == "POST":
            lines.append(f"Content-Length: {len(self.body)}")
        return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + self.body


class _Forms(HTMLParser):
    """Reads the forms of a page, and where its links lead on the same site."""

    def __init__(self, address: str):
        super().__init__()
        self.address, self.forms, self.links = address, [], set()
        self._open: dict | None = None

    def handle_starttag(self, tag, attrs):
        has = {name: value or "" for name, value in attrs}
        if tag == "a" and (path := self._own(has.get("href", ""))):
            self.links.add(path)
        elif tag == "form":
            path = self._own(has.get("action") or self.address)
            self._open = {"method": has.get("method", "get").upper(), "path": path, "fields": [], "files": []}
        elif self._open and has.get("name") and tag in ("input", "select", "textarea", "button"):
            if has.get("type") == "file":
                self._open["files"].append(has["name"])
            else:
                self._open["fields"].append((has["name"], has.get("value", "")))

    def handle_endtag(self, tag):
        if tag == "form" and self._open:
            found, self._open = self._open, None
            if found["path"]:
                self.forms.append(Form(found["method"], found["path"], tuple(found["fields"]), tuple(found["files"])))

    def _own(self, address: str) -> str:
        """Path and query of an address of this site; empty for any other."""
        parts = urlsplit(urljoin(self.address, address))
        if parts.netloc != urlsplit(self.address).netloc or parts.scheme not in ("http", "https"):
            return ""
        return f"{parts.path}?{parts.query}" if parts.query else parts.path


def read(page: str, address: str) -> tuple[list[Form], set[str]]:
    """The forms of a page, and the paths its links lead to on the same site."""
    reader = _Forms(address)
    reader.feed(page)
    return reader.forms, reader.links


class Mutator:
    """`mutator(number)` gives a request, always the same for a seed, a number and what it starts from."""

    def __init__(self, paths: list[str], forms: list[Form], origin: str, seed: int = 0):
        self._paths, self._forms, self._origin, self._seed = sorted(paths), forms, origin, seed
        self._parameters = sorted(
            {*PARAMETERS, *(name for path in paths for name, _value in parse_qsl(urlsplit(path).query))}
            | {name for form in forms for name, _value in form.fields}
        )
        self._by_chance = random.Random()

    def __call__(self, number: int) -> Request:
        self._by_chance.seed(f"{self._seed} {number}")
        made = self._form() if self._forms and self._chance(0.25) else self._address()
        # Limits count by address: nobody comes twice.
        made.headers.setdefault("X-Forwarded-For", f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")
        if self._chance(0.15):
            made.headers |= self._one(HEADERS)
        if self._chance(0.2):
            made.headers["HX-Request"] = "true"
        return made

    def _chance(self, share: float) -> bool:
        return self._by_chance.random() < share

    def _one(self, choices):
        return self._by_chance.choice(choices)

    def _address(self) -> Request:
        path, _mark, query = self._one(self._paths).partition("?")
        if self._chance(0.4):
            path = self._path(path)
        pairs = parse_qsl(query, keep_blank_values=True)
        if self._chance(0.75):
            pairs = self._pairs(pairs)
        method = self._one(["GET"] * 18 + ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
        return Request(method, f"{path}?{self._query(pairs)}" if pairs else path)

    def _form(self) -> Request:
        form = self._one(self._forms)
        pairs = self._pairs(list(form.fields))
        path = self._path(form.path) if self._chance(0.1) else form.path
        if form.method == "GET":
            return Request("GET", f"{path.partition('?')[0]}?{self._query(pairs)}")
        headers = {"Origin": self._origin if self._chance(0.95) else self._text()}
        if form.files or self._chance(0.2):
            content_type, body = self._multipart(pairs, form.files)
        elif self._chance(0.05):
            content_type, body = self._one(["application/json", "text/plain", "nonsense"]), self._text().encode()
        else:
            content_type, body = "application/x-www-form-urlencoded", self._query(pairs).encode("utf-8", "replace")
        if self._chance(0.02):
            content_type = f"{content_type}; charset={self._one(['utf-16', 'nonsense', 'latin-1', 'idna', 'base64'])}"
        return Request("POST", path, headers | {"Content-Type": content_type}, body)

    def _path(self, path: str) -> str:
        parts = path.split("/")
        place = self._by_chance.randrange(len(parts))
        changes: list[Callable[[], str]] = [
            lambda: "/".join([*parts[:place], self._raw(), *parts[place:]]),
            lambda: "/".join([*parts[:place], *parts[place + 1 :]]),
            lambda: "/".join([*parts[:place], parts[place] * 2, *parts[place:]]),
            lambda: "/".join([*parts[:place], self._raw(), *parts[place + 1 :]]),
            lambda: path + self._one(_ENDS),
            lambda: path.rstrip("/") + self._one(PATHS),
            lambda: path.upper(),
            lambda: f"/{self._one(_LANGUAGES)}/" + "/".join(parts[2:]),
            lambda: path[: self._by_chance.randrange(len(path) + 1)],
            lambda: path[: (cut := self._by_chance.randrange(len(path) + 1))] + self._letter() + path[cut + 1 :],
            lambda: self._one(self._paths).partition("?")[0].rstrip("/") + "/" + "/".join(parts[-2:]),
        ]
        changed = self._one(changes)()
        return changed if changed.startswith("/") else f"/{changed}"

    def _pairs(self, pairs: Pairs) -> Pairs:
        """Some changed, some left out, some there twice, some new."""
        changed: Pairs = []
        for name, value in pairs:
            if self._chance(0.1):
                continue
            changed.append((name, value if self._chance(0.5) else self._value(name)))
            if self._chance(0.05):
                changed.append((name, self._value(name)))
        for _more in range(self._one([0, 0, 1, 1, 2, 3, 6])):
            name = self._one(self._parameters) if self._chance(0.9) else self._text()
            changed.append((name, self._value(name)))
        if self._chance(0.1):
            self._by_chance.shuffle(changed)
        return changed

    def _value(self, name: str) -> str:
        if name in UNDERSTOOD and self._chance(0.5):
            return self._one(UNDERSTOOD[name])
        return self._text()

    def _text(self) -> str:
        kind = self._by_chance.randrange(6)
        if kind < 3:
            return self._one(NONSENSE)
        if kind == 3:
            return str(self._one([0, 1, -1, 7, 2**31, 2**63, -(2**63) - 1, 10**30]) + self._by_chance.randrange(3))
        return "".join(self._letter() for _place in range(self._by_chance.randrange(1, 30)))

    def _letter(self) -> str:
        """Of ASCII, of Latin, of any plane; surrogates are no letters."""
        most = self._one([0x80, 0x100, 0x800, 0xD800, 0x110000])
        found = self._by_chance.randrange(most)
        return chr(found) if not 0xD800 <= found < 0xE000 else "\ufffd"

    def _raw(self) -> str:
        return self._one(
            [quote(self._text()[:200], safe=""), f"%{self._by_chance.randrange(256):02x}", "", "-1", "%", "%zz"]
        )

    def _query(self, pairs: Pairs) -> str:
        """As browsers write it; now and then as bytes of another encoding, or with other signs between."""
        encoding = self._one(["utf-8"] * 8 + ["utf-16", "latin-1"])
        between = self._one(["&"] * 15 + ["&&", ";", "&=&", "&%"])

        def write(text: str) -> str:
            return quote_plus(text.encode(encoding, "replace"))

        return between.join(f"{write(name)}={write(value)}" for name, value in pairs)

    def _multipart(self, pairs: Pairs, files: tuple[str, ...]) -> tuple[str, bytes]:
        parts = [(f'name="{name}"', "", value.encode("utf-8", "replace")) for name, value in pairs]
        for name in files:
            if self._chance(0.8):
                called = re.sub(r'[\r\n"]', "", self._text())[:300]
                parts.append((f'name="{name}"; filename="{called}"', self._one(_TYPES), self._one(_CONTENTS)))
        body = b""
        for head, kind, content in parts:
            head = f"--limit\r\nContent-Disposition: form-data; {head}\r\n" + (
                f"Content-Type: {kind}\r\n" if kind else ""
            )
            body += head.encode("utf-8", "replace") + b"\r\n" + content + b"\r\n"
        body += b"--limit--\r\n"
        if self._chance(0.1):
            body = body[: self._by_chance.randrange(len(body) + 1)]
        return f"multipart/form-data; boundary={self._one(['limit'] * 15 + ['other', ''])}", body
