"""A paper of a few pages: paragraphs, and questions with their answers, in whatever script."""

from datetime import datetime
from functools import cache

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from initiative.base.fonts import FONTS

_SANS, _NASKH = "NotoSans", "NotoNaskhArabic"
_UNKNOWN = "\ufffd"
_FACT = 14  # millimetres: a question and a line of its answer


def paper(
    language: str, direction: str, title: str, author: str, created: str, foot: str, parts: list[list], left_out: str
) -> bytes:
    """A PDF. `created`: when, in ISO 8601; `foot`: stands under each page, before its number; `parts`: `["line", text, options]`,
    with those of `_Paper.write_line`, or `["fact", name, value]`; `left_out`: said at the end, with a `%(sign)s`, where letters
    of a script that isn't at hand are shown by this sign. More facts, and more options, may only come with defaults: see
    `__main__`.
    """
    page = _Paper(language, direction, foot)
    page.set_title(title)
    page.set_author(author)
    page.set_creation_date(datetime.fromisoformat(created))
    for kind, text, more in parts:
        if kind == "fact":
            page.write_fact(text, more)
        else:
            page.write_line(text, **more)
    if page.left_out:
        page.write_line(left_out % {"sign": _UNKNOWN}, 9, before=6, grey=90)
    return bytes(page.output())


@cache
def _letters() -> frozenset[int]:
    """The code points that can be printed."""
    found = set()
    for name in (_SANS, _NASKH):
        with TTFont(FONTS / f"{name}-Regular.ttf") as font:
            found |= font.getBestCmap().keys()
    return frozenset(found | {ord("\n")})


class _Paper(FPDF):
    """A4, in one language, with the direction of that language."""

    def __init__(self, language: str, direction: str, foot: str):
        super().__init__(format="A4")
        self.is_rtl = direction == "rtl"
        self.left_out = False
        self._foot = foot
        self.set_margins(25, 25, 25)
        self.set_auto_page_break(True, margin=25)
        for name in (_SANS, _NASKH):
            for style, file in (("", "Regular"), ("B", "Bold")):
                self.add_font(name, style, FONTS / f"{name}-{file}.ttf")
        self.set_fallback_fonts([_SANS if self.is_rtl else _NASKH], exact_match=False)
        self.set_text_shaping(True)
        self.set_lang(language)
        self.add_page()

    def write_line(self, text: str, size: float = 11, style: str = "", before: float = 0, grey: int = 0) -> None:
        """A paragraph; letters of scripts that aren't at hand are shown as such."""
        known = "".join(c if ord(c) in _letters() else _UNKNOWN for c in text)
        self.left_out = self.left_out or known != text
        self.ln(before)
        # What is Latin altogether, such as an address, has the signs of a Latin font too.
        self.set_font(_NASKH if self.is_rtl and not known.isascii() else _SANS, style, size)
        self.set_text_color(grey)
        # Each paragraph runs as its own first letters do, and stands on the side where the language begins.
        self.multi_cell(0, size * 0.55, known, align="R" if self.is_rtl else "L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def write_fact(self, name: str, value: str) -> None:
        if self.will_page_break(_FACT):
            self.add_page()  # a question stays with the beginning of its answer
        self.write_line(name, 9, before=2, grey=90)
        self.write_line(value)

    def footer(self):
        self.set_y(-18)
        self.set_font(_SANS, "", 8)
        self.set_text_color(90)
        self.cell(0, 5, f"{self._foot} · {self.page_no()}", align="C")
