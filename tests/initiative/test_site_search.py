import datetime

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from initiative.models import Person
from initiative.search.rebuild import rebuild
from initiative.site_search import SiteSearch
from tests.conftest import Pages
from tests.factories import (
    CommitmentFactory,
    OrganisationFactory,
    PersonFactory,
    ResourceFactory,
    TermFactory,
    add_alias,
    add_article,
    add_event,
    hide_everywhere,
)
from tests.reading import DIRECTIONS, read, words


@pytest.fixture(scope="module")
def _seven(_tree, django_db_blocker):
    with django_db_blocker.unblock():
        _write(_tree)


@pytest.fixture
def loamy(_seven, site):
    """One thing of each kind with the word “loam” in it, and an index of them; gives the pages."""
    return site


def _write(keys):
    site = Pages(keys)
    about = site["about", "en"]
    about.introduction = "Of loam and those who care."
    about.save()
    ResourceFactory(
        title="Loam in brief", slug="loam", abstract_en="On loam.", abstract_fr="Du limon.", issued="2019-05"
    )
    article = add_article(
        site, title="Loam day", slug="loam-day", date=datetime.date(2024, 5, 31), introduction="We dug."
    )
    add_alias(article, "es")
    add_event(site, title="Loam meeting", slug="loam-meeting", date="2023-10-01")
    TermFactory(person=PersonFactory(given_name="Ada", family_name="Loam", slug="ada", biography_en="Digs."))
    PersonFactory(given_name="Bo", family_name="Loam", slug="bo")
    trust = OrganisationFactory(name="Loam Trust", slug="loam-trust", description_en="Trusts.")
    OrganisationFactory(name="Loam Press", listed=False)
    CommitmentFactory(title_en="Cover the loam", slug="cover", goal_en="Cover.", organisation=trust)
    rebuild()


def asked(query="", language="en"):
    return SiteSearch(QueryDict(query), reverse("search"), language)


def test_all_kinds_that_have_the_word(loamy):
    found = asked("q=loam")
    assert found.results.kinds == {
        "resource": 1,
        "page": 1,
        "news": 1,
        "event": 1,
        "person": 1,
        "organisation": 1,
        "commitment": 1,
    }
    assert {hit.url for hit in found.results.hits} == {
        "/en/resources/loam/",
        "/en/about/",
        "/en/news/loam-day/",
        "/en/events/loam-meeting/",
        "/en/committee/ada/",
        "/en/partners/loam-trust/",
        "/en/commitments/cover/",
    }
    assert [(str(tab["label"]), tab["count"]) for tab in found.tabs] == [
        ("Everything", 7),
        ("Resources", 1),
        ("Pages", 1),
        ("News", 1),
        ("Events", 1),
        ("People", 1),
        ("Partners", 1),
        ("Commitments", 1),
    ]


def test_one_kind_and_the_counts_of_all(loamy):
    found = asked("q=loam&kind=news")
    assert [hit.url for hit in found.results.hits] == ["/en/news/loam-day/"]
    assert found.results.total == 1
    assert [tab["count"] for tab in found.tabs] == [7, 1, 1, 1, 1, 1, 1, 1]
    assert [str(tab["label"]) for tab in found.tabs if tab["current"]] == ["News"]
    assert [tab["url"] for tab in found.tabs][:2] == ["/en/search/?q=loam", "/en/search/?q=loam&kind=resource"]


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("q=loam&kind=nonsense", ""),
        ("q=loam&kind=%00", ""),
        ("q=loam&kind=news&page=3", "news"),
        ("q=loam&page=-1", ""),
        ("q=loam&page=x", ""),
        ("q=loam&page=٣", ""),
        ("q=loam&page=999999", ""),
    ],
)
def test_nonsense_is_ignored(loamy, query, kind):
    found = asked(query)
    assert (found.kind, found.number, len(found.rows)) == (kind, 1, 1 if kind else 7)


def test_of_several_kinds_the_best_of_each_are_shown(client, loamy):
    for number in range(4):
        ResourceFactory(title=f"Silt {number}", issued="2001", archived=number == 0)
    add_article(loamy, title="A day", slug="silt-day", introduction="Silt and sand.")
    rebuild()
    page = read(client, "/en/search/?q=silt")
    assert page.title == "silt – Search – 4 per 1000"
    assert (2, "5 results") in page.headings
    assert [words(part.h3) for part in page.main.select(".part")] == ["Resources", "News"]
    resources, news = page.main.select(".part")
    assert len(resources.select("ol.results > li")) == 3
    assert words(resources.select("a")[-1]) == "All 4 : Resources"
    assert resources.select("a")[-1]["href"] == "/en/search/?q=silt&kind=resource"
    assert [link["href"] for link in news.select("a")] == ["/en/news/silt-day/"]
    assert page.main.select("nav.pages") == []
    assert page.links["Narrow the resources in the library"] == "/en/resources/?q=silt"
    assert page.soup.select_one("#part-news").name == "h3"
    # Of one kind, all.
    page = read(client, "/en/search/?q=silt&kind=resource")
    assert page.title == "silt – Resources – Search – 4 per 1000"
    assert len(page.main.select("ol.results > li")) == 4
    assert [words(tag) for tag in page.main.select(".hit .tag")] == ["Archived"]
    assert page.main.select(".part") == []


def test_where_one_kind_has_it_its_pages_are_shown(client, loamy):
    for number in range(25):
        ResourceFactory(title=f"Gravel {number}")
    rebuild()
    page = read(client, "/en/search/?q=gravel&page=2")
    assert len(page.main.select("ol.results > li")) == 5
    assert page.main.select_one("a[rel=prev]")["href"] == "/en/search/?q=gravel"
    assert [words(link) for link in page.main.select("nav.pages a[aria-current]")] == ["Page 2"]


