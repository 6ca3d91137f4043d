"""Rows of a list of works: just what they show, read as values. Whole records took three times as long to read and to draw."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import connections, router
from modeltranslation.utils import build_localized_fieldname

from initiative.base import dates, languages
from initiative.base.landmarks import landmarks
from initiative.base.prepared import Prepared
from initiative.base.records import best_of, columns, pictures
from resources.enums import MAKERS, Access
from resources.models.contribution import Contribution
from resources.models.resource import Resource, byline_of, cover_parameters_of
from resources.models.resource_file import ResourceFile

# Whatever stands near works, in one statement: three would be made by Django for a millisecond. Makers are looked up one by one:
# joined, PostgreSQL reads everybody there is for a few dozen.
_NEAR = """
    SELECT 'maker', one.resource_id, COALESCE(
        (SELECT organisation.name FROM {organisations} organisation WHERE organisation.id = one.organisation_id),
        (SELECT TRIM(person.given_name || ' ' || person.family_name) FROM {people} person WHERE person.id = one.person_id)
    ), one.sort_order, one.id
    FROM {contributions} one WHERE one.resource_id IN ({keys}) AND one.role IN ({roles})
    UNION ALL
    SELECT 'language', resource_id, language, sort_order, id FROM {files}
    WHERE resource_id IN ({keys}) AND language <> ''
    UNION ALL
    SELECT 'mark', marked.resource_id, topic.inclusion, topic."order", topic.id
    FROM {marked} marked JOIN {topics} topic ON topic.id = marked.topic_id
    WHERE marked.resource_id IN ({keys}) AND topic.inclusion <> ''
    ORDER BY 1, 4, 5
"""


# Of each work, however it is listed.
SHOWN = (
    "pk", "slug", "identity", "title", "language", "container", "publisher", "issued", "issued_on", "archived",
)  # fmt: skip


@dataclass(frozen=True)
class WorkRow:
    """A published work as a row shows it, in the active language. Its properties are those of `Resource`; `kind` is the name
    of its type, `translation` its title in the reader's language, empty where it is in that already."""

    pk: int
    slug: str
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
    """The works of these primary keys, in this order; those no longer live are left out. Two statements, two more where any
    has a picture for its cover."""
    found = {work[0]: work for work in _works.among(*keys)}
    return _rows([found[key] for key in keys if key in found])


def works_in(place: str, count: int) -> list[WorkRow]:
    """So many works about a place (its code), newest first. As many statements."""
    return _rows(_newest.part(0, count, place))


def _rows(found: list[tuple]) -> list[WorkRow]:
    if not found:
        return []
    reader, codes, library = languages.current(), languages.codes(), landmarks().url(Resource.landmark)
    makers, spoken, marks = _near([work[0] for work in found])
    covers = pictures({work[-1] for work in found} - {None})
    rows = []
    for work in found:
        (pk, slug, identity, title, language, container, publisher, issued, issued_on, archived, others, access,
         translation, soil, *kinds, cover) = work  # fmt: skip
        shown_date = dates.display(issued, reader)
        rows.append(
            WorkRow(
                pk=pk,
                slug=slug,
                path=f"{library}{slug}/" if library else "",
                title=title,
                language=language,
                translation="" if language == reader else translation or "",
                kind=best_of(dict(zip(codes, kinds, strict=True)))[1],
                byline=byline_of(makers[pk], others, reader),
                source_parts=[part for part in (container or publisher, shown_date) if part],
                date_display=shown_date,
                file_language_names=[languages.language_name(code, reader) for code in spoken[pk] or [language]],
                is_open=access == Access.OPEN,
                archived=archived,
                cover=covers.get(cover),
                cover_parameters=cover_parameters_of(identity, soil, marks[pk], issued_on),
            )
        )
    return rows


def _works_of(*keys: int):
    return _shown(Resource.objects.live().filter(pk__in=keys).order_by())


def _works_about(place: str):
    return _shown(Resource.objects.current().filter(places=place).newest_first())


def _shown(works):
    return works.values_list(
        *SHOWN, "others", "access", build_localized_fieldname("title_translation", languages.current()), "type__soil",
        *columns("type__singular"), "cover",
    )  # fmt: skip


_works, _newest = Prepared(_works_of), Prepared(_works_about)


def _near(keys: list[int]) -> tuple[dict[int, list], dict[int, list], dict[int, list]]:
    """Of works: the names of those under the title, the languages of the files and what the topics are drawn as, each in its
    order. One statement."""
    tables = {
        "contributions": Contribution._meta.db_table,
        "people": Contribution._meta.get_field("person").related_model._meta.db_table,
        "organisations": Contribution._meta.get_field("organisation").related_model._meta.db_table,
        "files": ResourceFile._meta.db_table,
        "marked": Resource.topics.through._meta.db_table,
        "topics": Resource.topics.rel.model._meta.db_table,
        "keys": ", ".join(str(int(key)) for key in keys),
        "roles": ", ".join(f"'{role.value}'" for role in MAKERS),
    }
    names, spoken, marks = defaultdict(list), defaultdict(list), defaultdict(list)
    with connections[router.db_for_read(Resource)].cursor() as cursor:
        cursor.execute(_NEAR.format(**tables))
        for kind, work, text, _order, _pk in cursor.fetchall():
            if kind == "maker":
                names[work].append(text)
            elif kind == "mark":
                marks[work].append(text)
            elif text not in spoken[work]:
                spoken[work].append(text)
    return names, spoken, marks
