import json

import pytest

from tests.factories import (
    CommitmentFactory,
    ResearchPriorityFactory,
    ResourceFactory,
    StatisticFactory,
    add_alias,
    add_priority_page,
    add_translation,
)
from tests.reading import nesting_mistakes, read, words

INDEX = {
    "en": "/en/research-priorities/",
    "fr": "/fr/priorites/",
    "es": "/es/prioridades/",
    "ar": "/ar/research-priorities/",
}
LIBRARY = {"en": "/en/resources/", "fr": "/fr/ressources/", "es": "/es/recursos/", "ar": "/ar/resources/"}


@pytest.mark.parametrize("code", ["en", "fr", "es", "ar"])
def test_the_questions_in_their_order(client, site, code):
    second, first = ResearchPriorityFactory(number=2), ResearchPriorityFactory(number=1)
    add_priority_page(site, second, code, title="Short two", heading="How to measure?", slug="two")
    add_priority_page(site, first, code, title="Short one", heading="How much?", slug="one", introduction="In short.")
    add_priority_page(site, ResearchPriorityFactory(number=3), code, title="Draft", slug="draft", live=False)
    add_priority_page(site, ResearchPriorityFactory(number=4), "fr" if code != "fr" else "en", title="Other", slug="x")
    index = site["priorities", code]
    index.body = json.dumps([{"type": "text", "value": "<h2>Two sectors</h2>"}])
    index.save_revision().publish()
    page = read(client, INDEX[code])
    rows = page.main.select("ol.questions > li")
    assert [(words(row.h3), row.a["href"]) for row in rows] == [
        ("How much?", f"{INDEX[code]}one/"),
        ("How to measure?", f"{INDEX[code]}two/"),
    ]
    assert words(rows[0]).startswith("1 ")
    assert "In short." in words(rows[0])
    assert (2, "Two sectors") in page.headings


@pytest.mark.parametrize("code", ["en", "fr", "es", "ar"])
def test_a_question_read_downwards_in_each_language(client, site, code):
    priority = ResearchPriorityFactory(key="storage", number=1)
    statistic = StatisticFactory(value=4, label_en="per 1000", label_fr="pour 1000", label_es="por 1000", date="2015")
    page = add_priority_page(
        site,
        priority,
        code,
        title="Storage",
        heading=f"How much carbon? {code}",
        slug="storage",
        introduction="In short.",
        question="<p>The question.</p>",
        question_notes=json.dumps([{"type": "statistic", "value": statistic.pk}]),
        why="<p>Because.</p>",
        known="<h3>Much</h3><p>This is known.</p>",
        known_notes=json.dumps([{"type": "text", "value": "<p>A <i>note</i>.</p>"}]),
        missing="<p>This is not.</p>",
        gaps=json.dumps([{"type": "gap", "value": "Deep soils"}, {"type": "gap", "value": "Dry soils"}]),
        linked="<p>Work that follows.</p>",
    )
    sibling = add_priority_page(
        site, ResearchPriorityFactory(number=2), code, title="Other", heading="How to measure?", slug="two"
    )
    ResourceFactory(title="Roots", slug="roots", priorities=[priority], abstract_fr="Texte.")
    shown = read(client, page.get_path())
    assert shown.h1 == f"How much carbon? {code}"
    sections = shown.main.select("section[id]")
    assert [section["id"] for section in sections] == ["o", "a", "b", "c", "r"]
    for section, text in zip(
        sections, ("The question.", "Because.", "This is known.", "This is not.", "Work that follows."), strict=True
    ):
        assert text in words(section)
        assert section.h2 is not None
    label = {"en": "per 1000", "fr": "pour 1000", "es": "por 1000", "ar": "pour 1000"}
    assert label[code] in words(sections[0])
    assert "A note ." in words(sections[2])
    assert [words(gap) for gap in sections[3].select("ol li")] == ["Deep soils", "Dry soils"]
    assert sections[4].find("a", href=f"{LIBRARY[code]}roots/") is not None
    assert sections[4].find("a", href=f"{LIBRARY[code]}?priority=storage") is not None
    assert shown.links["How to measure?"] == sibling.get_path()
    assert f"How much carbon? {code}" not in shown.links
    assert [link["href"] for link in shown.main.select("nav.drill a")] == ["#o", "#a", "#b", "#c", "#r"]
    if code == "en":
        assert "Question 1 of 2" in shown.text
        assert [words(section.h2) for section in sections] == [
            "The question",
            "Why it matters",
            "What is known",
            "What is missing",
            "Linked work",
        ]
    assert nesting_mistakes(shown.html) == []


def test_its_newest_resources_eight_at_most_and_none_of_the_archive(client, site):
    priority = ResearchPriorityFactory(key="storage")
    for year in range(2010, 2020):
        ResourceFactory(title=f"Of {year}", issued=str(year), priorities=[priority])
    ResourceFactory(title="Archived", priorities=[priority], archived=True)
    ResourceFactory(title="Draft", priorities=[priority], live=False)
    ResourceFactory(title="On another", priorities=[ResearchPriorityFactory()])
    page = read(client, add_priority_page(site, priority, slug="storage").get_path())
    titles = [words(tag) for tag in page.main.select_one("section#r").find_all("h4")]
    assert titles == [f"Of {year}" for year in range(2019, 2011, -1)]


def test_commitments_on_it(client, site):
    priority = ResearchPriorityFactory()
    commitment = CommitmentFactory(slug="cover", title="Keep it covered", organisation__name="Trust")
    commitment.priorities = [priority]
    commitment.save()
    hidden = CommitmentFactory(title="Hidden", organisation__live=False)
    hidden.priorities = [priority]
    hidden.save()
    page = read(client, add_priority_page(site, priority, slug="storage").get_path())
    assert page.links["Keep it covered"] == "/en/commitments/cover/"
    assert "Hidden" not in page.text


def test_without_linked_work_there_are_no_empty_parts(client, site):
    page = read(client, add_priority_page(site, ResearchPriorityFactory(), slug="storage", title="Storage").get_path())
    assert [level for level, _title in page.headings] == [1, 2, 2, 2, 2, 2]


def test_the_fact_that_others_point_to_is_the_same_in_every_language(client, site):
    priority = ResearchPriorityFactory()
    page = add_priority_page(site, priority, "en", slug="storage", title="Storage")
    add_translation(page, "fr", slug="stockage", title="Stockage", priority=priority)
    add_alias(page, "es")
    spanish = read(client, "/es/prioridades/storage/")
    assert spanish.main_language == ("en", "ltr")
    assert spanish.hreflang["fr"] == "/fr/priorites/stockage/"
    # The names of the layers are the interface's, so they are in the reader's language.
    assert spanish.main.select_one("section#o").h2["lang"] == "es"


def test_what_the_search_finds_of_it(site):
    page = add_priority_page(
        site,
        ResearchPriorityFactory(),
        introduction="In short.",
        why="<p>Because.</p>",
        gaps=json.dumps([{"type": "gap", "value": "Deep soils"}]),
    )
    assert page.search_text().split() == ["In", "short.", "<p>Because.</p>", "Deep", "soils"]
