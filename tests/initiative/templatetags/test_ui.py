import re

import pytest
from django.core.paginator import Paginator
from django.template import RequestContext
from django.utils import translation
from django.utils.html import strip_tags

from initiative.templatetags import ui
from resources.models import Resource


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Four <i>in a thousand</i></p>", "Four <i>in a thousand</i>"),
        ('<p data-block-key="a">One</p>\n<p>two</p>', "One two"),
        ("", ""),
    ],
)
def test_rich_text_inside_a_heading_has_no_paragraphs(html, text):
    assert ui.inline(html) == text


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.example.org/a?b=c", "example.org"),
        ("http://data.example.org:8080/", "data.example.org"),
        ("mailto:a@example.org", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_the_site_an_address_leads_to(url, site):
    assert ui.host(url) == site


def test_dates_in_the_words_of_the_reader():
    assert (ui.edtf("2018-10"), ui.edtf(""), ui.edtf(None)) == ("October 2018", "", "")
    with translation.override("fr"):
        assert ui.edtf("2018-10") == "octobre 2018"


def test_a_tone_is_the_same_for_the_same_name_and_all_are_used():
    assert ui.tone("Soil Trust") == ui.tone("Soil Trust")
    assert {ui.tone(f"Name {number}") for number in range(200)} == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(("length", "long"), [(80, False), (81, True)])
def test_a_long_title(length, long):
    assert ui.is_long("x" * length) is long


@pytest.mark.parametrize(
    ("language", "reader", "shown"),
    [("en", "fr", "Racines"), ("fr", "fr", ""), ("en", "es", ""), ("en", "en", "")],
)
def test_a_title_is_translated_for_who_reads_another_language(language, reader, shown):
    resource = Resource(title="Roots", language=language, title_translation_fr="Racines")
    with translation.override(reader):
        assert ui.title_for_reader(resource) == shown


def items(rf, pages="", links="", previous_url="", next_url="", asked="/"):
    return ui.page_items(RequestContext(rf.get(asked)), pages, links, previous_url, next_url)


def words(drawn):
    return " ".join(strip_tags(drawn.replace("</li>", " ")).replace("Page ", "").split())


def test_the_pages_of_a_paginator(rf):
    pages = Paginator(range(240), 20)
    assert words(items(rf, pages.page(5))) == "Previous 1 … 4 5 6 … 12 Next"
    assert words(items(rf, pages.page(1))) == "1 2 … 12 Next"
    assert words(items(rf, pages.page(12))) == "Previous 1 … 11 12"


def test_their_addresses_keep_what_else_is_asked(rf):
    drawn = items(rf, Paginator(range(240), 20).page(5), asked="/?q=%3Cb%3E&page=5")
    assert re.findall('href="([^"]*)"', drawn) == [f"?q=%3Cb%3E&amp;page={page}" for page in (4, 1, 4, 5, 6, 12, 6)]
    assert drawn.count('aria-current="page"') == 1


def test_pages_given_as_links(rf):
    links = [{"number": 1, "url": "/?a=1&b", "current": True}, None, {"number": 1200, "url": "/last"}]
    assert items(rf, links=links, next_url="/?a=1&page=2") == (
        '<li><a href="/?a=1&amp;b" aria-current="page"><span class="unseen">Page </span>1</a></li><li><span>…</span></li>'
        '<li><a href="/last"><span class="unseen">Page </span>1,200</a></li><li class="next"><a rel="next" '
        'href="/?a=1&amp;page=2">Next <span class="arrow" aria-hidden="true"></span></a></li>'
    )


def test_languages():
    assert ui.language_name_own("fr") == "Français"
    assert [ui.text_direction(code) for code in ("ar", "fr", "", None)] == ["rtl", "ltr", "ltr", "ltr"]
