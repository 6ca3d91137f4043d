"""`manage.py warm`: ask for every address of the sitemap, so that the cache in front has it before it is needed."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.core.management import CommandError
from django.urls import reverse

from initiative.keeping.nightly import NightlyCommand

_LOCATION = re.compile(r"<loc>([^<]+)</loc>")
# As browsers ask, and as machines do: caches keep both.
_ENCODINGS = ("gzip, deflate, br", "gzip")
_PATIENCE = 60  # seconds
_PAUSES = (1, 3, 9, 0)  # seconds after being told that it is too often, as from another machine than the front's own


class Command(NightlyCommand):
    help = "Ask for every address of the sitemap, packed both ways, through the server in front."
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
        with ThreadPoolExecutor(at_once) as pool:
            failed = [path for path, fault in zip(paths, pool.map(self.fault, paths), strict=True) if fault]
        self.stdout.write(f"Asked for {len(paths)} addresses.")
        if failed:
            raise CommandError(f"{len(failed)} of them didn't answer, the first {failed[0]}")

    def sitemap(self, path: str) -> str:
        try:
            return self.ask(path, _ENCODINGS[0]).text
        except requests.RequestException as error:
            raise CommandError(f"{self.through}{path} can’t be read, so nothing was asked for: {error}") from error

    def fault(self, path: str) -> str:
        """What went wrong with an address; empty where nothing did."""
        try:
            for encoding in _ENCODINGS:
                self.ask(path, encoding)
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
