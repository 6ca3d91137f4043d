"""Any search as an Atom feed."""

import datetime

import feedparser
import pytest
from django.conf import settings

from initiative.search.rebuild import rebuild
from resources import feeds
from resources.feeds import entry_id
from resources.models import Contribution, Resource
from tests.factories import OrganisationFactory, PersonFactory, ResourceFactory, TopicFactory
from tests.reading import read, words


def publish(slug, day, **fields):
    """A resource that came into the library on a day of January 2024 and was changed in March."""
    resource = ResourceFactory(slug=slug, **fields)
    Resource.objects.filter(pk=resource.pk).update(
        first_published_at=datetime.datetime(2024, 1, day, 12, tzinfo=datetime.UTC),
        last_published_at=datetime.datetime(2024, 3, day, 12, tzinfo=datetime.UTC),
    )
    return resource


def feed(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def links(one) -> dict[str, str]:
    return {link["rel"]: link["href"].removeprefix(settings.SITE_URL) for link in one.links}


def test_the_library_newest_first_by_when_it_came_in(client, site):
    publish("old-work-came-last", 20, issued="1999")
    publish("new-work-came-first", 10, issued="2024")
    publish("archived", 30, archived=True)
    publish("draft", 30, live=False)
    parsed = feed(client, "/en/resources/feed.atom")
    assert [links(entry)["alternate"] for entry in parsed.entries] == [
        "/en/resources/old-work-came-last/",
        "/en/resources/new-work-came-first/",
    ]
    assert (parsed.version, parsed.feed.title, parsed.feed.language) == ("atom10", "4 per 1000 library", "en")
    assert parsed.feed.updated == "2024-03-20T12:00:00+00:00"
    assert links(parsed.feed) == {"alternate": "/en/resources/", "self": "/en/resources/feed.atom"}
    assert parsed.feed.id == f"{settings.SITE_URL}/en/resources/feed.atom"


def test_an_entry(client, site):
    resource = publish(
        "roots",
        5,
        title="Racines & <sols>",
        language="fr",
        abstract_en="One & two.\n\n<b>Three</b>.",
        identity="f47ac10b-58cc-4372-a567-0e02b2c3d479",
        topics=[TopicFactory(key="water", name="Water & ice")],
        people=[PersonFactory(given_name="Ada", family_name="Loam")],
    )
    Contribution.objects.create(resource=resource, organisation=OrganisationFactory(name="Soil Trust"), sort_order=2)
    Contribution.objects.create(resource=resource, person=PersonFactory(), role="funder", sort_order=3)
    (entry,) = feed(client, "/es/recursos/feed.atom").entries
    assert entry.id == "urn:uuid:f47ac10b-58cc-4372-a567-0e02b2c3d479"
    assert (entry.title_detail.language, entry.title_detail.type) == ("fr", "text/plain")
    assert entry.title == "Racines & <sols>"
    assert (entry.summary_detail.language, entry.summary_detail.type) == ("en", "text/html")
    assert entry.summary == "<p>One &amp; two.</p><p>&lt;b&gt;Three&lt;/b&gt;.</p>"
    assert [author.name for author in entry.authors] == ["Ada Loam", "Soil Trust"]
    assert (entry.published, entry.updated) == ("2024-01-05T12:00:00+00:00", "2024-03-05T12:00:00+00:00")
    assert [(tag.term, tag.label) for tag in entry.tags] == [("water", "Water & ice")]
    assert links(entry) == {"alternate": "/es/recursos/roots/"}


def test_it_follows_a_search_in_any_language(client, site):
    water = TopicFactory(slug_en="water", slug_fr="eau", name_en="Water", name_fr="Eau")
    publish("rain", 1, title="Rain on roots", topics=[water])
    publish("roots", 2, title="Roots")
    publish("rock", 3, title="Rock", abstract_en="Bare.", topics=[water])
    publish("relic", 4, title="Relic roots", archived=True)
    rebuild()

    def found(query):
        parsed = feed(client, f"/fr/ressources/feed.atom?{query}")
        return parsed.feed.title, [links(entry)["alternate"].split("/")[-2] for entry in parsed.entries]

    name = "Bibliothèque 4 pour 1000"
    assert feed(client, "/fr/ressources/feed.atom").feed.title == name
    assert found("q=roots&sort=oldest&page=4") == (f"{name}: “roots”", ["roots", "rain"])
    assert found("topic=eau") == (f"{name}: Eau", ["rock", "rain"])
    assert found("q=roots&topic=water") == (f"{name}: “roots”, Eau", ["rain"])
    assert found("q=roots&archived=1") == (f"{name}: “roots”, Archives comprises", ["relic", "roots", "rain"])
    assert found("q=nowhere") == (f"{name}: “nowhere”", [])


def test_a_feed_without_entries_is_valid(client, site):
    assert feed(client, "/en/resources/feed.atom").feed.updated == "2015-12-01T00:00:00+00:00"


def test_signs_that_xml_cannot_hold_are_left_out(client, site):
    publish("roots", 1, title="Roots\x01 \x0b& rye", abstract_en="Wat\x08er\ufffe.")
    rebuild()
    (entry,) = feed(client, "/en/resources/feed.atom?q=%01roots%0B").entries
    assert (entry.title, entry.summary) == ("Roots & rye", "<p>Water.</p>")


def test_the_newest_of_many(client, site, monkeypatch):
    monkeypatch.setattr(feeds, "NEWEST", 3)
    for day in range(1, 8):
        publish(f"day-{day}", day, title=f"Day {day}")
    rebuild()
    for query in ("", "?q=day"):
        entries = feed(client, f"/en/resources/feed.atom{query}").entries
        assert [entry.title for entry in entries] == ["Day 7", "Day 6", "Day 5"]


@pytest.mark.parametrize(
    ("identity", "name"),
    [
        ("f47ac10b-58cc-4372-a567-0e02b2c3d479", "urn:uuid:f47ac10b-58cc-4372-a567-0e02b2c3d479"),
        ("walker-2022", "tag:localhost,2015:resource/walker-2022"),
    ],
)
def test_a_name_for_ever(identity, name):
    assert entry_id(identity) == name


def test_the_list_announces_feed_and_formats(client, site):
    page = read(client, "/fr/ressources/?q=roots")
    assert page.feeds == [
        ("application/atom+xml", "/fr/ressources/feed.atom?q=roots"),
        ("application/x-bibtex", "/fr/ressources/export.bib?q=roots"),
        ("application/x-research-info-systems", "/fr/ressources/export.ris?q=roots"),
        ("application/vnd.citationstyles.csl+json", "/fr/ressources/export.csl.json?q=roots"),
        ("text/csv", "/fr/ressources/export.csv?q=roots"),
        ("application/json", "/fr/ressources/export.json?q=roots"),
    ]
    links = {words(link): link["href"] for link in page.soup.select(".bar > a")}
    assert links["Suivre cette recherche"] == "/fr/suivre/search/?q=roots"
    assert links["Flux"] == "/fr/ressources/feed.atom?q=roots"


@pytest.mark.parametrize("count", [5, 60])
def test_it_costs_the_same_whatever_there_is(client, site, count, django_assert_max_num_queries):
    for day in range(count):
        publish(f"day-{day}", 1 + day % 28, title="Roots", people=[PersonFactory()], topics=[TopicFactory()])
    rebuild()
    client.get("/en/resources/feed.atom")
    with django_assert_max_num_queries(19):
        client.get("/en/resources/feed.atom?q=roots")
