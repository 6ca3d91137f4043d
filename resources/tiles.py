"""Works as tiles on a shelf: just what they show, read as values (see `resources.rows`)."""

import datetime
from dataclasses import dataclass

from wagtail.images import get_image_model

from initiative.base import dates
from initiative.base.landmarks import landmarks
from initiative.base.prepared import Prepared
from initiative.base.querysets import JoinedKeys
from resources.models.resource import Resource, cover_parameters_of
from resources.models.versions import newer
from resources.rows import SHOWN
from resources.vocabularies import topics_of, type_of


@dataclass(frozen=True)
class WorkTile:
    """A published work as a tile shows it, in the active language. Its properties are those of `Resource`; `is_past` is true
    where a newer version is published or it is in the archive."""

    pk: int
    slug: str
    identity: str
    title: str
    language: str
    issued: str
    issued_on: datetime.date | None
    path: str
    type: object
    topics: list
    source_parts: list[str]
    date_display: str
    is_past: bool
    cover: object

    def get_url(self) -> str:
        """Its path in the active language."""
        return self.path

    @property
    def cover_parameters(self) -> dict:
        """What its strata cover is drawn from."""
        marks = [topic.inclusion for topic in self.topics if topic.inclusion]
        return cover_parameters_of(self.identity, self.type.soil, marks, self.issued_on)


def work_tiles(keys: list[int]) -> dict[int, WorkTile]:
    """The works of these primary keys, by key; those no longer live are left out. One statement, and one more where any has a
    picture for its cover."""
    found = _works.among(*keys)
    pictures = get_image_model().objects.in_bulk({work[-1] for work in found} - {None})
    library = landmarks().url(Resource.landmark)
    tiles = {}
    for (pk, slug, identity, title, language, container, publisher, issued, issued_on, archived, kind, successor, marked,
         cover) in found:  # fmt: skip
        shown_date = dates.display(issued)
        tiles[pk] = WorkTile(
            pk=pk,
            slug=slug,
            identity=identity,
            title=title,
            language=language,
            issued=issued,
            issued_on=issued_on,
            path=f"{library}{slug}/" if library else "",
            type=type_of(kind),
            topics=topics_of(map(int, marked.split(","))) if marked else [],
            source_parts=[part for part in (container or publisher, shown_date) if part],
            date_display=shown_date,
            is_past=archived or successor is not None,
            cover=pictures.get(cover),
        )
    return tiles


def _works_of(*keys: int):
    return (
        Resource.objects.live()
        .filter(pk__in=keys)
        .order_by()
        .values_list(*SHOWN, "type", newer("identity"), JoinedKeys("pk", field="topics"), "cover")
    )


_works = Prepared(_works_of)
