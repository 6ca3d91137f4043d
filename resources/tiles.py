"""Works as tiles on a shelf: just what they show, read as values (see `resources.rows`)."""

import datetime
from dataclasses import dataclass

from django.utils.functional import cached_property
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
    """A published work as a tile shows it, in the active language. Its properties are those of `Resource`; `source` is what it
    came out in or who brought it out, and `is_past` is true where a newer version is published or it is in the archive.

    What takes a while is worked out when asked: of three that may be near a work, one is shown.
    """

    pk: int
    slug: str
    identity: str
    title: str
    language: str
    issued: str
    issued_on: datetime.date | None
    path: str
    type: object
    topic_keys: str
    source: str
    is_past: bool
    cover: object

    def get_url(self) -> str:
        """Its path in the active language."""
        return self.path

    @cached_property
    def topics(self) -> list:
        """Its topics, in their order."""
        return topics_of(map(int, self.topic_keys.split(","))) if self.topic_keys else []

    @cached_property
    def date_display(self) -> str:
        """Its date in the reader's words; empty where it has none."""
        return dates.display(self.issued)

    @property
    def source_parts(self) -> list[str]:
        """Where and when it came out."""
        return [part for part in (self.source, self.date_display) if part]

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
            topic_keys=marked or "",
            source=container or publisher,
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
