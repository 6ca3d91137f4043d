import pytest

from initiative.translations.difference import word_difference, words_changed


def marked(before, now):
    """`[-gone-]`, `[+come+]`."""
    marks = {"same": "{}", "added": "[+{}+]", "removed": "[-{}-]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in word_difference(before, now))


@pytest.mark.parametrize(
    ("before", "now", "shown"),
    [
        ("Roots hold 735 partners.", "Roots hold 736 partners.", "Roots hold[- 735-][+ 736+] partners."),
        ("Roots grow deep", "Roots, grow deep", "Roots[+,+] grow deep"),
        ("", "New text", "[+New text+]"),
        ("Old text", "", "[-Old text-]"),
        ("a b\nc d", "a b\nx\nc d", "a b\n[+x\n+]c d"),
        ("See [page 1] this", "See [page 2] this", "See[- [page 1]-][+ [page 2]+] this"),
        ("same  words", "same words", "same words"),
        ("twenty-four goals", "twenty-five goals", "[-twenty-four-][+twenty-five+] goals"),
        ("735 شريكا", "736 شريكا", "[-735-][+736+] شريكا"),
        ("", "", ""),
    ],
)
def test_word_by_word(before, now, shown):
    assert marked(before, now) == shown


def test_words_are_counted():
    assert words_changed("Roots hold 735 partners.", "Deep roots hold 736 partners in all.") == (5, 2)


def test_a_long_text_with_one_change():
    words = [f"word{n}" for n in range(5_000)]
    assert words_changed(" ".join(words), " ".join([*words[:2_500], "new", *words[2_500:]])) == (1, 0)
