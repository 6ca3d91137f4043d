"""Facets, declared once: the form, the query, the counts and the chips all follow from the same list.

Three kinds: a `Facet` has values to tick, a `Switch` is one box, a `Range` (in `ranges`) goes from one number to another.
Each reads its own part of an address and answers with what was chosen, a `Chosen`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote_plus, urlencode

from django.http import QueryDict
from django.utils.functional import cached_property

from initiative.base import languages

Pair = tuple[str, str]  # parameter, text
_LONG = 20  # options of a list whose choices are kept


@dataclass(frozen=True)
class Option:
    """One value of a facet: how the index knows it, how each language writes it in addresses, how it is labelled.

    `depth` is that in a tree, whose options stand in order, each above those that are part of it. `language` is the
    label's where it isn't the reader's. `also`: other values of the index that are the same thing.
    """

    value: str
    label: str
    slugs: Mapping[str, str] = field(default_factory=dict)
    depth: int = 0
    soil: str = ""
    language: str = ""
    also: tuple[str, ...] = ()

    def slug(self, language: str) -> str:
        """How the value is written in addresses of a language."""
        return self.slugs.get(language) or self.value


class Chosen:
    """What a reader chose in one facet."""

    facet: "Facet | Switch"
    # What the index must have, any of them; empty: whatever it has.
    values: tuple[str, ...] = ()
    # What the address asks for and nobody has.
    unknown: Sequence[str] = ()

    def __bool__(self) -> bool:
        """True where the address asks for something."""
        return bool(self.values)

    def pairs(self, language: str) -> list[Pair]:
        """(parameter, text) of what was chosen, as a language writes it."""
        raise NotImplementedError

    def lasting(self) -> list[Pair]:
        """The same in a way that outlives slugs: by the values of the index."""
        return self.pairs("")

    def chips(self, language: str) -> list[tuple[str, list[Pair]]]:
        """A label for each thing chosen, with the pairs that it stands for."""
        raise NotImplementedError

    def form(self, counts: Mapping[str, int], language: str):
        """What the form shows, given how many results each value would leave; false where there is nothing to show."""
        raise NotImplementedError


@dataclass(frozen=True)
class Facet:
    """One way to narrow a list: values to tick, any of which may be there. `name` is both the parameter of the address
    and the facet of the index.

    Of a long list, the `few` values with most results are shown and the others folded away; of those with none of them
    chosen, at most `most` are shown at all (0: no limit). A `folded` facet starts closed.
    """

    name: str
    label: str
    options: Callable[[], Sequence[Option]]
    few: int = 0
    most: int = 0
    folded: bool = False

    template = "components/facet.html"

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters of the address that it reads."""
        return (self.name,)

    def read(self, params: QueryDict, language: str, lasting: bool = False) -> "Ticks":
        """What an address asks for, by slugs or by what lasts. Unknown values are ignored."""
        return Ticks(self, self.options(), params.getlist(self.name), "" if lasting else language)


@dataclass(frozen=True)
class Choice:
    """An option as the form shows it: checked or not, and how many results it would leave."""

    option: Option
    slug: str
    count: int
    checked: bool
    depth: int


class Ticks(Chosen):
    """The values ticked in a facet."""

    def __init__(self, facet: Facet, options: Sequence[Option], slugs: Sequence[str], language: str):
        """`slugs` are those of any language, or without a language the values of the index."""
        self.facet, self.options = facet, options
        self.ticked, self.unknown, self.values = [], [], ()
        if any(slugs):
            self._read(slugs, language)

    def _read(self, slugs: Sequence[str], language: str) -> None:
        options = self.options
        known = {value: option for option in options for value in (option.value, *option.also)}
        if language:
            # An address may come from a reader of another language. The reader's own slugs win.
            known |= {slug: option for option in options for slug in option.slugs.values()}
            known |= {option.slug(language): option for option in options}
        ticked = {known[slug].value for slug in slugs if slug in known}
        self.ticked = [option for option in options if option.value in ticked]
        self.unknown = [slug for slug in slugs if slug and slug not in known]
        self.values = tuple(value for option in self.ticked for value in (option.value, *option.also))

    def pairs(self, language):
        return [(self.facet.name, option.slug(language)) for option in self.ticked]

    def lasting(self):
        return sorted((self.facet.name, option.value) for option in self.ticked)

    def chips(self, language):
        return [(str(option.label), [(self.facet.name, option.slug(language))]) for option in self.ticked]

    def form(self, counts, language):
        ticked = frozenset(option.value for option in self.ticked)
        asked = (_Same(self.options), frozenset(counts.items()), ticked, language, self.facet.few, self.facet.most)
        # Short lists are put together sooner than found, and would push the others out.
        return _choices.__wrapped__(*asked) if len(self.options) < _LONG else _choices(*asked)


