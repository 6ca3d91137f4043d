"""The picture that other sites show beside a link: the title over the ground that its page or record is drawn on."""

import hashlib
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext

from initiative.base import languages
from initiative.base.drawing import drawn
from initiative.base.strata import Recipe, landscape
from initiative.base.strata.landscape import HEIGHT, TOP, WIDTH
from initiative.base.strata.soils import SOILS

# A new drawing needs a new version: what was fetched is kept for ever.
VERSION = 1
_LIMIT = 400  # letters that can matter: more wouldn't fit


@dataclass(frozen=True)
class Card:
    """What the picture shows. `title` in whatever script; `language`: of the site's name; `ground`: a recipe of a cover."""

    title: str
    language: str
    ground: Recipe

    @classmethod
    def of(cls, subject: str, title: str, cover: dict | None = None) -> "Card":
        """The card of a page or record in the active language: on the ground of its cover, else on one of its own."""
        if cover is None:
            soils = list(SOILS)
            cover = {"identity": subject, "soil": soils[sum(subject.encode()) % len(soils)]}
        return cls(" ".join(title.split())[:_LIMIT], languages.current(), Recipe.of(**cover))

    @cached_property
    def digest(self) -> str:
        """A name that changes with whatever is drawn."""
        said = f"{VERSION}/{self.language}/{self.ground.address}/{self.title}"
        return hashlib.sha256(said.encode()).hexdigest()[:20]

    def png(self) -> bytes:
        """The picture, 1200 × 630 pixels. Takes some tenths of a second. Raises DrawingError."""
        with translation.override(self.language):
            site = gettext("4 per 1000")
        return drawn(
            "card",
            title=self.title,
            site=site,
            direction=languages.direction(self.language),
            ground=landscape(self.ground),
            size=(WIDTH, HEIGHT),
            top=TOP,
        )
