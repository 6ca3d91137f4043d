"""Anonymous pages, kept for a moment as they were sent: answered before Django is asked at all.

It stands around the application as gunicorn calls it, so it keeps exactly the bytes and headers that would leave: only of what
says of itself that anybody may have it (`public`, no cookie). The key is scheme, host, path, query, the two headers of htmx that
change an answer, and the browser's languages where the path has none. Whatever else a request may say is taken off before the
application sees it: so nobody can have an answer kept that others didn't ask for. Who brings a cookie of ours is passed by.

Each worker keeps its own; see `initiative.base.freshness` for how long, and why nothing needs to be told of a change.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import quote

from django.conf import settings

from initiative.base.encodings import best_encoding, pack, unpack
from initiative.base.freshness import PAGES, STALE, WITHOUT_US, cache_control

Key = tuple[str, ...]
_QUERY, _LANGUAGE = 5, 8  # places in a key

# Of what a browser says, all that the application is told about a page that may be kept: what is in the key, and for the log.
_TOLD = frozenset(
    {
        "HTTP_HOST",
        "HTTP_ACCEPT_LANGUAGE",
        "HTTP_HX_REQUEST",
        "HTTP_HX_HISTORY_RESTORE_REQUEST",
        "HTTP_X_FORWARDED_FOR",
        "HTTP_X_FORWARDED_PROTO",
        "HTTP_X_REQUEST_ID",
    }
)
# An answer may vary by these: they are part of the key, or worked out here.
_VARIES = frozenset({"accept-encoding", "hx-request", "hx-history-restore-request"})
_FOLLOWERS = ("utm_",)
_FOLLOWER_NAMES = frozenset(
    {"fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "yclid", "_ga", "ref_src"}
)
_LONGEST_QUERY = 1_000
_LARGEST = 1 << 20  # bytes of a page, as it is sent
_OVERHEAD = 2_000  # bytes of headers and key
_PAUSE = 1.0  # seconds until it is asked again after it failed
# A cache in front that asks whether its copy is still right keeps for a moment, too, that it isn't there any more: otherwise it
# would give the copy again once nobody answers it. Of addresses of which it has none, it keeps nothing.
_TAKEN_AWAY, _HAS_ONE = ("301", "404", "410"), frozenset({"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"})
# nginx says so in X-Front-Keeps (see deploy/nginx): it asks without a validator where what it has is no page.
_OLD_COPY = "EXPIRED"
# And that it was closed: the form or the way to sign in that stands there now is kept by nobody, so the old page would stay with
# the front. What leads to them, at an address of which no front has anything, takes its place.
_CLOSED, _DOOR = ("200", "302", "403"), "door=1"
_CONTROLS = tuple(cache_control(age) for age in range(PAGES + STALE + 1))


def counting_query(query: str) -> str:
    """A query without what only tells where a reader came from; the rest as it was, since each list has one address."""
    if not query:
        return query
    parts = [part for part in query.split("&") if part and not _follows(part.partition("=")[0])]
    return "&".join(parts)


def _follows(name: str) -> bool:
    return name in _FOLLOWER_NAMES or name.startswith(_FOLLOWERS)


@dataclass
class Page:
    """An answer: headers without those that each request gets anew, and the content by encoding, packed when first asked."""

    headers: list[tuple[str, str]]
    control: str
    etag: str
    packs: bool
    bodies: dict[str, bytes]
    made: float
    # Until when others are given this one, while somebody makes it anew or after that failed.
    excused: float = 0.0
    lock: Lock = field(default_factory=Lock)

    def body(self, encoding: str) -> bytes:
        """The content; each encoding is worked out once."""
        found = self.bodies.get(encoding)
        if found is None:
            with self.lock:
                if encoding not in self.bodies:
                    source, packed = next(iter(self.bodies.items()))
                    self.bodies[encoding] = pack(encoding, unpack(source, packed))
                found = self.bodies[encoding]
        return found

    @property
    def size(self) -> int:
        return _OVERHEAD + sum(len(body) for body in self.bodies.values())


class Shelf:
    """Pages by key, the least asked leaving where they take more than `room` bytes."""

    def __init__(self, room: int):
        self.room, self._taken = room, 0
        self._pages: OrderedDict[Key, tuple[Page, int]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Key) -> Page | None:
        with self._lock:
            if key not in self._pages:
                return None
            self._pages.move_to_end(key)
            return self._pages[key][0]

    def put(self, key: Key, page: Page) -> None:
        """Keep a page; three times its size is reckoned, as it may come to be there in each encoding."""
        size = 3 * page.size
        with self._lock:
            self._drop(key)
            self._pages[key] = (page, size)
            self._taken += size
            while self._taken > self.room:
                self._drop(next(iter(self._pages)))

    def drop(self, key: Key) -> None:
        with self._lock:
            self._drop(key)

    def _drop(self, key: Key) -> None:
        if key in self._pages:
            self._taken -= self._pages.pop(key)[1]

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._taken = 0


class PageCache:
    """A WSGI application around another.

    `room` is in bytes; `cookies` are names that make a request somebody's own; `passed` are beginnings of paths that are never
    kept; `languages` are first parts of paths whose answers no browser's language changes; `behind_proxy` says whether
    `X-Forwarded-Proto` is to be believed; `clock` gives seconds; `note` is told of each answer
    whether it was `kept`, `stale` or `made`.
    """

    def __init__(
        self,
        application: Callable,
        *,
        room: int,
        cookies: Iterable[str],
        passed: Iterable[str] = (),
        languages: Iterable[str] = (),
        behind_proxy: bool = False,
        clock: Callable[[], float] = time.monotonic,
        note: Callable[[str], None] = lambda outcome: None,
    ):
        self.application, self.clock, self.note = application, clock, note
        self.shelf = Shelf(room)
        self._cookies, self._passed = frozenset(cookies), tuple(passed)
        self._languages, self._behind_proxy = frozenset(languages), behind_proxy

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            # Django reads even an address in the charset that this names, and no cache in front has it in its key.
            environ.pop("CONTENT_TYPE", None)
            environ.pop("CONTENT_LENGTH", None)
        key = self._key(environ)
        if key is None:
            return self.application(environ, start_response)
        page = self.shelf.get(key)
        if page is not None:
            now = self.clock()
            age = now - page.made
            if age < PAGES or (page.excused > now and age < WITHOUT_US and not _front_has_another(page, environ)):
                self.note("kept" if age < PAGES else "stale")
                return _send(page, int(age), environ, start_response)
            page.excused = page.made + PAGES + STALE
        return self._ask(key, page, environ, start_response)

    def _key(self, environ: dict) -> Key | None:
        """What is asked for, or None where that isn't everybody's."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in environ:
            return None
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        if path.startswith(self._passed) or len(query) > _LONGEST_QUERY or "HTTP_RANGE" in environ:
            return None
        if (sent := environ.get("HTTP_COOKIE")) and any(name in sent for name in self._cookies):
            return None
        in_language = path.partition("/")[2].partition("/")[0] in self._languages
        return (
            environ.get("wsgi.url_scheme", ""),
            environ.get("HTTP_X_FORWARDED_PROTO", "") if self._behind_proxy else "",
            environ.get("HTTP_HOST", ""),
            environ.get("SCRIPT_NAME", ""),
            path,
            counting_query(query),
            environ.get("HTTP_HX_REQUEST", ""),
            environ.get("HTTP_HX_HISTORY_RESTORE_REQUEST", ""),
            "" if in_language else environ.get("HTTP_ACCEPT_LANGUAGE", ""),
        )

    def _ask(self, key: Key, old: Page | None, environ: dict, start_response: Callable) -> Iterable[bytes]:
        answer: list = []

        def note(status, headers, exc_info=None):
            answer[:] = [status, headers]

        made = self.clock()
        result = self.application(self._told(environ, key), note)
        status, headers = answer
        if status >= "5" and old and made - old.made < WITHOUT_US and not _front_has_another(old, environ):
            _close(result)
            old.excused = self.clock() + _PAUSE
            self.note("stale")
            return _send(old, PAGES + STALE, environ, start_response)
        if environ["REQUEST_METHOD"] == "GET" and (page := _kept(status, headers, result, made)):
            self.shelf.put(key, page)
            self.note("made")
            return _send(page, 0, environ, start_response)
        if environ["REQUEST_METHOD"] == "GET" and status < "5":
            self.shelf.drop(key)
            if environ.get("HTTP_X_FRONT_KEEPS") == _OLD_COPY and _was_closed(status, headers):
                _close(result)
                return _lead_to_the_door(environ, start_response)
        if status[:3] in _TAKEN_AWAY and _has_one(environ) and _is_everybodys(headers):
            headers = [*headers, ("Cache-Control", cache_control())]
        start_response(status, headers)
        return result

    def _told(self, environ: dict, key: Key) -> dict:
        """The request as the application may see it: nothing that isn't in the key and could change an answer."""
        told = {name: value for name, value in environ.items() if not name.startswith("HTTP_") or name in _TOLD}
        if not self._behind_proxy:
            told.pop("HTTP_X_FORWARDED_PROTO", None)
        told["QUERY_STRING"], told["HTTP_ACCEPT_LANGUAGE"] = key[_QUERY], key[_LANGUAGE]
        told["HTTP_ACCEPT_ENCODING"] = best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        return told