class _Same:
    """A list that is equal to none but itself."""

    def __init__(self, options: Sequence[Option]):
        self.options = options

    def __hash__(self):
        return id(self.options)

    def __eq__(self, other):
        return self.options is other.options


# The pages of a list have the same choices: those of the last few lists are kept as long as their options are the same lists.
@lru_cache(maxsize=32)
def _choices(
    same: _Same, counted: frozenset[tuple[str, int]], ticked: frozenset[str], language: str, few: int, most: int
) -> "Choices":
    """What the form shows of options, given how many results each value would leave. Never changed once made: threads share
    it."""
    counts, choices = dict(counted), []
    for option in same.options:
        count = counts.get(option.value, 0)
        if option.also:
            count += sum(counts.get(value, 0) for value in option.also)
        checked = option.value in ticked
        if count or checked:
            choices.append(Choice(option, option.slug(language), count, checked, option.depth))
    return Choices(_without_single_steps(choices), few, most)


def _without_single_steps(choices: list[Choice]) -> list[Choice]:
    """A tree without the steps between a root and what is below that lead to one thing only: Africa, Kenya. What is
    ticked stays."""
    if not any(choice.depth for choice in choices):
        return choices
    kept: list[Choice] = []
    above: list[tuple[int, int]] = []  # depth in the whole tree and in what is kept
    for number, choice in enumerate(choices):
        while above and above[-1][0] >= choice.option.depth:
            above.pop()
        depth = above[-1][1] + 1 if above else 0
        below = choices[number + 1] if number + 1 < len(choices) else None
        single = below and below.option.depth > choice.option.depth and below.count == choice.count
        if above and single and not choice.checked:
            continue
        above.append((choice.option.depth, depth))
        kept.append(Choice(choice.option, choice.slug, choice.count, choice.checked, depth))
    return kept


class Choices(list[Choice]):
    """The choices of a facet in order; `first` are always shown, `rest` is folded away. `drawn`: what is drawn of them alone, by
    whoever draws them."""

    def __init__(self, choices: Sequence[Choice], few: int = 0, most: int = 0):
        super().__init__(choices)
        self.few, self.most = few, most
        self.drawn: dict[tuple, str] = {}

    @cached_property
    def first(self) -> list[Choice]:
        """All of a short list. Of a long one those with most results and those ticked, with what they are part of; a
        tree in its order, a plain list by results."""
        if not self.few:
            return list(self)
        by_results = self._by_results(range(len(self)))
        if len(self) <= self.few + 1:  # a fold for one choice would be as long as the choice
            shown = set(by_results)
        else:
            shown = set(by_results[: self.few])
            for number, choice in enumerate(self):
                if choice.checked:
                    shown.update([number, *self._above(number)])
        is_tree = any(choice.depth for choice in self)
        return [self[number] for number in (sorted(shown) if is_tree else self._by_results(shown))]

    @cached_property
    def rest(self) -> list[dict]:
        """What isn't among the first: `{"above", "choices"}`, where `above` names what the choices are part of."""
        first = {id(choice) for choice in self.first}
        others = [number for number, choice in enumerate(self) if id(choice) not in first]
        if self.most:
            others = sorted(self._by_results(others)[: self.most])
        listed, groups = set(others), []
        for number in others:
            # Everything above an option has as many results or more, so it is listed here or among the first.
            above = [self[parent].option for parent in self._above(number) if parent not in listed][::-1]
            if not groups or groups[-1]["above"] != above:
                groups.append({"above": above, "choices": []})
            groups[-1]["choices"].append(self[number])
        return groups

    @property
    def is_ticked(self) -> bool:
        """True where something is chosen."""
        return any(choice.checked for choice in self)

    @property
    def rest_count(self) -> int:
        """How many choices are folded away."""
        return sum(len(group["choices"]) for group in self.rest)

    @property
    def left_off(self) -> int:
        """How many choices aren't shown at all."""
        return len(self) - len(self.first) - self.rest_count

    def _by_results(self, numbers: Iterable[int]) -> list[int]:
        return sorted(numbers, key=lambda number: (-self[number].count, number))

    def _above(self, number: int) -> list[int]:
        """The places of what an option is part of, the nearest first."""
        found, depth = [], self[number].depth
        while depth and number:
            number -= 1
            if self[number].depth < depth:
                found.append(number)
                depth = self[number].depth
        return found


