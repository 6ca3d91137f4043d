"""The PDF of what was signed, as it is read."""

from datetime import UTC, datetime

import pypdfium2
import pytest
from django.utils import translation

from partners.intake.models import Submission
from partners.joining.models import DeclarationVersion, Signature
from partners.joining.pdf import signed_declaration


def pages(language: str, statement: str) -> list[str]:
    """The text of each page."""
    version = DeclarationVersion(language=language, number=1, title="Paris", text="A seat.", digest="0" * 64)
    signature = Signature(
        version=version,
        name="Ada Loam",
        function="Director",
        signed=datetime(2026, 5, 1, 12, tzinfo=UTC),
        language=language,
        statement=statement,
        digest="1" * 64,
    )
    with translation.override(language):
        content = signed_declaration(signature, Submission(subject="The Soil Trust"))
    document = pypdfium2.PdfDocument(content)
    found = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return found


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("first", [1, 2])
def test_a_question_stays_with_the_beginning_of_its_answer(language, first):
    """Whatever height the page has left, as the first answer has one line more each time."""
    answer = "\n".join(["  A line"] * first)
    statement = "\n".join(["First", answer, *(f"Q{number}\n  A{number}" for number in range(60))])
    found = pages(language, statement)
    assert len(found) > 2
    for text in found[:-1]:
        told = [word for word in text.split() if word[:1] in "QA" and word[1:].isdigit()]
        assert told[-1].startswith("A")
        assert told[-1][1:] == told[-2][1:]


def test_an_address_is_read_in_arabic_as_it_is_written():
    text = " ".join(pages("ar", "الموقع\n  https://valle-hondo.example/a"))
    assert "https://valle-hondo.example/a" in text
