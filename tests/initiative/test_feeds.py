import datetime

import feedparser
from django.conf import settings
from icalendar import Calendar
from wagtail.models import Page

from tests.factories import PlaceFactory, add_alias, add_article, add_event
from tests.reading import read


def feed(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo
    return parsed


def calendar(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def test_the_news_as_rss_in_their_language(client, site):
    index = site["news", "fr"]
    index.introduction = "Ce qui se passe sous nos pieds."
    index.save()
    article = add_article(
        site,
        "fr",
        title="Court",
        heading="Des racines & des sols",
        slug="racines",
        introduction="Elles & ils tiennent.",
    )
    add_article(site, "fr", title="Ancien", slug="ancien", date=datetime.date(2015, 12, 1), archived=True)
    add_article(site, "fr", title="Brouillon", live=False)
    add_article(site, "en", title="English")
    parsed = feed(client, "/fr/actualites/feed/")
    assert parsed.feed.title == "4 pour 1000 – News fr"
    assert parsed.feed.link == "http://testserver/fr/actualites/"
    assert parsed.feed.subtitle == "Ce qui se passe sous nos pieds."
    assert parsed.feed.language == "fr"
    assert [link.href for link in parsed.feed.links if link.rel == "self"] == ["http://testserver/fr/actualites/feed/"]
    assert [entry.title for entry in parsed.entries] == ["Des racines & des sols", "Ancien"]
    entry = parsed.entries[0]
    assert entry.link == "http://testserver/fr/actualites/racines/"
    assert entry.summary == "Elles & ils tiennent."
    assert entry.id == str(article.translation_key)
    assert entry.guidislink is False
    assert entry.published_parsed[:5] == (2024, 11, 26, 12, 0)


def test_the_feed_is_announced_on_the_page(client, site):
    assert read(client, "/fr/actualites/").feeds == [("application/rss+xml", "/fr/actualites/feed/")]
    assert read(client, "/es/eventos/").feeds == [("text/calendar", "/es/eventos/calendar.ics")]
    assert read(client, "/en/join/").feeds == []


def test_fifty_articles_at_most_and_the_same_number_of_statements(client, site, django_assert_max_num_queries):
    for number in range(52):
        add_article(site, title=f"A {number}", date=datetime.date(2024, 1, 1) + datetime.timedelta(days=number))
    client.get("/en/news/feed/")
    with django_assert_max_num_queries(12):
        entries = feed(client, "/en/news/feed/").entries
    assert len(entries) == 50
    assert (entries[0].title, entries[-1].title) == ("A 51", "A 2")


def test_a_news_index_without_articles_has_a_feed_all_the_same(client, site):
    parsed = feed(client, "/ar/news/feed/")
    assert (parsed.feed.title, parsed.feed.language, parsed.entries) == ("4 في الألف – News ar", "ar", [])


def test_all_events_as_a_calendar(client, site):
    PlaceFactory(code="ZA")
    event = add_event(
        site,
        "fr",
        title="Joburg",
        heading="Rencontre, à Johannesburg",
        slug="joburg",
        date="2018-10-24/2018-10-26",
        city="Johannesburg",
        country_id="ZA",
        introduction="Trois jours; trois sols.",
    )
    published = datetime.datetime(2018, 9, 1, 10, 0, tzinfo=datetime.UTC)
    Page.objects.filter(pk=event.pk).update(last_published_at=published)
    add_event(site, "fr", title="Loin", date="2999-01-01", online=True)
    add_event(site, "en", title="English")
    found = calendar(client, "/fr/evenements/calendar.ics")
    assert (str(found["version"]), str(found["x-wr-calname"])) == ("2.0", "Events fr")
    coming, past = found.walk("VEVENT")
    assert str(coming["summary"]) == "Loin"
    assert "location" not in coming
    assert {name: str(past[name]) for name in ("uid", "summary", "description", "location", "url")} == {
        "uid": f"{event.translation_key}@localhost",
        "summary": "Rencontre, à Johannesburg",
        "description": "Trois jours; trois sols.",
        "location": "Johannesburg, Afrique du Sud",
        "url": f"{settings.SITE_URL}/fr/evenements/joburg/",
    }
    assert past.decoded("dtstart") == datetime.date(2018, 10, 24)
    assert past.decoded("dtend") == datetime.date(2018, 10, 27)  # the first day after it
    assert past.decoded("dtstamp") == published


def test_one_event_as_a_calendar(client, site):
    add_event(site, title="Dig", slug="dig", date="2024-02")
    add_event(site, title="Other")
    (event,) = calendar(client, "/en/events/dig/event.ics").walk("VEVENT")
    assert event.decoded("dtstart") == datetime.date(2024, 2, 1)
    assert event.decoded("dtend") == datetime.date(2024, 3, 1)


def test_the_same_event_in_two_languages_is_one_event_to_a_calendar(client, site):
    add_alias(add_event(site, title="Dig", slug="dig"), "fr")
    english, french = (
        calendar(client, path).walk("VEVENT")[0]["uid"]
        for path in ("/en/events/dig/event.ics", "/fr/evenements/dig/event.ics")
    )
    assert english == french


def test_an_event_is_the_same_whatever_name_of_the_site_is_asked(client, site):
    add_event(site, title="Dig", slug="dig")
    asked = [
        client.get("/en/events/dig/event.ics", headers={"Host": host}).content for host in ("localhost", "127.0.0.1")
    ]
    (one,), (other,) = (Calendar.from_ical(content).walk("VEVENT") for content in asked)
    assert (one["uid"], one["url"]) == (other["uid"], other["url"])


def test_a_calendar_has_one_address(client, site):
    add_event(site, title="Dig", slug="dig")
    add_article(site, title="Roots", slug="roots")
    for path in ("/en/events/calendar.ics/", "/en/events/dig/event.ics/", "/en/news/event.ics", "/en/events/other.ics"):
        assert client.get(path).status_code == 404
    assert client.get("/en/news/roots/event.ics").status_code == 404
