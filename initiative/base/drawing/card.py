"""The picture beside a link: a title over a ground. Drawn as a page of a PDF and then photographed, so that letters are joined,
put in order and kerned by what the site has for that already: Arabic needs nothing of the machine."""

import io
import unicodedata

import pypdfium2
from fpdf import FPDF
from fpdf.svg import SVGObject
from PIL import Image

from initiative.base.fonts import FONTS

_PAPER, _INK, _SOFT = (252, 250, 245), (40, 28, 22), (92, 76, 68)
_MARGIN = 72
_TITLE_TOP, _ABOVE_GROUND = 132, 16
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


def card(title: str, site: str, direction: str, ground: str, size: tuple[int, int], top: int) -> bytes:
    """A PNG of `size` in pixels. `site`: its name, in a language of this `direction`; `ground`: an SVG of the same size, which
    begins `top` below the upper edge. More facts may only come with defaults: see `__main__`."""
    document = pypdfium2.PdfDocument(_Page(size, top).drawn(title, site, direction, ground))
    try:
        picture = document[0].render(scale=1).to_pil().convert("RGB")
    finally:
        document.close()
    file = io.BytesIO()
    picture.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        file, "PNG", optimize=True
    )
    return file.getvalue()


class _Page(FPDF):
    def __init__(self, size: tuple[int, int], top: int):
        super().__init__(unit="pt", format=tuple(size))
        self._size, self._room = size, top - _ABOVE_GROUND - _TITLE_TOP
        self._wide = size[0] - 2 * _MARGIN
        self.set_auto_page_break(False)
        self.set_margins(_MARGIN, 0, _MARGIN)
        for name, file in _FONTS.items():
            self.add_font(name, "", FONTS / file)
        self.set_fallback_fonts(["NewsreaderMore", "NotoSans", "NotoNaskh"], exact_match=False)
        self.set_text_shaping(True)
        self.add_page()

    def drawn(self, title: str, site: str, direction: str, ground: str) -> bytes:
        self.set_fill_color(*_PAPER)
        self.rect(0, 0, *self._size, style="F")
        SVGObject(ground).draw_to_page(self)
        self._write_site(site, direction == "rtl")
        self._write_title(title, _direction(title))
        return bytes(self.output())

    def _write_site(self, site: str, is_rtl: bool) -> None:
        self.set_xy(_MARGIN, 52)
        self.set_text_color(*_SOFT)
        self.set_font("NotoNaskh" if is_rtl else "Newsreader", size=34)
        self.cell(self._wide, 44, site, align="R" if is_rtl else "L")

    def _write_title(self, title: str, direction: str) -> None:
        family = "NotoNaskh" if direction == "rtl" else "Newsreader"
        size, lines = self._fitted(title, family, direction)
        self.set_font(family, size=size)
        self.set_text_color(*_INK)
        for number, line in enumerate(lines):
            self.set_xy(_MARGIN, _TITLE_TOP + number * size * _LEADING[direction])
            self.cell(self._wide, size * _LEADING[direction], line, align="R" if direction == "rtl" else "L")

    def _fitted(self, title: str, family: str, direction: str) -> tuple[int, list[str]]:
        """The largest size at which the title fits, and its lines; at the smallest what doesn't fit is left out."""
        for size in _SIZES:
            self.set_font(family, size=size)
            lines = self._lines(title, size, self._wide)
            most = int(self._room / (size * _LEADING[direction]))
            if len(lines) <= most:
                return size, self._balanced(title, size, len(lines))
        return size, [*lines[: most - 1], f"{lines[most - 1].rstrip()}…"]

    def _balanced(self, title: str, size: int, count: int) -> list[str]:
        """As many lines, as even in length as they can be."""
        narrow, wide = self._wide // 2, self._wide
        while wide - narrow > _STEP:
            middle = (narrow + wide) // 2
            narrow, wide = (narrow, middle) if len(self._lines(title, size, middle)) <= count else (middle, wide)
        return self._lines(title, size, wide)

    def _lines(self, title: str, size: int, width: int) -> list[str]:
        return self.multi_cell(width, size, title, align="L", dry_run=True, output="LINES")


def _direction(text: str) -> str:
    """`rtl` or `ltr`, as the first letter that has a direction says."""
    found = (unicodedata.bidirectional(letter) for letter in text)
    first = next((kind for kind in found if kind in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"
