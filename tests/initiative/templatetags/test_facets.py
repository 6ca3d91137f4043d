"""Facets with their boxes."""

import pytest
from django.template import Context, Template
from django.utils import translation

from initiative.base.facets import Choice, Choices, Facet, Option, Switch
from initiative.base.ranges import Range
from initiative.templatetags.facets import facet_boxes

HOSTILE = "<i>\"'&"
ESCAPED = "&lt;i&gt;&quot;&#x27;&amp;"


def choice(label="Soils", slug="a", *, count=1, checked=False, depth=0, **option):
    return Choice(Option(slug, label, **option), slug, count, checked, depth)


def drawn(*choices, few=0, most=0, label="Topic", folded=False):
    facet = Facet("topic", label, lambda: (), few=few, most=most, folded=folded)
    return facet_boxes(facet, Choices(choices, few, most))


def test_a_facet_has_its_label_and_a_box_for_each_choice():
    plain = choice("Soil & <water>", count=1234)
    below = choice("Sols", "b", count=0, checked=True, depth=1, language="fr")
    assert drawn(plain, below).split("\n") == [
        '<details class="facet" data-keep="topic" open>',
        "  <summary>Topic</summary>",
        "  <fieldset>",
        '    <legend class="unseen">Topic</legend>',
        '    <ul class="facet-list"><li><label class="tick"><input type="checkbox" id="topic-a" name="topic" value="a">'
        '<span>Soil &amp; &lt;water&gt;</span> <span class="n">1,234</span></label></li>'
        '<li class="depth-1"><label class="tick"><input type="checkbox" id="topic-b" name="topic" value="b" checked>'
        '<span lang="fr">Sols</span> <span class="n">0</span></label></li></ul>',
        "  </fieldset>",
        "</details>",
    ]
    with translation.override("fr"):
        assert '<span class="n">1\u202f234</span>' in drawn(plain)


def test_what_has_no_choices_is_not_there():
    assert drawn() == ""


@pytest.mark.parametrize("checked", [True, False])
def test_a_folded_facet_opens_where_something_is_ticked(checked):
    assert (' data-keep="topic" open>' in drawn(choice(checked=checked), folded=True)) is checked


def test_the_rest_of_a_long_list_is_folded_away_below_what_it_is_part_of():
    tree = [
        choice("Africa", "africa", count=9),
        choice("Kenya", "ke", count=5, depth=1),
        choice("Maroc", "ma", count=4, depth=1, language="fr"),
        choice("Asia", "asia", count=2),
        choice("Oceania", "oceania", count=1),
        choice("Europe", "europe", count=1),
    ]
    shown, folded = drawn(*tree, few=2, most=2, label="Region & country").split(
        '<details class="more" data-keep="topic-more">'
    )
    assert [name in shown for name in ("Africa", "Kenya", "Maroc", "Asia")] == [True, True, False, False]
    assert '<summary><span class="unseen">Region &amp; country: </span>2 more</summary>' in folded
    assert '<p class="above"><bdi>Africa</bdi></p>' in folded
    assert folded.index("Maroc") < folded.index("Asia")
    assert '<p class="meta">And 2 with fewer results: search for their names.</p>' in folded
    with translation.override("fr"):
        french = drawn(*tree[:5], few=2, most=2)
    assert "2 de plus</summary>" in french
    assert "Et 1 avec moins de résultats\N{NO-BREAK SPACE}: cherchez son nom." in french


def test_nothing_is_folded_away_of_a_short_list():
    assert "more" not in drawn(choice(), choice("Peat", "b"), few=2)


def test_a_kind_of_resource_has_its_strata_and_those_below_it_have_none():
    assert drawn(choice("Reports", soil="chernozem")).count("<svg") == 1
    assert "<svg" not in drawn(choice("Briefs", soil="chernozem", depth=1))


def test_what_the_rest_is_part_of_is_named_from_the_root_on():
    tree = [
        choice("Africa", "africa", count=9),
        choice("Maghreb", "maghreb", count=9, depth=1, language="fr"),
        choice("Tunis", "tn", count=2, depth=2),
        choice("Rabat", "ma", count=7, depth=2),
        choice("Fez", "fes", count=1, depth=2),
    ]
    above = '<p class="above"><bdi>Africa</bdi>{}<bdi lang="fr">Maghreb</bdi></p>'
    assert drawn(*tree, few=3).count(above.format(", ")) == 1
    with translation.override("ar"):
        assert above.format("\N{ARABIC COMMA} ") in drawn(*tree, few=3)


def test_what_is_drawn_of_choices_is_drawn_once_for_each_language_and_facet():
    choices = Choices([choice(count=1234)])
    one, folded = (Facet("topic", "Topic", lambda: (), folded=folded) for folded in (False, True))
    assert facet_boxes(one, choices) is facet_boxes(one, choices)
    assert facet_boxes(folded, choices) == facet_boxes(one, choices).replace(" open", "")
    with translation.override("fr"):
        assert '<span class="n">1\u202f234</span>' in facet_boxes(one, choices)


def test_facets_are_drawn_by_what_they_are():
    topic, year, old = (
        Facet("topic", "Topic", lambda: ()),
        Range("year", "Year", lambda: ()),
        Switch("old", "Old <ones>"),
    )
    years = {"first": 1990, "last": 2024, "start": "", "end": "", "bars": []}
    shown = [(topic, Choices([choice()])), (year, years), (old, {"checked": True, "count": 3})]
    page = Template("{% load facets %}{% facet_fields facets %}").render(Context({"facets": shown}))
    assert [page.count(part) for part in ('value="a"', 'placeholder="1990"', "Old &lt;ones&gt;")] == [1, 1, 1]
    assert page.index("1990") > page.index('value="a"')
    assert page.index("Old") > page.index("1990")


def test_nothing_brings_markup_in():
    hostile = [
        choice(HOSTILE, HOSTILE, count=9, language=HOSTILE),
        *[choice(HOSTILE, f"{slug}{HOSTILE}", count=2, depth=1, language=HOSTILE) for slug in "bcd"],
    ]
    facet = drawn(*hostile, few=1, label=HOSTILE)
    assert HOSTILE not in facet
    # The label thrice; what the rest is part of, its name and language; and of each box id, value, language and label.
    assert facet.count(ESCAPED) == 3 + 2 + 4 * len(hostile)
