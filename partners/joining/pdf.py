"""What was signed, as a PDF for who signed it."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from initiative.base import languages
from initiative.base.drawing import drawn
from partners.intake.models import Submission
from partners.joining.declaration import stated
from partners.joining.models import Signature


def signed_declaration(signature: Signature, submission: Submission) -> bytes:
    """The declaration, what the organisation states under it, and the signature, in the active language. Raises DrawingError."""
    version, language = signature.version, languages.current()
    return drawn(
        "paper",
        language=language,
        direction=languages.direction(language),
        title=f"{version.title}: {submission.subject}",
        author=signature.name,
        created=signature.signed.isoformat(),
        foot=f"{submission.reference} · {settings.SITE_URL}",
        parts=[*_declaration(signature, submission), *_statement(signature), *_signed(signature, submission)],
        left_out=_(
            "Letters shown as %(sign)s are of a script that can’t be printed here. The record holds them as written."
        ),
    )


def _line(text: str, **look) -> list:
    return ["line", str(text), look]


def _fact(name: str, value: str) -> list:
    return ["fact", str(name), str(value)]


def _declaration(signature: Signature, submission: Submission) -> Iterator[list]:
    version = signature.version
    yield _line(_("4 per 1000: soils for food security and climate"), size=10, grey=90)
    yield _line(version.title, size=20, style="B", before=2)
    yield _line(submission.subject, size=14, before=1)
    if version.is_summary:
        note = _(
            "The wording of this declaration is not on the site yet. What was shown and signed is this summary of it."
        )
        yield _line(note, size=10, before=4, grey=90)
    for paragraph in version.text.split("\n\n"):
        yield _line(" ".join(paragraph.split()), before=3)


def _statement(signature: Signature) -> Iterator[list]:
    yield _line(_("What the organisation states"), size=14, style="B", before=8)
    for question, answer in stated(signature.statement):
        yield _fact(question, answer)


def _signed(signature: Signature, submission: Submission) -> Iterator[list]:
    version = signature.version
    numbered = _("version %(number)s") % {"number": version.number}
    yield _line(_("Signed online"), size=14, style="B", before=8)
    yield _fact(_("Name"), signature.name)
    yield _fact(_("Function"), signature.function)
    yield _fact(_("Date and time"), f"{signature.signed:%Y-%m-%d %H:%M:%S} UTC")
    yield _fact(_("Reference"), submission.reference)
    yield _fact(_("Wording of the declaration"), f"{numbered} ({languages.language_name(version.language)})")
    yield _fact(_("SHA-256 of the declaration"), version.digest)
    yield _fact(_("SHA-256 of the statement"), signature.digest)
