import json

import pytest

from tests.factories import CommitmentFactory, JointDeclarationFactory, OrganisationFactory
from tests.reading import nesting_mistakes, read, words

PATHS = {"en": "/en/commitments/", "fr": "/fr/engagements/", "es": "/es/compromisos/", "ar": "/ar/commitments/"}


def rows(page):
    return [words(tag) for tag in page.main.select("ul.directory h3")]


@pytest.mark.parametrize("code", ["en", "fr", "es", "ar"])
def test_commitments_and_declarations_in_each_language(client, site, code):
    CommitmentFactory(
        slug="cover",
        organisation__name="Trust",
        title_en="Keep it covered",
        title_fr="Couvrir",
        title_es="Cubrir",
        title_ar="تغطية",
        start="2021",
        end="2030",
    )
    JointDeclarationFactory(
        title_en="Paris declaration",
        title_fr="Déclaration de Paris",
        title_es="Declaración de París",
        title_ar="إعلان باريس",
        adopted="2015-12-01",
        place_en="Paris, at COP21",
        place_fr="Paris, COP21",
        place_es="París, COP21",
        place_ar="باريس",
        summary_en="What it says.",
        summary_fr="Ce qu’elle dit.",
        text_en="The wording.",
    )
    page = site["commitments", code]
    page.body = json.dumps([{"type": "text", "value": f"<h2>What is asked {code}</h2>"}])
    page.save_revision().publish()
    shown = read(client, PATHS[code])
    title = {"en": "Keep it covered", "fr": "Couvrir", "es": "Cubrir", "ar": "تغطية"}
    assert shown.links[title[code]] == f"{PATHS[code]}cover/"
    assert "2021 – 2030" in shown.text
    declared = {
        "en": "Paris declaration",
        "fr": "Déclaration de Paris",
        "es": "Declaración de París",
        "ar": "إعلان باريس",
    }
    item = shown.heading(declared[code]).find_parent("li")
    date = {"en": "1 December 2015", "fr": "1er décembre 2015", "es": "1 de diciembre de 2015", "ar": "1 ديسمبر 2015"}
    assert date[code] in words(item)
    summary = shown.with_text("p", "Ce qu’elle dit." if code in ("fr", "ar") else "What it says.")
    if code == "es":
        assert summary.find_parent(lang=True)["lang"] == "en"
    assert words(item.details).endswith("The wording.")
    assert (2, f"What is asked {code}") in shown.headings
    assert nesting_mistakes(shown.html) == []


def test_a_declaration_whose_wording_is_not_published_shows_what_it_says(client, site):
    JointDeclarationFactory(title="Paris", summary="What it says.", text="")
    page = read(client, "/en/commitments/")
    assert page.heading("Paris").find_parent("li").details is None
    assert "What it says." in page.text


def test_what_is_drawn_of_the_declarations_is_so_in_each_language_and_follows_them(client, site):
    declared = JointDeclarationFactory(
        title_en="Paris", title_fr="Déclaration de Paris", summary="What it says.", text=""
    )
    for _time in range(2):
        assert read(client, "/en/commitments/").heading("Paris")
        assert read(client, "/fr/engagements/").heading("Déclaration de Paris")
    declared.title_en, declared.summary_en = "Paris, 2015", "What it says today."
    declared.save()
    page = read(client, "/en/commitments/")
    assert page.heading("Paris, 2015")
    assert "What it says today." in page.text
    declared.delete()
    assert "What it says today." not in read(client, "/en/commitments/").text


def test_until_the_first_commitment_one_is_invited(client, site):
    page = read(client, "/en/commitments/")
    assert "No commitment has been published here yet." in page.text
    assert page.links["Be the first to commit"] == "/en/join/"
    CommitmentFactory(organisation=OrganisationFactory(live=False))
    assert "No commitment has been published here yet." in read(client, "/en/commitments/").text
    CommitmentFactory()
    assert "No commitment has been published here yet." not in read(client, "/en/commitments/").text


def test_newest_first_and_twenty_a_page(client, site):
    for year in range(2000, 2022):
        CommitmentFactory(title=f"Of {year}", start=str(year))
    CommitmentFactory(title="Draft", live=False, start="2024")
    assert rows(read(client, "/en/commitments/")) == [f"Of {year}" for year in range(2021, 2001, -1)]
    assert rows(read(client, "/en/commitments/?page=2")) == ["Of 2001", "Of 2000"]
    assert "22 commitments" in read(client, "/en/commitments/").text
