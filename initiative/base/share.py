"""The picture that other sites show beside a link: the title over the ground that its page or record is drawn on.

Drawn as a page of a PDF and then photographed, so that letters are joined, put in order and kerned by what the site has for
that already: Arabic needs nothing of the machine.
"""

import hashlib
import io
import unicodedata
from dataclasses import dataclass
from threading import Lock

from django.utils.functional import cached_property
from django.utils.translation import gettext

from initiative.base import languages
from initiative.base.fonts import FONTS
from initiative.base.strata import Recipe, landscape
from initiative.base.strata.landscape import HEIGHT, TOP, WIDTH
from initiative.base.strata.soils import SOILS

# A new drawing needs a new version: what was fetched is kept for ever.
VERSION = 1
_PAPER, _INK, _SOFT = (252, 250, 245), (40, 28, 22), (92, 76, 68)
_MARGIN = 72
_TITLE_TOP, _TITLE_BOTTOM = 132, TOP - 16
_SIZES = (120, 96, 84, 72, 62, 54, 46)
_LEADING = {"ltr": 1.04, "rtl": 1.42}
_COLOURS = 192
_FONTS = {
    "Newsreader": "newsreader-latin-72.ttf",
    "NewsreaderMore": "newsreader-latin-ext-72.ttf",
    "NotoSans": "NotoSans-Regular.ttf",
    "NotoNaskh": "NotoNaskhArabic-Regular.ttf",
}
_STEP = 24  # how exactly lines are evened out
# One thread at a time: PDFium keeps state of the whole process, and breaks it otherwise.
_pdfium = Lock()
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
        """The picture, 1200 × 630 pixels. Takes some tenths of a second."""
        # Not for commands that draw nothing; workers of the server share them.
        import pypdfium2
        from PIL import Image

        page = self._page()
        with _pdfium:
            document = pypdfium2.PdfDocument(page)
            try:
                drawn = document[0].render(scale=1).to_pil().convert("RGB")
            finally:
                document.close()
        file = io.BytesIO()
        drawn.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
            file, "PNG", optimize=True
        )
        return file.getvalue()

    def _page(self) -> bytes:
        from fpdf import FPDF
        from fpdf.svg import SVGObject

        page = FPDF(unit="pt", format=(WIDTH, HEIGHT))
        page.set_auto_page_break(False)
        page.set_margins(_MARGIN, 0, _MARGIN)
        for name, file in _FONTS.items():
            page.add_font(name, "", FONTS / file)
        page.set_fallback_fonts(["NewsreaderMore", "NotoSans", "NotoNaskh"], exact_match=False)
        page.set_text_shaping(True)
        page.add_page()
        page.set_fill_color(*_PAPER)
        page.rect(0, 0, WIDTH, HEIGHT, style="F")
        SVGObject(landscape(self.ground)).draw_to_page(page)
        self._write(page)
        return bytes(page.output())

    def _write(self, page) -> None:
        is_rtl = languages.direction(self.language) == "rtl"
        page.set_xy(_MARGIN, 52)
        page.set_text_color(*_SOFT)
        page.set_font("NotoNaskh" if is_rtl else "Newsreader", size=34)
        page.cell(WIDTH - 2 * _MARGIN, 44, gettext("4 per 1000"), align="R" if is_rtl else "L")

        direction = _direction(self.title)
        family = "NotoNaskh" if direction == "rtl" else "Newsreader"
        size, lines = self._fitted(page, family, direction)
        page.set_font(family, size=size)
        page.set_text_color(*_INK)
        for number, line in enumerate(lines):
            page.set_xy(_MARGIN, _TITLE_TOP + number * size * _LEADING[direction])
            page.cell(WIDTH - 2 * _MARGIN, size * _LEADING[direction], line, align="R" if direction == "rtl" else "L")

    def _fitted(self, page, family: str, direction: str) -> tuple[int, list[str]]:
        """The largest size at which the title fits, and its lines; at the smallest what doesn't fit is left out."""
        for size in _SIZES:
            page.set_font(family, size=size)
            lines = self._lines(page, size, WIDTH - 2 * _MARGIN)
            most = int((_TITLE_BOTTOM - _TITLE_TOP) / (size * _LEADING[direction]))
            if len(lines) <= most:
                return size, self._balanced(page, size, len(lines))
        return size, [*lines[: most - 1], f"{lines[most - 1].rstrip()}…"]

    def _balanced(self, page, size: int, count: int) -> list[str]:
        """As many lines, as even in length as they can be."""
        narrow, wide = (WIDTH - 2 * _MARGIN) // 2, WIDTH - 2 * _MARGIN
        while wide - narrow > _STEP:
            middle = (narrow + wide) // 2
            narrow, wide = (narrow, middle) if len(self._lines(page, size, middle)) <= count else (middle, wide)
        return self._lines(page, size, wide)

    def _lines(self, page, size: int, width: int) -> list[str]:
        return page.multi_cell(width, size, self.title, align="L", dry_run=True, output="LINES")


def _direction(text: str) -> str:
    """`rtl` or `ltr`, as the first letter that has a direction says."""
    found = (unicodedata.bidirectional(letter) for letter in text)
    first = next((kind for kind in found if kind in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"
