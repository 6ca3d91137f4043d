"""What stands in another language than the page says so, as the accessibility statement promises."""

import json

import pytest
from wagtail.models import Locale

from initiative.models import StandardPage
from initiative.search.rebuild import rebuild
from tests.factories import (
    CommitmentFactory,
    GoalFactory,
    PersonFactory,
    ResearchPriorityFactory,
    ResourceFactory,
    ResourceTypeFactory,
    StatisticFactory,
    TermFactory,
    TopicFactory,
    add_article,
    add_event,
    add_page,
)
from tests.reading import DIRECTIONS, read, words


def language_of(page, text: str) -> str:
    """The language that the innermost element with this text is in."""
    found = [tag for tag in page.main.find_all(True) if words(tag) == text][-1]
    while found.get("lang") is None:
        found = found.parent
    return found["lang"]


def test_a_found_title_and_its_translation(client, site):
    ResourceFactory(
        title="Loam = life", language="en", title_translation_fr="Limon", abstract_fr="Du limon.", abstract_en=""
    )
    add_article(site, "fr", title="Loam à Paris", introduction="Loam.")
    rebuild()
    page = read(client, "/fr/recherche/?q=loam")
    link = page.main.select_one(".row-title bdi[lang=en]")
    assert words(link) == "Loam = life"
    assert words(link.mark) == "Loam"
    assert words(page.main.select_one(".translation")) == "Limon"
    assert language_of(page, "Loam à Paris") == "fr"


def test_a_title_in_the_language_of_the_reader_has_no_second_one(client, site):
    ResourceFactory(title="Loam", language="en", title_translation_fr="Limon")
    rebuild()
    page = read(client, "/en/search/?q=loam")
    assert [words(title) for title in page.main.select("h3")] == ["Loam"]
    assert page.main.select(".translation") == []


def test_a_commitment_in_a_list(client, site):
    CommitmentFactory(title_en="", title_fr="Couvrir", goal_en="", goal_fr="Couvrir tout.")
    assert language_of(read(client, "/en/commitments/"), "Couvrir") == "fr"
    assert language_of(read(client, "/fr/engagements/"), "Couvrir") == "fr"


def test_the_words_of_a_figure_and_its_source(client, site):
    page = site["about", "fr"]
    one = StatisticFactory(
        series="",
        label_en="hectares of land",
        unit_en="ha",
        source_en="Annual report",
        source_url="https://example.org/",
    )
    StatisticFactory(
        series="members", label_en="members", unit_en="members", unit_fr="membres", source_en="Annual report"
    )
    page.body = json.dumps(
        [
            {"type": "statistic", "value": {"statistic": one.pk}},
            {"type": "statistics", "value": {"title": "", "series": "members"}},
        ]
    )
    page.save_revision().publish()
    page = read(client, page.get_path())
    assert language_of(page, "hectares of land") == "en"
    assert [link["lang"] for link in page.main.select(".statistic a")] == ["en"]
    assert language_of(page, "membres") == "fr"
    assert words(page.main.select_one(".cores-sources")).endswith("Annual report")
    assert page.main.select_one(".cores-sources [lang=en]") is not None


@pytest.mark.parametrize(("written", "reader", "path"), [("en", "ar", "/ar/roots/"), ("ar", "en", "/en/roots/")])
def test_goals_and_cores_run_as_the_article_does_that_they_are_in(client, site, written, reader, path):
    """Their texts are the reader's, and say so; what stands beside what is the article's."""
    StatisticFactory(series="members", unit_en="members", unit_ar="عضوا", date="2016")
    GoalFactory(number=2, named_by_initiative=True, title_en="Zero hunger", title_ar="القضاء التام على الجوع")
    body = [
        {"type": "goals", "value": {"title": ""}},
        {"type": "statistics", "value": {"title": "", "series": "members"}},
    ]
    page = add_page(site["home", written], StandardPage, title="Roots", slug="roots", body=json.dumps(body))
    page.copy_for_translation(Locale.objects.get(language_code=reader), alias=True)
    main = read(client, path).main
    running = {
        name: next(one["dir"] for one in [part, *part.parents] if one.get("dir"))
        for name in (
            "ul.goals",
            ".goals li > div",
            "ol.cores",
            "li.core",
            ".core-head",
            ".core-label",
            "details.figures",
        )
        for part in [main.select_one(name)]
    }
    assert set(running.values()) == {DIRECTIONS[written]}, running
    for name in (".goals .row-title", ".core-head bdi", ".core strong bdi", ".core-label bdi", ".figures summary bdi"):
        said = main.select_one(name)
        assert (said["lang"], said["dir"]) == (reader, DIRECTIONS[reader]), name


def test_where_a_person_works(client, site):
    TermFactory(person=PersonFactory(affiliation_en="Soil Institute", affiliation_fr="Institut du sol"))
    TermFactory(person=PersonFactory(affiliation_en="Loam College"))
    page = read(client, "/fr/comite/")
    assert language_of(page, "Institut du sol") == "fr"
    assert language_of(page, "Loam College") == "en"


def test_the_facts_of_a_resource(client, site):
    ResourceFactory(
        slug="roots",
        abstract_fr="Des racines.",
        type=ResourceTypeFactory(name_en="Reports", singular_en="Report", slug="reports"),
        topics=[TopicFactory(name_en="Roots"), TopicFactory(name_en="Soil life", name_fr="Vie du sol")],
        priorities=[ResearchPriorityFactory(title_en="How much carbon")],
    )
    page = read(client, "/fr/ressources/roots/")
    for text, language in {
        "Report": "en",
        "Reports": "en",
        "Roots": "en",
        "Vie du sol": "fr",
        "How much carbon": "en",
    }.items():
        assert language_of(page, text) == language, text


def test_where_to_search_is_a_question_with_its_answers(client, site):
    radios = read(client, "/en/resources/").main.select("input[name=scope]")
    assert len(radios) == 3
    assert {words(radio.find_parent("fieldset").legend) for radio in radios} == {"Where to search"}


@pytest.mark.parametrize(("count", "word"), [(1, "Source:"), (2, "Sources:")])
def test_the_sources_of_figures_are_named_once(client, site, count, word):
    for year in range(2016, 2020):
        number = year % count
        StatisticFactory(date=str(year), source=f"Report {number}", source_url=f"https://example.org/{number}")
    StatisticFactory(date="2021", source="")
    line = read(client, "/en/").main.select_one(".cores-sources")
    assert words(line).split()[0] == word
    links = {words(link): link["href"] for link in line.find_all("a")}
    assert links == {f"Report {number}": f"https://example.org/{number}" for number in range(count)}
    assert len(line.find_all("a")) == count


def test_figures_without_a_source_name_none(client, site):
    StatisticFactory(source="")
    assert read(client, "/en/").main.select(".cores-sources") == []


def test_a_calendar_link_says_which_event_it_adds(client, site):
    add_event(site, title="Dig", slug="dig", date="2999-05")
    assert "Add to my calendar: Dig" in read(client, "/en/events/").main.select_one(".event-acts .unseen").text


def test_a_film_says_its_title(client, site):
    ResourceFactory(slug="film", title="Roots at work", video_url="https://www.youtube.com/watch?v=abcdefghijk")
    frame = read(client, "/en/resources/film/").main.select_one(".video-play")
    assert words(frame.select_one(".unseen")) == "Play the film: Roots at work"
    assert frame.find("span", attrs={"aria-hidden": "true"}).text == "Play the film"
