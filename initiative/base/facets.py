"""Facets, declared once: the form, the query, the counts and the chips all follow from the same list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict

from initiative.base import languages


@dataclass(frozen=True)
class Option:
    """One value of a facet: how the index knows it, how each language writes it in addresses, how it is labelled."""

    value: str
    label: str
    slugs: Mapping[str, str] = field(default_factory=dict)
    depth: int = 0
    soil: str = ""

    def slug(self, language: str) -> str:
        """How the value is written in addresses of a language."""
        return self.slugs.get(language) or self.value


@dataclass(frozen=True)
class Facet:
    """One way to narrow a list. `name` is both the parameter of the address and the facet of the index."""

    name: str
    label: str
    options: Callable[[], Sequence[Option]]


@dataclass(frozen=True)
class Choice:
    """An option as the form shows it: checked or not, and how many results it would leave."""

    option: Option
    slug: str
    count: int
    checked: bool


class Selection:
    """What a reader chose: values per facet, read from an address. Unknown facets and values are ignored."""

    def __init__(self, facets: Sequence[Facet], params: QueryDict, language: str | None = None):
        self.language = language or languages.current()
        self.facets = list(facets)
        self._options = {facet.name: list(facet.options()) for facet in self.facets}
        self.values: dict[str, tuple[str, ...]] = {}
        for facet in self.facets:
            # A slug of any language is understood: an address may come from a reader of another one.
            known = {
                slug: option.value
                for option in self._options[facet.name]
                for slug in {*option.slugs.values(), option.value}
            }
            chosen = dict.fromkeys(known[slug] for slug in params.getlist(facet.name) if slug in known)
            if chosen:
                self.values[facet.name] = tuple(chosen)

    def __bool__(self):
        return bool(self.values)

    def choose(self, values: Mapping[str, Sequence[str]]) -> None:
        """Choose by value instead of by slug, and nothing else: facet → values. Unknown ones are ignored."""
        self.values = {}
        for facet in self.facets:
            known = {option.value for option in self._options[facet.name]}
            if chosen := dict.fromkeys(value for value in values.get(facet.name, ()) if value in known):
                self.values[facet.name] = tuple(chosen)

    def pairs(self, language: str | None = None) -> list[tuple[str, str]]:
        """(parameter, slug) of everything chosen, as a language writes it."""
        language = language or self.language
        return [
            (name, option.slug(language))
            for name, values in self.values.items()
            for option in self._options[name]
            if option.value in values
        ]

    def choices(self, facet: Facet, counts: Mapping[str, int]) -> list[Choice]:
        """A facet's options with their counts; what has no result and isn't chosen goes."""
        chosen = self.values.get(facet.name, ())
        return [
            Choice(option, option.slug(self.language), counts.get(option.value, 0), option.value in chosen)
            for option in self._options[facet.name]
            if counts.get(option.value) or option.value in chosen
        ]

    def chips(self, path: str, others: Sequence[tuple[str, str]]) -> list[dict]:
        """`{"label", "url"}` for each value chosen; the address leaves that value out and keeps all else."""
        pairs = self.pairs()
        labels = {
            (name, option.slug(self.language)): option.label for name in self.values for option in self._options[name]
        }
        return [
            {"label": labels[pair], "url": address(path, [*others, *(other for other in pairs if other != pair)])}
            for pair in pairs
        ]


def address(path: str, pairs: Sequence[tuple[str, str]]) -> str:
    """A path with a query; just the path where there is nothing to say."""
    query = urlencode([(name, value) for name, value in pairs if value not in ("", None)])
    return f"{path}?{query}" if query else path