def with_page_cache(application: Callable) -> PageCache:
    """The cache as the settings want it. What has no use for it is passed: files, and what only staff and members see."""
    from initiative import metrics  # Django has to be set up
    from initiative.admin_policy import messages

    return PageCache(
        application,
        room=settings.PAGE_CACHE_MEGABYTES << 20,
        cookies=[settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, messages.COOKIE],
        passed=[settings.STATIC_URL, settings.MEDIA_URL, f"/{settings.ADMIN_PATH}/", "/documents/", "/desk/"],
        languages=[code for code, _name in settings.LANGUAGES],
        behind_proxy=settings.BEHIND_PROXY,
        note=metrics.counters.add,
    )


def _kept(status: str, headers: list[tuple[str, str]], result: Iterable[bytes], made: float) -> Page | None:
    """The answer as a page to keep, read to its end; None, and nothing read, where it isn't everybody's."""
    said = {name.lower(): value for name, value in headers}
    control = {part.strip().partition("=")[0].lower() for part in said.get("cache-control", "").split(",")}
    varies = {part.strip().lower() for part in said.get("vary", "").split(",") if part.strip()}
    if (
        not status.startswith("200")
        or getattr(result, "streaming", True)
        or "public" not in control
        or control & {"private", "no-store", "no-cache"}
        or "set-cookie" in said
        or not varies <= _VARIES
        or int(said.get("content-length", _LARGEST)) >= _LARGEST
    ):
        return None
    content = b"".join(result)
    _close(result)
    encoding = said.get("content-encoding", "")
    rest = ("cache-control", "content-encoding", "content-length", "etag")
    etag = said.get("etag", "")
    return Page(
        headers=[(name, value) for name, value in headers if name.lower() not in rest],
        control=said["cache-control"],
        etag=f"W/{etag.removeprefix('W/')}" if etag else "",
        packs="accept-encoding" in varies,
        bodies={encoding: content},
        made=made,
    )


