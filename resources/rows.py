"""Rows of a list of works: just what they show, read as values. Whole records took three times as long to read and to draw."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from modeltranslation.utils import build_localized_fieldname
from wagtail.images import get_image_model

from initiative.base import dates, languages
from initiative.base.landmarks import landmarks
from initiative.base.records import columns
from resources.enums import MAKERS, Access
from resources.models.contribution import Contribution
from resources.models.resource import Resource, byline_of, cover_parameters_of
from resources.models.resource_file import ResourceFile


@dataclass(frozen=True)
class WorkRow:
    """A published work as a row shows it, in the active language. Its properties are those of `Resource`; `kind` is the name
    of its type, `translation` its title in the reader's language, empty where it is in that already."""

    pk: int
    path: str
    title: str
    language: str
    translation: str
    kind: str
    byline: str
    source_parts: list[str]
    date_display: str
    file_language_names: list[str]
    is_open: bool
    archived: bool
    cover: object
    cover_parameters: dict

    def text_in(self, field: str, language: str) -> str:
        """The translation of its title, for the filter that asks for that in the reader's language."""
        return self.translation


def work_rows(keys: list[int]) -> list[WorkRow]:
    """The works of these primary keys, in this order; those no longer live are left out. Four statements, two more where any
    has a picture for its cover."""
    if not keys:
        return []
    reader = languages.current()
    found = {work[0]: work for work in _works(keys, reader)}
    makers, spoken, marks = _makers(found), _languages(found), _marks(found)
    pictures = _pictures({work[-1] for work in found.values()} - {None})
    library = landmarks().url(Resource.landmark)
    rows = []
    for key in keys:
        if key not in found:
            continue
        (pk, slug, identity, title, language, container, publisher, issued, issued_on, archived, others, access,
         translation, soil, *kinds, cover) = found[key]  # fmt: skip
        shown_date = dates.display(issued)
        rows.append(
            WorkRow(
                pk=pk,
                path=f"{library}{slug}/" if library else "",
                title=title,
                language=language,
                translation="" if language == reader else translation or "",
                kind=_best(kinds, reader),
                byline=byline_of(makers[pk], others),
                source_parts=[part for part in (container or publisher, shown_date) if part],
                date_display=shown_date,
                file_language_names=[languages.language_name(code) for code in spoken[pk] or [language]],
                is_open=access == Access.OPEN,
                archived=archived,
                cover=pictures.get(cover),
                cover_parameters=cover_parameters_of(identity, soil, marks[pk], issued_on),
            )
        )
    return rows


def _works(keys: Iterable[int], reader: str):
    return (
        Resource.objects.live()
        .filter(pk__in=keys)
        .values_list(
            "pk", "slug", "identity", "title", "language", "container", "publisher", "issued", "issued_on", "archived",
            "others", "access", build_localized_fieldname("title_translation", reader), "type__soil",
            *columns("type__singular"), "cover",
        )
    )  # fmt: skip


def _makers(keys: Iterable[int]) -> dict[int, list[str]]:
    """The names of those under its title, in order."""
    names = defaultdict(list)
    rows = (
        Contribution.objects.filter(resource__in=keys, role__in=MAKERS)
        .order_by("sort_order")
        .values_list("resource", "person__given_name", "person__family_name", "organisation__name")
    )
    for resource, given, family, organisation in rows:
        names[resource].append(f"{given} {family}".strip() if organisation is None else organisation)
    return names


def _languages(keys: Iterable[int]) -> dict[int, list[str]]:
    """The languages of its files, each once."""
    spoken = defaultdict(list)
    files = ResourceFile.objects.filter(resource__in=keys).exclude(language="").order_by("sort_order")
    for resource, language in files.values_list("resource", "language"):
        if language not in spoken[resource]:
            spoken[resource].append(language)
    return spoken


def _marks(keys: Iterable[int]) -> dict[int, list[str]]:
    """What its topics are drawn as, in their order."""
    marks = defaultdict(list)
    links = Resource.topics.through.objects.filter(resource__in=keys).exclude(topic__inclusion="")
    for resource, mark in links.order_by("topic__order", "topic").values_list("resource", "topic__inclusion"):
        marks[resource].append(mark)
    return marks


def _pictures(keys: set[int]) -> dict[int, object]:
    return get_image_model().objects.prefetch_related("renditions").in_bulk(keys) if keys else {}


def _best(texts: list[str], reader: str) -> str:
    """Of a text in each language of the site, that in the reader's or the best other."""
    written = dict(zip(languages.codes(), texts, strict=True))
    return next((text for code in languages.fallbacks(reader) if (text := written.get(code))), "")
