import json
from types import SimpleNamespace

import pytest
from django.utils import translation

from initiative.blocks import BodyBlock
from initiative.templatetags import texts
from tests.reading import read, words


def body(html):
    return BodyBlock().to_python([{"type": "text", "value": html}])


@pytest.mark.parametrize(
    ("title", "entry"),
    [
        ("Soils &amp; climate", {"id": "s-soils-climate", "title": "Soils & climate"}),
        ("<b>Less</b> &lt; more", {"id": "s-less-more", "title": "Less < more"}),
        ("…", {"id": "s-1", "title": "…"}),
    ],
)
def test_headings_are_listed_as_they_read(title, entry):
    assert texts.contents(body(f"<h2>{title}</h2>")) == [entry]


def test_a_heading_of_the_text_never_takes_the_name_of_a_part_of_the_page(client, site):
    from tests.factories import TermFactory

    TermFactory()
    page = site["committee", "en"]
    page.body = json.dumps([{"type": "text", "value": "<h2>Members</h2><h2>Meetings</h2><h2>Soils &amp; climate</h2>"}])
    page.save_revision().publish()
    shown = read(client, "/en/committee/")
    names = [tag["id"] for tag in shown.soup.find_all(id=True)]
    assert len(names) == len(set(names))
    listed = shown.main.select("nav[aria-labelledby=on-page] a")
    assert [words(link) for link in listed] == ["Members", "Meetings", "Soils & climate"]
    assert [words(shown.soup.find(id=link["href"][1:])) for link in listed] == [
        "Members",
        "Meetings",
        "Soils & climate",
    ]


@pytest.mark.parametrize(
    ("language", "start", "end"),
    [
        ("en", "from 31 May 2022", "until 31 May 2022"),
        ("fr", "début\xa0: 31 mai 2022", "fin\xa0: 31 mai 2022"),
        ("es", "inicio: 31 de mayo de 2022", "fin: 31 de mayo de 2022"),
        ("ar", "البداية: 31 مايو 2022", "النهاية: 31 مايو 2022"),
    ],
)
def test_an_open_time_reads_well_in_every_language(language, start, end):
    with translation.override(language):
        assert texts.lasting("2022-05-31", "") == start
        assert texts.lasting("", "2022-05-31") == end
        assert texts.lasting("", "") == ""


def test_the_language_of_a_field_is_said_only_where_it_differs():
    record = SimpleNamespace(name_en="Loam", name_fr="", name_es="", name_ar="طمي")
    for language, said in {"en": "", "fr": ' lang="en" dir="ltr"', "ar": ""}.items():
        with translation.override(language):
            assert texts.field_lang(record, "name") == said


def test_an_address_in_a_sentence_is_kept_whole_and_harmless():
    assert (
        texts.whole('ada"<b>@valle-hondo.example') == '<bdi class="whole">ada&quot;&lt;b&gt;@valle-hondo.example</bdi>'
    )
