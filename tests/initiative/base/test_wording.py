"""What a text says, apart from how it looks."""

import pytest

from initiative.base.wording import count_words, digest, has_letters, wording


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p>Roots <b>go</b> down.</p>", "Roots go down."),
        ('<p data-block-key="a1">One.</p><p data-block-key="b2">Two.</p>', "One.\nTwo."),
        ("<h2>Why</h2><ul><li>a</li><li>b</li></ul>", "Why\na\nb"),
        ("a<br/>b", "a\nb"),
        ("<p>Soil\n  &amp;  water &lt; 5</p>", "Soil & water < 5"),
        (
            '<p>See <a href="https://example.org/a?b=1&amp;c=2">this</a>.</p>',
            "See [https://example.org/a?b=1&c=2] this.",
        ),
        ('<p><a id="12" linktype="page">Join</a></p>', "[page 12] Join"),
        ('<embed embedtype="image" id="3" alt="x"/>', "[image 3]"),
        ('<embed url="https://example.org/v" embedtype="media"/>', "[media https://example.org/v]"),
        ("<p></p>", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_of_html(html, said):
    assert wording(html, is_html=True) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  Soil   and\twater ", "Soil and water"),
        ("One\n\n\nTwo\r\n", "One\nTwo"),
        ("5 < 6 & <b>", "5 < 6 & <b>"),
        ("سماد عضوي", "سماد عضوي"),
    ],
)
def test_of_plain_text(text, said):
    assert wording(text) == said


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("", 0),
        ("Roots go down.", 3),
        ("l’agroécologie, aujourd’hui", 2),
        ("See [https://example.org/a b] this", 2),
        ("735 – 40 %", 2),
        ("سماد عضوي", 2),
    ],
)
def test_words(said, words):
    assert count_words(said) == words


def test_a_digest_tells_wordings_apart():
    assert digest("") == ""
    assert digest("735 partners") == digest("735 partners") != digest("736 partners")
    assert len(digest("735 partners")) == 16


@pytest.mark.parametrize(("text", "has"), [("42 %", False), ("", False), ("42 ha", True), ("٤٢", False), ("م", True)])
def test_letters(text, has):
    assert has_letters(text) is has
