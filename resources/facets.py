"""The library's facets, declared once: form, query, counts, chips, feeds, exports and what is followed all go by them."""

from collections.abc import Iterable
from functools import lru_cache, partial

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committee.queries import priority_options
from initiative.base import languages
from initiative.base.facets import Facet, Option, Switch
from initiative.base.ranges import Range
from initiative.search import known_values
from initiative.search.analysis import sort_key, words
from resources.enums import Access, Audience, Licence, Role
from resources.queries import topic_options, type_options

KIND = "resource"
# Between a title and its translation, as in library catalogues (ISBD).
PARALLEL = " = "
# The index keeps values of this many letters.
_LONGEST = 200
# Options put in order are kept as long as the index holds the same values: two states of each language's.
_LISTS = 2 * len(settings.LANGUAGES)


def library_facets(language: str) -> list[Facet | Range | Switch]:
    """The facets in the order of the form. A statement for what the index holds, and one for each list that editors keep."""
    known = known_values(KIND, language)

    def of(name: str) -> list[str]:
        return known.get(name, [])

    return [
        Facet("type", _("Type"), type_options, few=8),
        Facet("topic", _("Topic"), topic_options, few=8),
        Facet("place", _("Region and country"), partial(_places, tuple(of("place")), language), few=6),
        Facet("language", _("Language of the files"), partial(_languages, tuple(of("language")), language), few=5),
        Range(
            "year",
            _("Year"),
            partial(of, "year"),
            since=pgettext_lazy("year", "from %(date)s"),
            until=pgettext_lazy("year", "until %(date)s"),
        ),
        Facet("priority", _("Research priority"), _priorities, folded=True),
        Facet("audience", _("Written for"), partial(_choices, Audience), folded=True),
        Facet(
            "publisher",
            _("Made or published by"),
            partial(_publishers, tuple(of("publisher")), language),
            few=6,
            most=60,
            folded=True,
        ),
        Facet("access", _("Access"), partial(_choices, [Access.OPEN]), folded=True),
        Facet("licence", _("Licence"), partial(_choices, Licence), few=6, folded=True),
        Switch("spotlight", _("In the spotlight"), on=("yes",)),
        Switch("archived", _("With the archive"), off=("no",)),
    ]


def _priorities() -> list[Option]:
    return [Option(key, title) for key, title in priority_options()]


def _choices(offered: Iterable) -> list[Option]:
    return [Option(choice.value, choice.label) for choice in offered if choice.value]


def _by_name(options: Iterable[Option], language: str) -> list[Option]:
    return sorted(options, key=lambda option: sort_key(str(option.label), language))


@lru_cache(maxsize=_LISTS)
def _languages(known: tuple[str, ...], language: str) -> list[Option]:
    return _by_name([Option(code, languages.language_name(code, language)) for code in known], language)


def _places(known: tuple[str, ...], language: str) -> list[Option]:
    """Continents by name, below them their regions and countries by name."""
    from initiative.queries import part_of

    return _tree_of_places(tuple(part_of(known).items()), language)


@lru_cache(maxsize=_LISTS)
def _tree_of_places(parents: tuple[tuple[str, str | None], ...], language: str) -> list[Option]:
    names = languages.babel_locale(language).territories
    above = dict(parents)
    parts: dict[str | None, list[Option]] = {}
    for code, parent in above.items():
        parts.setdefault(parent if parent in above else None, []).append(Option(code, names.get(code, code)))
    tree: list[Option] = []

    def walk(parent: str | None, depth: int) -> None:
        for place in _by_name(parts.pop(parent, []), language):
            tree.append(Option(place.value, place.label, depth=depth))
            walk(place.value, depth + 1)

    walk(None, 0)
    return tree


@lru_cache(maxsize=_LISTS)
def _publishers(known: tuple[str, ...], language: str) -> list[Option]:
    """By name. Names that are written alike in addresses, such as FAO and F.A.O., are one."""
    alike: dict[str, list[str]] = {}
    for name in known:
        alike.setdefault(_name_in_addresses(name), []).append(name)
    options = [
        Option(names[0], names[0], dict.fromkeys(languages.codes(), slug), also=tuple(names[1:]))
        for slug, names in alike.items()
    ]
    return _by_name(options, language)


@lru_cache(maxsize=1 << 14)
def _name_in_addresses(name: str) -> str:
    return slugify(" ".join(words(name)), allow_unicode=True) or name


def facet_document(resource, related) -> dict[str, list[str]]:
    """A resource's values for the index, from what it is related to (see `resources.search_related`)."""
    return {
        "type": related.types,
        "topic": related.topics,
        "place": related.places,
        "language": resource.languages_of(related.files),
        "year": [str(resource.year)] if resource.year else [],
        "priority": related.priorities,
        "audience": resource.audiences,
        "publisher": _made_or_published_by(resource, related.contributions),
        "access": [resource.access],
        "licence": [resource.licence] if resource.licence else [],
        "spotlight": ["yes" if resource.spotlight else "no"],
        "archived": ["yes" if resource.is_past else "no"],
    }


def _made_or_published_by(resource, contributions: Iterable) -> list[str]:
    """The names of the organisations that made or published a resource. A publisher written in words that is one of them,
    by its acronym perhaps, is not another."""
    organisations = [one.organisation for one in contributions if one.role != Role.FUNDER and one.organisation]
    names = {organisation.name[:_LONGEST]: None for organisation in organisations}
    publisher = " ".join(resource.publisher.split())[:_LONGEST]
    known = {_name_in_addresses(name) for one in organisations for name in (one.name, one.acronym) if name}
    if publisher and _name_in_addresses(publisher) not in known:
        names[publisher] = None
    return list(names)
