import json

import pytest
import wagtail_factories

from tests.factories import (
    MeetingFactory,
    PersonFactory,
    PlaceFactory,
    ResourceFactory,
    TermFactory,
    add_alias,
)
from tests.reading import nesting_mistakes, read, words

LANDING = {"en": "/en/committee/", "fr": "/fr/comite/", "es": "/es/comite/", "ar": "/ar/committee/"}


def names(page, heading):
    section = page.heading(heading).find_parent("section")
    return [words(tag) for tag in section.find_all("h3")]


def test_members_by_role_then_name_and_former_ones_apart(client, site):
    for role, family, former in (
        ("member", "Clay", False),
        ("member", "Ash", False),
        ("vice_chair", "Peat", False),
        ("chair", "Silt", False),
        ("chair", "Gone", True),
        ("member", "Away", True),
    ):
        TermFactory(person=PersonFactory(given_name="A", family_name=family), role=role, is_former=former)
    page = read(client, "/en/committee/")
    assert names(page, "Members") == ["A Silt", "A Peat", "A Ash", "A Clay"]
    assert names(page, "Former members") == ["A Gone", "A Away"]


def test_who_was_a_member_before_is_shown_once_with_the_highest_role(client, site):
    person = PersonFactory(given_name="Ada", family_name="Loam")
    TermFactory(person=person, role="member", start="2016", end="2020", is_former=True)
    TermFactory(person=person, role="chair", start="2020")
    page = read(client, "/en/committee/")
    assert names(page, "Members") == ["Ada Loam"]
    assert "Chair" in page.text
    assert "Former members" not in page.text


def test_former_members_keep_their_roles_and_years(client, site):
    person = PersonFactory(given_name="Ada", family_name="Loam")
    TermFactory(person=person, role="vice_chair", start="2016", end="2018-10", is_former=True)
    TermFactory(person=person, role="member", end="2016", is_former=True)
    former = read(client, "/en/committee/").heading("Former members").find_parent("section")
    assert "Vice-chair, 2016 – October 2018 Member, until 2016" in words(former)


@pytest.mark.parametrize(
    ("code", "role", "country", "meeting", "date"),
    [
        ("en", "Chair", "Germany", "Meeting 1 of the committee", "November 2016"),
        ("fr", None, "Allemagne", None, "novembre 2016"),
        ("es", None, "Alemania", None, "noviembre de 2016"),
        ("ar", None, "ألمانيا", None, "نوفمبر 2016"),
    ],
)
def test_the_committee_in_each_language(client, site, code, role, country, meeting, date):
    person = PersonFactory(
        slug="ada-loam",
        given_name="Ada",
        family_name="Loam",
        country=PlaceFactory(code="DE"),
        affiliation_en="Institute",
        affiliation_fr="Institut",
        affiliation_es="Instituto",
        biography_en="Digs.",
    )
    TermFactory(person=person, role="chair")
    MeetingFactory(
        number=1,
        date="2016-11",
        city_en="Marrakesh",
        city_fr="Marrakech",
        city_es="Marrakech (Marruecos)",
        city_ar="مراكش",
        place=PlaceFactory(code="MA"),
        note_en="The first.",
        note_fr="La première.",
        report=wagtail_factories.DocumentFactory(title="Report", file__filename="report.pdf", file__data=b"xx"),
    )
    page = site["committee", code]
    page.body = json.dumps([{"type": "text", "value": f"<h2>What for {code}</h2><p>Advice.</p>"}])
    page.save_revision().publish()
    shown = read(client, LANDING[code])
    assert shown.links["Ada Loam"] == f"{LANDING[code]}ada-loam/"
    assert country in shown.text
    affiliation = {"en": "Institute", "fr": "Institut", "es": "Instituto", "ar": "Institut"}
    assert f"{affiliation[code]} {country}" in shown.text
    assert (2, f"What for {code}") in shown.headings
    assert shown.main.find("time")["datetime"] == "2016-11"
    assert words(shown.main.find("time")) == date
    city = {"en": "Marrakesh", "fr": "Marrakech", "es": "Marrakech (Marruecos)", "ar": "مراكش"}
    assert city[code] in shown.text
    assert ("La première." if code in ("fr", "ar") else "The first.") in shown.text
    assert "Report" in shown.links
    if role:
        assert role in shown.text
        assert meeting in [title for _level, title in shown.headings]
    if code == "es":
        assert shown.with_text("p", "The first.")["lang"] == "en"
    assert nesting_mistakes(shown.html) == []


def test_meetings_latest_first_with_their_numbers(client, site):
    for number, date in ((1, "2016-11"), (2, "2017-04"), (3, "2017-11")):
        MeetingFactory(number=number, date=date, online=number == 3, city="" if number == 3 else "Paris")
    section = read(client, "/en/committee/").heading("Meetings").find_parent("section")
    assert [words(tag) for tag in section.find_all("h3")] == [f"Meeting {n} of the committee" for n in (3, 2, 1)]
    assert section.ol.has_attr("reversed")
    assert "November 2017 Meeting 3 of the committee Online" in words(section)


