import pytest

from resources.citations.text import one_line, paragraphs, readable


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("Roots", "Roots"),
        ("  Roots \t of\r\n rye  ", "Roots of rye"),
        ("Ro\x00ots\x08", "Roots"),
        ("Roots \x01 of", "Roots of"),
        ("« Racines » ?", "« Racines » ?"),
        ("one\u2028two\x85three", "one two three"),
        ("\ufffe\ud800", ""),
        ("تربة", "تربة"),
        ("", ""),
        (None, ""),
    ],
)
def test_one_line(written, line):
    assert one_line(written) == line


def test_paragraphs():
    assert paragraphs("One\ntwo.\r\n\r\n \n\nThree.\x0b\n") == "One two.\n\nThree."
    assert paragraphs(None) == ""


def test_readable_keeps_the_lines():
    assert readable("One\n\ttwo\x1b") == "One\n\ttwo"