def _is_everybodys(headers: list[tuple[str, str]]) -> bool:
    """Whether an answer that says nothing of caches is the same for whoever asks."""
    said = {name.lower(): value for name, value in headers}
    varies = {part.strip().lower() for part in said.get("vary", "").split(",") if part.strip()}
    return "cache-control" not in said and "set-cookie" not in said and varies <= _VARIES


def _was_closed(status: str, headers: list[tuple[str, str]]) -> bool:
    """Whether an answer is for who asked alone, or for nobody to keep, where everybody had the same before."""
    control = ",".join(value for name, value in headers if name.lower() == "cache-control")
    return status[:3] in _CLOSED and any(word in control for word in ("private", "no-store"))


def _lead_to_the_door(environ: dict, start_response: Callable) -> Iterable[bytes]:
    """What a front keeps in the place of a page that was closed since; once it is old, the front asks again."""
    path = quote("/" + environ.get("PATH_INFO", "").lstrip("/"), safe="/", encoding="latin-1")
    query = "&".join(part for part in (environ.get("QUERY_STRING", ""), _DOOR) if part)
    headers = [
        ("Location", f"{quote(environ.get('SCRIPT_NAME', ''), encoding='latin-1')}{path}?{query}"),
        ("Cache-Control", cache_control()),
        ("Content-Length", "0"),
    ]
    start_response("302 Found", headers)
    return ()


def _has_one(environ: dict) -> bool:
    """Whether who asks has a copy: a front or another cache."""
    return environ.get("HTTP_X_FRONT_KEEPS") == _OLD_COPY or not _HAS_ONE.isdisjoint(environ)


def _front_has_another(page: Page, environ: dict) -> bool:
    """Whether a front that keeps pages (it says so) has another than this old one: made since, or that it was closed or taken
    away, as another worker told it. Then nobody is helped by ours."""
    is_ours = _matches(environ.get("HTTP_IF_NONE_MATCH", ""), page.etag)
    return environ.get("HTTP_X_FRONT_KEEPS") == _OLD_COPY and not is_ours


def _close(result) -> None:
    """Let the application end its request."""
    if close := getattr(result, "close", None):
        close()


def _send(page: Page, age: int, environ: dict, start_response: Callable) -> Iterable[bytes]:
    control = page.control
    if control == _CONTROLS[0]:
        control = _CONTROLS[min(age, PAGES + STALE)]
    headers = [*page.headers, ("Cache-Control", control)]
    if page.etag:
        headers.append(("ETag", page.etag))
        if (asked := environ.get("HTTP_IF_NONE_MATCH")) and _matches(asked, page.etag):
            headers = [(name, value) for name, value in headers if not name.lower().startswith("content-t")]
            start_response("304 Not Modified", headers)
            return ()
    encoding = best_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")) if page.packs else ""
    body = page.body(encoding)
    if encoding:
        headers.append(("Content-Encoding", encoding))
    headers.append(("Content-Length", str(len(body))))
    start_response("200 OK", headers)
    return () if environ["REQUEST_METHOD"] == "HEAD" else (body,)


def _matches(asked: str, etag: str) -> bool:
    """Whether a header `If-None-Match` names the page, compared weakly."""
    own = etag.removeprefix("W/")
    return asked.strip() == "*" or any(part.strip().removeprefix("W/") == own for part in asked.split(","))
