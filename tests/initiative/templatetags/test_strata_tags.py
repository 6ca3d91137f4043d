from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.template import Context, Template

from initiative.base import strata

RECORD = {"cover_parameters": {"identity": "walker-2022", "soil": "chernozem", "inclusions": ["grains"], "year": 2022}}


def render(text, **context):
    return Template("{% load strata ui %}" + text).render(Context(context))


def test_a_cover_stands_in_the_page_or_at_its_own_address():
    parameters = RECORD["cover_parameters"]
    assert render("{% strata_cover record %}", record=RECORD) == strata.cover(**parameters)
    assert render("{% strata_cover record %}", record=SimpleNamespace(**RECORD)) == strata.cover(**parameters)
    assert render("{% strata_thumbnail record %}", record=RECORD) == strata.thumbnail(**parameters)
    address = strata.Recipe.of(**parameters).address
    assert render("{% strata_cover_url record %}", record=RECORD) == f"/art/cover/{strata.VERSION}/{address}.svg"


def test_an_unknown_soil_has_no_swatch():
    assert render("{% strata_swatch 'peat' %}") == ""
    assert render("{% strata_swatch 'loess' %}") == strata.swatch("loess")


def test_a_portrait_is_the_persons_own():
    one, other = (render("{% strata_portrait name %}", name=name) for name in ("Ada Lovelace", "Rachel Carson"))
    assert one != other
    assert len(one) < 1000
    ElementTree.fromstring(one)


def test_cores_keep_their_statistics():
    statistics = [SimpleNamespace(value=value) for value in (100, 50)]
    shown = render(
        "{% strata_cores all as cores %}{% for c in cores %}{{ c.statistic.value }}:{{ c.height }} {% endfor %}",
        all=statistics,
    )
    assert shown == "100:520 50:260 "


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_points_are_written_as_svg_reads_them_in_every_language(language, settings):
    from django.utils import translation

    places = [SimpleNamespace(latitude=48.94, longitude=2.44)]
    with translation.override(language):
        shown = render(
            "{% strata_points all as points %}{% for p in points %}{{ p.x }},{{ p.y }}{% endfor %}", all=places
        )
    assert shown == "480.0,67.9"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Grains. <i>Four are lit.</i></p>", "Grains. <i>Four are lit.</i>"),
        ('<p data-block-key="a">One</p><p data-block-key="b">Two</p>', "One Two"),
        ("", ""),
    ],
)
def test_rich_text_goes_into_a_heading_without_its_paragraphs(text, expected):
    assert render("{{ html|inline }}", html=text) == expected


def test_small_filters():
    assert render("{{ 'https://www.pnas.org/doi/1'|host }}") == "pnas.org"
    assert render("{{ '2018-10-24/2018-10-26'|edtf }}{{ ''|edtf }}") == "24–26 October 2018"
    assert render("{{ 'x'|tone }}") == render("{{ 'x'|tone }}")
    assert render("{% if a|is_long %}long{% else %}short{% endif %}", a="a" * 81) == "long"


def test_a_title_is_translated_only_for_readers_of_another_language():
    work = SimpleNamespace(language="en", text_in=lambda field, language: {"fr": "Titre"}.get(language, ""))
    from django.utils import translation

    shown = {}
    for language in ("en", "fr", "es"):
        with translation.override(language):
            shown[language] = render("{{ work|title_for_reader }}", work=work)
    assert shown == {"en": "", "fr": "Titre", "es": ""}