@pytest.mark.parametrize("query", ["", "q=", "q=%20%20", "q=%00"])
def test_nothing_asked_nothing_searched(query, client, site):
    assert asked(query).results is None
    page = read(client, f"/en/search/?{query}")
    assert page.headings == [(1, "Search the whole site")]
    assert page.main.select("ol.results") == []


def test_a_kind_that_is_asked_for_keeps_its_tab_even_without_results(loamy):
    found = asked("q=dug&kind=person")
    assert found.results.total == 0
    assert [(str(tab["label"]), tab["count"], tab["current"]) for tab in found.tabs] == [
        ("Everything", 1, False),
        ("News", 1, False),
        ("People", 0, True),
    ]


def test_people_without_a_page_are_not_found(loamy):
    assert Person.objects.filter(family_name="Loam").count() == 2
    assert asked("q=bo").results.total == 0


@pytest.mark.parametrize(
    ("code", "url"),
    [
        ("en", "/en/resources/loam/"),
        ("fr", "/fr/ressources/loam/"),
        ("es", "/es/recursos/loam/"),
        ("ar", "/ar/resources/loam/"),
    ],
)
def test_the_search_page_in_each_language(client, loamy, code, url):
    with translation.override(code):
        path = reverse("search")
    page = read(client, f"{path}?q=loam&kind=resource")
    assert page.language == (code, DIRECTIONS[code])
    assert page.main_language == (None, None)
    assert page.main.find("input", {"name": "q"})["value"] == "loam"
    assert page.main.find("input", {"name": "kind"})["value"] == "resource"
    assert page.main.find("form")["action"] == path
    (hit,) = page.main.select("ol.results > li")
    assert hit.h3.a["href"] == url
    assert [words(mark) for mark in hit.h3.find_all("mark")] == ["Loam"]
    assert " 2019 " in words(hit)  # its day isn't known
    assert not page.is_indexed
    assert page.canonical == ""


def test_the_language_menu_keeps_what_was_asked(client, loamy):
    page = read(client, "/en/search/?q=loam&kind=news&page=1&colour=red")
    for code in ("fr", "es", "ar"):
        with translation.override(code):
            assert page.languages[code] == f"{reverse('search')}?q=loam&kind=news"
    assert page.untranslated == []


def test_each_language_finds_its_own_and_what_it_shows_instead(loamy):
    assert [hit.url for hit in asked("q=loam+day", "es").results.hits] == ["/es/noticias/loam-day/"]
    assert [hit.shown_language for hit in asked("q=loam+day", "es").results.hits] == ["en"]
    assert asked("q=loam+day", "fr").results.kinds.get("news") is None
    french = asked("q=limon&kind=resource", "fr").results
    assert [(hit.url, hit.shown_language) for hit in french.hits] == [("/fr/ressources/loam/", "fr")]


def test_a_snippet_in_another_language_is_marked(client, loamy):
    with translation.override("es"):
        path = reverse("search")
    (hit,) = read(client, f"{path}?q=dug").main.select("ol.results > li")
    assert hit.find(lang="en") is not None


def test_pages_of_twenty(client, site):
    for number in range(25):
        ResourceFactory(title=f"Clay {number}")
    rebuild()
    first = read(client, "/en/search/?q=clay&kind=resource")
    assert len(first.main.select("ol.results > li")) == 20
    following = first.main.select_one("a[rel=next]")["href"]
    assert following == "/en/search/?q=clay&kind=resource&page=2"
    second = read(client, following)
    assert len(second.main.select("ol.results > li")) == 5
    assert second.main.select_one("a[rel=prev]")["href"] == "/en/search/?q=clay&kind=resource"
    assert second.main.select_one("a[rel=next]") is None
    beyond = read(client, "/en/search/?q=clay&kind=resource&page=9")
    assert len(beyond.main.select("ol.results > li")) == 5


def test_a_misspelt_word(client, loamy):
    page = read(client, "/en/search/?q=meating&kind=event")
    assert page.links["meeting"] == "/en/search/?q=meeting&kind=event"


def test_nothing_found(client, loamy):
    page = read(client, "/en/search/?q=meeting&kind=news")
    assert page.links["Search everything, not one kind"] == "/en/search/?q=meeting"
    assert page.links["See the whole library"] == "/en/resources/"
    # Where no kind has it, that wouldn't help.
    assert "Search everything, not one kind" not in read(client, "/en/search/?q=zzzzzz&kind=news").links


def test_a_page_that_is_hidden_leaves_the_search_and_one_that_is_published_enters(
    loamy, site, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        site["about", "en"].unpublish()
    assert asked("q=loam").results.kinds.get("page") is None
    with django_capture_on_commit_callbacks(execute=True):
        page = site["join", "fr"]
        page.introduction = "Du limon pour tous."
        page.save_revision().publish()
    assert [hit.url for hit in asked("q=limon&kind=page", "fr").results.hits] == ["/fr/rejoindre/"]


def test_a_landing_page_that_is_hidden_takes_its_records_along(loamy, site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        hide_everywhere(site["partners", "en"])
    assert asked("q=loam").results.kinds.get("organisation") is None
    assert asked("q=loam", "fr").results.kinds.get("organisation") is None
    with django_capture_on_commit_callbacks(execute=True):
        page = site["partners", "en"]
        page.slug = "who"
        page.save_revision().publish()
    assert [hit.url for hit in asked("q=loam&kind=organisation").results.hits] == ["/en/who/loam-trust/"]
