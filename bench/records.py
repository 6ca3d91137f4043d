"""Synthetic resources: the same number always gives the same record, whatever is asked for around it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from bench.words import LANGUAGES, SYLLABLES

SEED = "4 per 1000"

# What a work is written in; a third of the French and Spanish ones have a translated title and abstract.
_SYLLABLES = SYLLABLES.split()
_LANGUAGES = (["en", "fr", "es"], [62, 23, 15])
_ACCESS = (["open", "unknown", "restricted"], [55, 30, 15])
_SENTENCES = (5, 11)
_PUBLISHERS = 600
_HOUSES = ["University Press", "Institute of Soils", "Research Centre", "Publishers", "Forum for Farming"]


@dataclass(frozen=True)
class Record:
    """One resource. `type` and `topics`, `places`, `priorities`, `people` are places in the lists that exist, the first
    ones being the commonest."""

    number: int
    language: str
    title: str
    abstract: str
    title_in_english: str
    abstract_in_english: str
    issued: str
    access: str
    spotlight: bool
    archived: bool
    type: int
    topics: tuple[int, ...]
    places: tuple[int, ...]
    priorities: tuple[int, ...]
    people: tuple[int, ...]
    publisher: str


class Maker:
    """Makes records for lists of these lengths. `places` are the names that texts mention."""

    def __init__(self, types: int, topics: int, places: Sequence[str], priorities: int, people: int):
        self.places = places
        self.people = people
        self._types = _falling(types)
        self._topics = _falling(topics)
        self._places = _falling(len(places))
        self._priorities = priorities
        self._publishers = [f"{site_name(number)} {_HOUSES[number % len(_HOUSES)]}" for number in range(_PUBLISHERS)]

    def record(self, number: int) -> Record:
        """The record of a number, from 0."""
        random = Random(f"{SEED} {number}")
        (language,) = random.choices(*_LANGUAGES)
        title, abstract = self._text(random, language)
        translated = language != "en" and random.random() < 0.33
        english = self._text(random, "en") if translated else ("", "")
        return Record(
            number=number,
            language=language,
            title=title,
            abstract=abstract,
            title_in_english=english[0],
            abstract_in_english=english[1],
            issued=_date(random),
            access=random.choices(*_ACCESS)[0],
            spotlight=random.random() < 0.002,
            archived=random.random() < 0.05,
            type=_one(random, self._types),
            topics=_some(random, self._topics, (0, 1, 2, 3, 4), (4, 30, 36, 20, 10)),
            places=_some(random, self._places, (0, 1, 2, 3), (20, 55, 18, 7)),
            priorities=_some(random, _falling(self._priorities), (0, 1, 2), (60, 33, 7)),
            people=tuple(int(self.people * random.random() ** 3) for _ in range(random.randint(1, 5))),
            publisher=_skewed(random, self._publishers) if random.random() < 0.8 else "",
        )

    def _text(self, random: Random, language: str) -> tuple[str, str]:
        words = LANGUAGES[language]
        # A work is about something: what its title names comes again in its abstract.
        about = {slot: _skewed(random, words[slot]) for slot in ("practice", "outcome", "system", "method")}
        about["place"] = _skewed(random, self.places[:60])
        title = _filled(random, random.choice(words["titles"]), words, about)
        sentences = random.sample(words["sentences"], random.randint(*_SENTENCES))
        return title, " ".join(_filled(random, sentence, words, about) for sentence in sentences)


def name(number: int) -> tuple[str, str]:
    """The given and family name of a person by number; nobody's."""
    random = Random(f"{SEED} person {number}")
    return _name(random, 2), _name(random, 3)


def site_name(number: int) -> str:
    """The name of a site by number: a few are named often, thousands once."""
    return _name(Random(f"{SEED} site {number}"), 3)


def _falling(length: int) -> list[float]:
    """Cumulated weights of a list whose n-th item occurs 1/n as often as its first."""
    return list(accumulate(1 / place for place in range(1, length + 1)))


def _one(random: Random, weights: list[float]) -> int:
    return random.choices(range(len(weights)), cum_weights=weights)[0]


def _some(random: Random, weights: list[float], counts: Sequence[int], shares: Sequence[int]) -> tuple[int, ...]:
    (count,) = random.choices(counts, shares)
    return tuple(dict.fromkeys(random.choices(range(len(weights)), cum_weights=weights, k=count)))


def _date(random: Random) -> str:
    """More of late than long ago; some know only the year."""
    day = datetime.date(2026, 6, 30) - datetime.timedelta(days=int(40 * 365 * random.random() ** 2.5))
    return str(day.year) if random.random() < 0.4 else day.isoformat()


def _name(random: Random, syllables: int) -> str:
    return "".join(random.choices(_SYLLABLES, k=syllables)).title()


def _skewed(random: Random, values: Sequence[str]) -> str:
    """One of them, the first ones more often."""
    return values[int(len(values) * random.random() ** 2)]


def _filled(random: Random, pattern: str, words: dict, about: dict[str, str]) -> str:
    """A pattern with its slots filled; now and then a sentence speaks of something else."""
    aside = {slot: _skewed(random, words[slot]) for slot in ("practice", "outcome")} if random.random() < 0.25 else {}
    text = pattern.format(
        **{**about, **aside},
        site=_site(random),
        number=random.randint(2, 120),
        percent=random.randint(3, 60),
        year=random.randint(1975, 2020),
    )
    return text[:1].upper() + text[1:]


def _site(random: Random) -> str:
    return site_name(int(9_000 * random.random() ** 3))
