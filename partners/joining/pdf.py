"""What was signed, as a PDF for who signed it."""

from functools import cache

from django.conf import settings
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from initiative.base import languages
from initiative.base.fonts import FONTS
from partners.intake.models import Submission
from partners.joining.declaration import stated
from partners.joining.models import Signature

_SANS, _NASKH = "NotoSans", "NotoNaskhArabic"
_UNKNOWN = "\ufffd"
_FACT = 14  # millimetres: a question and a line of its answer


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

    def __init__(self, language: str, foot: str):
        super().__init__(format="A4")
        self.is_rtl = languages.direction(language) == "rtl"
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


def load_paper() -> None:
    """Write a page of both scripts for nobody: fonts, tables and code are then in memory that workers share."""
    paper = _Paper("ar", "")
    paper.write_line(f"4 per 1000 {_UNKNOWN} \u0661", style="B")
    paper.output()


def signed_declaration(signature: Signature, submission: Submission) -> bytes:
    """The declaration, what the organisation states under it, and the signature, in the active language."""
    version, moment = signature.version, f"{signature.signed:%Y-%m-%d %H:%M:%S} UTC"
    paper = _Paper(languages.current(), f"{submission.reference} · {settings.SITE_URL}")
    paper.set_title(f"{version.title}: {submission.subject}")
    paper.set_author(signature.name)
    paper.set_creation_date(signature.signed)

    paper.write_line(_("4 per 1000: soils for food security and climate"), 10, grey=90)
    paper.write_line(version.title, 20, "B", before=2)
    paper.write_line(submission.subject, 14, before=1)
    if version.is_summary:
        note = _(
            "The wording of this declaration is not on the site yet. What was shown and signed is this summary of it."
        )
        paper.write_line(note, 10, before=4, grey=90)
    for paragraph in version.text.split("\n\n"):
        paper.write_line(" ".join(paragraph.split()), before=3)

    paper.write_line(_("What the organisation states"), 14, "B", before=8)
    for question, answer in stated(signature.statement):
        paper.write_fact(question, answer)

    paper.write_line(_("Signed online"), 14, "B", before=8)
    paper.write_fact(_("Name"), signature.name)
    paper.write_fact(_("Function"), signature.function)
    paper.write_fact(_("Date and time"), moment)
    paper.write_fact(_("Reference"), submission.reference)
    numbered = _("version %(number)s") % {"number": version.number}
    paper.write_fact(_("Wording of the declaration"), f"{numbered} ({languages.language_name(version.language)})")
    paper.write_fact(_("SHA-256 of the declaration"), version.digest)
    paper.write_fact(_("SHA-256 of the statement"), signature.digest)
    if paper.left_out:
        note = _(
            "Letters shown as %(sign)s are of a script that can’t be printed here. The record holds them as written."
        )
        paper.write_line(note % {"sign": _UNKNOWN}, 9, before=6, grey=90)
    return bytes(paper.output())