@dataclass(frozen=True)
class Switch:
    """One box of the form, with the parameter `<name>=1`: what the index must have while it is ticked, and while it isn't."""

    name: str
    label: str
    on: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    # The value whose results are counted beside the box.
    counted: str = "yes"

    template = "components/switch.html"
    folded = False

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters of the address that it reads."""
        return (self.name,)

    def read(self, params: QueryDict, language: str, lasting: bool = False) -> "Switched":
        """What an address asks for: any text but none switches it on."""
        return Switched(self, bool(params.get(self.name, "").strip("\x00 ")))


class Switched(Chosen):
    """A switch, on or off."""

    def __init__(self, facet: Switch, is_on: bool):
        self.facet, self.is_on = facet, is_on
        self.values = facet.on if is_on else facet.off

    def __bool__(self):
        return self.is_on

    def pairs(self, language):
        return [(self.facet.name, "1")] if self.is_on else []

    def chips(self, language):
        return [(str(self.facet.label), self.pairs(language))] if self.is_on else []

    def form(self, counts, language):
        count = counts.get(self.facet.counted, 0)
        return {"checked": self.is_on, "count": count} if count or self.is_on else None


class Selection:
    """What a reader chose, read from an address; or from what lasts of one. Unknown parameters and values are ignored."""

    def __init__(self, facets: Sequence, params: QueryDict, language: str | None = None, lasting: bool = False):
        self.language = language or languages.current()
        self.facets = list(facets)
        self._chosen = {facet.name: facet.read(params, self.language, lasting) for facet in self.facets}

    def __bool__(self):
        return any(self._chosen.values())

    def __getitem__(self, name: str) -> Chosen:
        """What was chosen in the facet of this name."""
        return self._chosen[name]

    @property
    def values(self) -> dict[str, tuple[str, ...]]:
        """Facet → values of the index, any of which must be there; only facets that narrow the list."""
        return {name: chosen.values for name, chosen in self._chosen.items() if chosen.values}

    @property
    def parameters(self) -> list[str]:
        """The parameters of the address that are read."""
        return [name for facet in self.facets for name in facet.parameters]

    def pairs(self, language: str | None = None, but: str = "") -> list[Pair]:
        """(parameter, text) of everything chosen, as a language writes it; one facet can be left out."""
        language = language or self.language
        return [pair for name, chosen in self._chosen.items() if name != but for pair in chosen.pairs(language)]

    def lasting(self) -> list[Pair]:
        """The same in a way that outlives slugs; what `Selection(…, lasting=True)` reads."""
        return [pair for chosen in self._chosen.values() for pair in chosen.lasting()]

    def choices(self, facet, counts: Mapping[str, int]):
        """What the form shows of a facet, given how many results each value would leave; what has none and isn't chosen
        goes. False where nothing is left."""
        return self._chosen[facet.name].form(counts, self.language)

    def chips(self, path: str, others: Sequence[Pair]) -> list[dict]:
        """`{"label", "url"}` for each thing chosen; the address leaves it out and keeps all else."""
        return [chip for some in self.chips_by_facet(path, others).values() for chip in some]

    def chips_by_facet(self, path: str, others: Sequence[Pair]) -> dict[str, list[dict]]:
        """The same by the name of the facet; only facets in which something is chosen."""
        pairs = self.pairs()
        return {
            name: [
                {"label": label, "url": address(path, [*others, *(pair for pair in pairs if pair not in gone)])}
                for label, gone in chosen.chips(self.language)
            ]
            for name, chosen in self._chosen.items()
            if chosen
        }


def with_what_is_above(things: Iterable) -> list:
    """Things of a tree (with `pk` and `parent`) and all that they are part of, each once: what counts for a facet."""
    found = {}
    for thing in things:
        while thing is not None and thing.pk not in found:
            found[thing.pk] = thing
            thing = thing.parent
    return list(found.values())


def address(path: str, pairs: Sequence[Pair]) -> str:
    """A path with a query; just the path where there is nothing to say."""
    query = urlencode([(name, value) for name, value in pairs if value not in ("", None)])
    return f"{path}?{query}" if query else path


def addresses(path: str, pairs: Sequence[Pair], name: str) -> Callable[[str], str]:
    """Of each value of one parameter the address that says it after what all of them say: for a list of many such."""
    alike = address(path, pairs)
    before = f"{alike}{'&' if '?' in alike else '?'}{quote_plus(name)}="
    return lambda value: f"{before}{quote_plus(value)}"


def says_just(params: QueryDict, said: Sequence[Pair], names: Iterable[str]) -> bool:
    """Whether an address says these pairs, in whatever order, and nothing else by these names."""
    ours = {*(name for name, _text in said), *names}
    asked = [(name, text) for name, texts in params.lists() for text in texts if name in ours]
    return sorted(asked) == sorted(pair for pair in said if pair[1])
