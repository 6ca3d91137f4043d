"""Running text in numbered pieces, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiative.translations.jobs.coded import Coded, Fault, Mark, Side, faults, plain, tokens, written

RICH = (
    '<p data-block-key="a1">Down <b>they</b> go <a linktype="page" id="12">here &amp; <i>there</i></a>.<br/>Then.</p>'
    '<ul><li>One<ul><li>two</li></ul></li><li> 3 &lt; 4</li></ul><embed embedtype="image" id="3" alt="x"/><p></p>'
)


def test_markup_becomes_numbers_and_what_stands_around_stays():
    text = Coded(RICH, is_html=True)
    assert text.pieces == ["Down <1>they</1> go <2>here & <3>there</3></2>.<4/>Then.", "One", "two", "3 < 4"]
    assert [text.markup(number) for number in text.codes] == [
        ("<b>", "</b>"),
        ('<a linktype="page" id="12">', "</a>"),
        ("<i>", "</i>"),
        ("<br/>", ""),
    ]
    assert text.filled(text.pieces) == RICH
    assert text.filled(["<2><3>Ici</3></2> <1>elles</1> & <script>", "Un", "deux", "3"]) == (
        '<p data-block-key="a1"><a linktype="page" id="12"><i>Ici</i></a> <b>elles</b> &amp; &lt;script&gt;</p>'
        '<ul><li>Un<ul><li>deux</li></ul></li><li> 3</li></ul><embed embedtype="image" id="3" alt="x"/><p></p>'
    )


def test_a_text_without_markup_is_one_piece():
    assert Coded(" a\nb <1> ", is_html=False).pieces == ["a\nb \\<1>"]
    assert Coded("x", is_html=False).filled(["y \\<1>"]) == "y <1>"
    assert Coded("  ", is_html=False).pieces == []
    assert Coded('<embed embedtype="image" id="3"/>', is_html=True).pieces == []


@pytest.mark.parametrize(
    ("translation", "beside"),
    [
        ('<p>Elles <a id="12" linktype="page">là</a> <b>vont</b></p>', ["Elles <2>là</2> <1>vont</1>"]),
        ("<p>Rien</p>", ["Rien"]),
        ('<p>Elles <a id="13" linktype="page">là</a></p>', ["Elles <2>là</2>"]),  # a link of its own
        ('<p><a href="/x">Elles</a> <a id="12" linktype="page">là</a></p>', None),  # one more than in the source
        ("<p>Elles</p><p>vont</p>", None),
        ("<h2>Elles</h2>", None),
        ("<p><b>Elles</b> <b>vont</b></p>", None),  # bold twice, and once in the source
    ],
)
def test_a_translation_in_the_numbers_of_its_source(translation, beside):
    source = Coded('<p data-block-key="q">They <b>go</b> <a linktype="page" id="12">there</a></p>', is_html=True)
    found = Coded(translation, is_html=True).beside(source)
    assert (found and found.pieces) == beside
    if found:  # what is written back is what was there, in the source's paragraphs
        assert source.filled(found.pieces, found.codes).replace(' data-block-key="q"', "") == translation


@pytest.mark.parametrize(
    ("piece", "found"),
    [
        ("<1>a</1> <2>b <3>c</3></2><4/>", {}),
        ("<2>b <3>c</3></2> <1>a</1><4/>", {}),
        ("<2>b</2>", {Fault.PLAIN: [1, 3, 4]}),
        ("<1>a</1><3>b</3><4/>", {Fault.LOST: [2]}),
        ("<1>a</1> <2>b <3>c</2></3><4/>", {Fault.TANGLED: [2, 3]}),
        ("<1>a <2>b <3>c</3></2><4/>", {Fault.TANGLED: [1]}),
        ("<1>a</1><1>a</1> <2>b <3>c</3></2><4/>", {Fault.TANGLED: [1]}),
        ("<1/> <2>b <3>c</3></2><4/>", {Fault.TANGLED: [1]}),
        ("<1>a</1> <2>b <3>c</3></2><4/><9>", {Fault.UNKNOWN: [9]}),
        ("\\<9> <1>a</1> <2>b <3>c</3></2><4/>", {}),
    ],
)
def test_what_is_wrong_with_marks(piece, found):
    assert faults(Coded(RICH, is_html=True), 0, piece) == found


def test_its_fingerprint_knows_looks_and_links_and_not_the_editors_keys():
    one = Coded(RICH, is_html=True).fingerprint
    assert Coded(RICH.replace("a1", "b2"), is_html=True).fingerprint == one
    others = [
        RICH.replace("<b>", "<i>").replace("</b>", "</i>"),
        RICH.replace("12", "13"),
        RICH.replace('id="3"', 'id="4"'),
    ]
    assert len({one, *(Coded(other, is_html=True).fingerprint for other in others)}) == 4
    assert Coded("", is_html=True).fingerprint == "0"


MARKS = st.builds(Mark, st.integers(1, 12), st.sampled_from(Side))


@given(st.lists(st.one_of(st.text("a\\<>/1 ", min_size=1), MARKS)))
def test_any_text_and_marks_come_back(parts):
    back = list(tokens(written(parts)))
    assert [part for part in back if isinstance(part, Mark)] == [part for part in parts if isinstance(part, Mark)]
    assert plain(written(parts)) == "".join(part for part in parts if isinstance(part, str))