def test_who_has_no_biography_is_not_linked(client, site):
    TermFactory(person=PersonFactory(given_name="Ada", family_name="Loam", biography=""))
    assert "Ada Loam" not in read(client, "/en/committee/").links


def test_an_empty_committee_has_no_empty_sections(client, site):
    assert read(client, "/en/committee/").headings == [(1, "Committee en")]


@pytest.mark.parametrize("code", ["en", "fr", "es", "ar"])
def test_a_member_in_each_language(client, site, code):
    person = PersonFactory(
        slug="ada-loam",
        given_name="Ada",
        family_name="Loam",
        country=PlaceFactory(code="DE"),
        affiliation_en="Institute",
        affiliation_fr="Institut",
        affiliation_es="Instituto",
        affiliation_ar="معهد",
        biography_en="Digs soil.\n\nSince ever.",
        biography_fr="Creuse le sol.",
        biography_es="Cava el suelo.",
        orcid="0000-0002-1825-0097",
        website="https://www.example.org/ada",
    )
    TermFactory(person=person, role="chair", start="2016-03-17", end="2020", is_former=True, note_en="Elected twice.")
    TermFactory(person=person, role="member", start="2020")
    ResourceFactory(title="Roots", slug="roots", people=[person])
    ResourceFactory(title="Draft", people=[person], live=False)
    ResourceFactory(title="Of somebody else", people=[PersonFactory()])
    page = read(client, f"{LANDING[code]}ada-loam/")
    assert page.h1 == "Ada Loam"
    assert page.title.startswith("Ada Loam – ")
    biography = {"en": "Digs soil.", "fr": "Creuse le sol.", "es": "Cava el suelo.", "ar": "Creuse le sol."}
    assert page.with_text("p", biography[code]) is not None
    place = {
        "en": "Institute, Germany",
        "fr": "Institut, Allemagne",
        "es": "Instituto, Alemania",
        "ar": "معهد, ألمانيا",
    }
    assert place[code].replace(" ", "") in page.text.replace(" ", "").replace("،", ",")
    assert page.links["0000-0002-1825-0097"] == "https://orcid.org/0000-0002-1825-0097"
    assert page.links["example.org"] == "https://www.example.org/ada"
    library = {"en": "/en/resources/", "fr": "/fr/ressources/", "es": "/es/recursos/", "ar": "/ar/resources/"}
    assert page.links["Roots"] == f"{library[code]}roots/"
    assert not {"Draft", "Of somebody else"} & set(page.links)
    assert page.canonical == f"{LANDING['fr' if code == 'ar' else code]}ada-loam/"
    assert set(page.hreflang) == {"en", "fr", "es", "x-default"}
    assert page.main_language == (("fr", "ltr") if code == "ar" else (None, None))
    assert [link["href"] for link in page.main.select("nav.crumbs a")] == [LANDING[code]]
    assert "Elected twice." in page.text
    if code == "en":
        assert page.facts["Chair"].startswith("17 March 2016 – 2020")
        assert page.facts["Member"] == "from 2020"
        assert page.text.index("Digs soil.") < page.text.index("Since ever.")
    assert nesting_mistakes(page.html) == []


@pytest.mark.parametrize(
    ("term", "shown"),
    [
        ({}, "at present"),
        ({"is_former": True}, "former"),
        ({"start": "2016", "end": "2016"}, "2016"),
        ({"end": "2018-10"}, "until October 2018"),
        ({"start": "2017-04-21"}, "from 21 April 2017"),
    ],
)
def test_the_time_of_a_term(client, site, term, shown):
    TermFactory(person__slug="ada", role="member", **term)
    assert read(client, "/en/committee/ada/").facts["Member"] == shown


def test_only_who_has_or_had_a_term_has_a_page(client, site):
    PersonFactory(slug="author", biography="Writes.")
    assert client.get("/en/committee/author/").status_code == 404
    assert client.get("/en/committee/nobody/").status_code == 404
    TermFactory(person__slug="former", is_former=True)
    assert client.get("/en/committee/former/").status_code == 200


def test_the_committee_shown_in_another_language(client, site):
    TermFactory(person=PersonFactory(given_name="Ada", family_name="Loam"), role="chair")
    site["committee", "ar"].delete()
    add_alias(site["committee", "fr"], "ar")
    page = read(client, "/ar/comite/")
    assert page.main_language == ("fr", "ltr")
    assert page.h1 == "Committee fr"
    assert page.with_text("h3", "Ada Loam").find_parent(lang="ar") is not None
