"""`manage.py warm`: ask for every address of the sitemap and for the files of their pages, so that the cache in front has them
before they are needed."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import requests
from django.conf import settings
from django.core.management import CommandError
from django.urls import reverse

from initiative.keeping.nightly import NightlyCommand

_LOCATION = re.compile(r"<loc>([^<]+)</loc>")
# What pages, style sheets and scripts name.
_NAMED = {
    "text/html": re.compile(r"""(?:href|src)=["']([^"'#?]+)"""),
    "text/css": re.compile(r"""(?:url\(|@import (?!url))["']?([^"')#?]+)"""),
    "text/javascript": re.compile(r"""(?:from|import)\s*\(?\s*["']([^"'#?]+)"""),
}
# As browsers ask, and as machines do: caches keep both.
_ENCODINGS = ("gzip, deflate, br", "gzip")
_PATIENCE = 60  # seconds
_PAUSES = (1, 3, 9, 0)  # seconds after being told that it is too often, as from another machine than the front's own


class Command(NightlyCommand):
    help = "Ask for every address of the sitemap, and the files of their pages, packed both ways, through the server in front."
    requires_system_checks = ()

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--through", default=settings.SITE_URL, help="the server to ask (SITE_URL)")
        parser.add_argument("--at-once", type=int, default=2, help="how many are asked at the same time (2)")

    def act(self, *, through, at_once, **options):
        self.through = through.rstrip("/")
        maps = [reverse("sitemap")]
        paths = []
        while maps:
            listed = [urlsplit(address).path for address in _LOCATION.findall(self.sitemap(maps.pop()))]
            maps += [path for path in listed if path.endswith(".xml")]
            paths += [path for path in listed if not path.endswith(".xml")]
        self.files: set[str] = set()
        with ThreadPoolExecutor(at_once) as pool:
            failed = self.failed(pool, paths)
            asked: set[str] = set()
            while fresh := sorted(self.files - asked):
                asked |= set(fresh)
                failed += self.failed(pool, fresh)
        self.stdout.write(f"Asked for {len(paths)} addresses, and {len(asked)} files of their pages.")
        if failed:
            raise CommandError(f"{len(failed)} of them didn't answer, the first {failed[0]}")

    def failed(self, pool: ThreadPoolExecutor, paths: list[str]) -> list[str]:
        """Those that didn't answer."""
        return [path for path, fault in zip(paths, pool.map(self.fault, paths), strict=True) if fault]

    def sitemap(self, path: str) -> str:
        try:
            return self.ask(path, _ENCODINGS[0]).text
        except requests.RequestException as error:
            raise CommandError(f"{self.through}{path} can’t be read, so nothing was asked for: {error}") from error

    def fault(self, path: str) -> str:
        """What went wrong with an address; empty where nothing did. The files that it names are noted."""
        try:
            for encoding in _ENCODINGS:
                answer = self.ask(path, encoding)
            self.files |= _files(path, answer)
        except requests.RequestException as error:
            return str(error)
        return ""

    def ask(self, path: str, encoding: str) -> requests.Response:
        site = urlsplit(settings.SITE_URL)
        headers = {"Host": site.netloc, "X-Forwarded-Proto": site.scheme, "Accept-Encoding": encoding}
        for pause in _PAUSES:
            answer = requests.get(self.through + path, headers=headers, timeout=_PATIENCE, allow_redirects=False)
            if answer.status_code != HTTPStatus.TOO_MANY_REQUESTS:
                break
            time.sleep(pause)
        answer.raise_for_status()
        return answer


def _files(path: str, answer: requests.Response) -> set[str]:
    """The paths below STATIC_URL that an answer names."""
    named = _NAMED.get(answer.headers.get("Content-Type", "").partition(";")[0])
    if named is None:
        return set()
    found = (urljoin(path, name) for name in named.findall(answer.text))
    return {file for file in found if file.startswith(settings.STATIC_URL)}
