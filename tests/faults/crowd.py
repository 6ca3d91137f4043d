"""Readers who ask for all that the site has, for as long as a trial wants them."""

import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote_plus

import requests

_WORDS = [
    "soil", "carbone", "suelo", "agroforestry", "nitrogen", "cover crops", '"soil organic carbon"', "pâturages", "erosión",
    "compost -biochar", "mang*", "التربة", "water OR eau", "nothing like this", "rice", "savanna", "peat", "vigne", "maïs",
]  # fmt: skip
_LIBRARIES = ("/en/resources/", "/fr/ressources/", "/es/recursos/", "/ar/resources/")
_SEARCHES = ("/en/search/", "/fr/recherche/", "/es/buscar/", "/ar/search/")
_EXPORTS = ("export.csv", "export.bib", "export.ris", "export.json", "export.csl.json", "feed.atom")
_OPEN_DATA = (
    "/api/v1/partners", "/api/v1/commitments", "/api/v1/dictionary", "/api/v1/partners.csv", "/api/v1/commitments.csv",
    "/api/v1/openapi.json",
)  # fmt: skip
NO_ANSWER = 0  # in the place of a status


@dataclass(frozen=True)
class Asked:
    """One request. `anew`: no cache may answer it."""

    kind: str
    path: str
    anew: bool = False


class Choice:
    """What readers ask for, by chance, always in the same shares."""

    def __init__(self, paths: list[str], seed: int):
        self._paths, self._random = paths, random.Random(seed)

    def __call__(self) -> Asked:
        one = self._random.choice
        words = quote_plus(one(_WORDS))
        kinds: list[tuple[int, Callable[[], Asked]]] = [
            (45, lambda: Asked("an address of the sitemap", one(self._paths))),
            (9, lambda: Asked("the same, made anew", one(self._paths), anew=True)),
            (
                12,
                lambda: Asked(
                    "the library, searched", f"{one(_LIBRARIES)}?q={words}{one(['', '&page=2', '&sort=title'])}"
                ),
            ),
            (7, lambda: Asked("the whole site, searched", f"{one(_SEARCHES)}?q={words}")),
            (7, lambda: Asked("an export or a feed", f"/en/resources/{one(_EXPORTS)}?q={words}")),
            (10, lambda: Asked("open data", f"{one(_OPEN_DATA)}?at={self._random.randrange(40)}")),
            (6, lambda: Asked("the form to follow a search", f"/en/follow/search/?q={words}")),
            (3, lambda: Asked("an address that never was", f"/en/never-{self._random.randrange(10**6)}/")),
            (1, lambda: Asked("is it well?", one(["/healthz", "/readyz"]))),
        ]
        shares, asked = zip(*kinds, strict=True)
        return self._random.choices(asked, shares)[0]()


class Crowd:
    """`with Crowd(url, paths, rate=25) as crowd:` asks so often a second in all, until the end; without a rate as often as answers
    come. `statuses[kind][status]` counts; `waited[kind]` has seconds; `wrong` names the first answers that were faults of the site's.
    """

    def __init__(self, url: str, paths: list[str], rate: float = 0, readers: int = 6, seed: int = 7):
        self.url, self._rate, self._readers = url, rate, readers
        self.statuses: dict[str, Counter] = defaultdict(Counter)
        self.waited: dict[str, list[float]] = defaultdict(list)
        self.wrong: list[str] = []
        self._paths, self._seed = paths, seed
        self._lock, self._over, self._threads = threading.Lock(), threading.Event(), []

    @property
    def count(self) -> int:
        """Answers so far."""
        with self._lock:
            return sum(counted.total() for counted in self.statuses.values())

    @property
    def faults(self) -> int:
        """Answers so far that say it is the site's fault, and requests that had none."""
        with self._lock:
            return sum(
                times
                for counted in self.statuses.values()
                for status, times in counted.items()
                if status >= 500 or status == NO_ANSWER
            )

    def __enter__(self):
        self._threads = [
            threading.Thread(target=self._read, args=(self._seed + number,)) for number in range(self._readers)
        ]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _read(self, seed: int) -> None:
        choose, pace = Choice(self._paths, seed), random.Random(seed)
        due = time.monotonic()
        with requests.Session() as session:
            session.headers["Accept-Encoding"] = "gzip, br"
            while not self._over.is_set():
                self._ask(session, choose())
                if self._rate:
                    due += self._readers / self._rate * (0.5 + pace.random())
                    self._over.wait(max(0, due - time.monotonic()))

    def _ask(self, session: requests.Session, asked: Asked) -> None:
        begun, text = time.monotonic(), ""
        # Whoever brings a cookie of the site is given nothing that is kept.
        cookies = {"Cookie": "sessionid=none"} if asked.anew else {}
        try:
            with session.get(
                self.url + asked.path, headers=cookies, timeout=60, allow_redirects=False, stream=True
            ) as answer:
                status, text = answer.status_code, answer.content[:200].decode("utf-8", "replace")
        except requests.RequestException as error:
            status, text = NO_ANSWER, repr(error)[:200]
        with self._lock:
            self.statuses[asked.kind][status] += 1
            self.waited[asked.kind].append(time.monotonic() - begun)
            if (status >= 500 or status == NO_ANSWER) and len(self.wrong) < 20:
                self.wrong.append(f"{time.strftime('%H:%M:%S')} {asked.path} {status} {text}")
