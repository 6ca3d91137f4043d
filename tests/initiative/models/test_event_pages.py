import datetime
import json

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from initiative.models import EventPage
from tests.factories import PlaceFactory, add_alias, add_event
from tests.reading import read, words


def rows(page):
    return [words(item.h3) for item in page.main.select("ul.events > li")]


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2018-10-24/2018-10-26", datetime.date(2018, 10, 24), datetime.date(2018, 10, 26)),
        ("2024-02", datetime.date(2024, 2, 1), datetime.date(2024, 2, 29)),
        ("2024", datetime.date(2024, 1, 1), datetime.date(2024, 12, 31)),
    ],
)
def test_its_first_and_last_day_follow_from_its_date(site, date, first, last):
    event = EventPage.objects.get(pk=add_event(site, date=date).pk)
    assert (event.starts_on, event.ends_on) == (first, last)


def test_a_draft_may_be_without_a_valid_date(site):
    event = EventPage(title="Draft", date="soon", locale=site["events", "en"].locale, live=False)
    with pytest.raises(ValidationError) as refusal:
        event.full_clean()
    assert "date" in refusal.value.message_dict
    event.slug = "draft"
    site["events", "en"].add_child(instance=event)
    assert event.starts_on == event.ends_on == timezone.localdate()


@pytest.mark.parametrize(("latitude", "longitude"), [(1.5, None), (None, 0.0)])
def test_half_a_place_is_no_place(latitude, longitude):
    with pytest.raises(ValidationError) as refusal:
        EventPage(title="x", slug="x", latitude=latitude, longitude=longitude).clean()
    assert refusal.value.message_dict == {"longitude": ["Give both latitude and longitude, or neither."]}


def test_the_equator_is_a_place():
    EventPage(title="x", slug="x", latitude=0.0, longitude=0.0).clean()
    EventPage(title="x", slug="x").clean()


@pytest.mark.parametrize(("days", "past"), [(-1, True), (0, False), (1, False)])
def test_an_event_is_past_from_the_day_after_its_last(site, days, past):
    day = timezone.localdate() + datetime.timedelta(days=days)
    event = add_event(site, date=day.isoformat())
    assert event.is_past is past


def test_what_comes_and_what_has_been(client, site):
    today = timezone.localdate()
    yesterday, tomorrow = (today + datetime.timedelta(days=days) for days in (-1, 1))
    add_event(site, title="Long ago", date="2015-12-01")
    add_event(site, title="Yesterday", date=f"{yesterday - datetime.timedelta(days=9)}/{yesterday}")
    add_event(site, title="Last day today", date=f"{yesterday}/{today}")
    add_event(site, title="Tomorrow", date=tomorrow.isoformat())
    add_event(site, title="Draft", date=tomorrow.isoformat(), live=False)
    add_event(site, "fr", title="Demain", date=tomorrow.isoformat())
    page = read(client, "/en/events/")
    assert rows(page) == ["Last day today", "Tomorrow", "Yesterday", "Long ago"]
    coming, _past = page.main.select("ul.events")
    assert len(coming.find_all("li")) == 2
    assert page.links["Subscribe to the calendar (iCalendar)"] == "/en/events/calendar.ics"


def test_without_a_date_to_come_it_says_so(client, site):
    add_event(site, date="2020")
    assert "No date has been announced." in read(client, "/en/events/").text


def test_past_events_twenty_a_page_and_the_coming_ones_on_the_first(client, site):
    for day in range(1, 26):
        add_event(site, title=f"Day {day}", date=f"2020-01-{day:02}")
    add_event(site, title="Coming", date="2999")
    assert rows(read(client, "/en/events/")) == ["Coming", *(f"Day {day}" for day in range(25, 5, -1))]
    assert rows(read(client, "/en/events/?page=2")) == [f"Day {day}" for day in range(5, 0, -1)]
    assert rows(read(client, "/en/events/?page=-7")) == [f"Day {day}" for day in range(5, 0, -1)]


@pytest.mark.parametrize(
    ("code", "when", "where"),
    [
        ("en", "24–26 October 2018 , 9:00 CET", "Johannesburg , South Africa"),
        ("fr", "24 – 26 octobre 2018 , 9:00 CET", "Johannesburg , Afrique du Sud"),
        ("es", "24 – 26 de octubre de 2018 , 9:00 CET", "Johannesburg , Sudáfrica"),
        ("ar", "24 – 26 أكتوبر 2018 ، 9:00 CET", "Johannesburg ، جنوب أفريقيا"),
    ],
)
def test_an_event_in_each_language(client, site, code, when, where):
    PlaceFactory(code="ZA")
    event = add_event(
        site,
        code,
        title="Meeting",
        heading=f"Meeting {code}",
        slug="meeting",
        date="2018-10-24/2018-10-26",
        time="9:00 CET",
        city="Johannesburg",
        country_id="ZA",
        address="https://www.example.org/meeting",
        body=json.dumps([{"type": "text", "value": "<p>Three days.</p>"}]),
    )
    page = read(client, event.get_path())
    assert page.h1 == f"Meeting {code}"
    facts = list(page.facts.values())
    assert facts[0].replace(" ", "") == when.replace(" ", "")
    assert facts[1].replace(" ", "") == where.replace(" ", "")
    assert page.links["example.org"] == "https://www.example.org/meeting"
    assert [tag["datetime"] for tag in page.main.select("dl time")] == ["2018-10-24", "2018-10-26"]
    assert "Three days." in page.text
    assert page.feeds == [("text/calendar", f"{event.get_path()}event.ics")]


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"online": True}, "Online"),
        ({"city": "Paris", "online": True}, "Paris; and online"),
        ({"city": "Paris"}, "Paris"),
        ({"country_id": "FR"}, "France"),
    ],
)
def test_where_it_takes_place(client, site, fields, where):
    PlaceFactory(code="FR")
    page = read(client, add_event(site, slug="here", **fields).get_path())
    assert page.facts["Where"].replace(" ", "") == where.replace(" ", "")


def test_a_coming_event_goes_into_the_readers_calendar_a_past_one_is_marked(client, site):
    coming = read(client, add_event(site, slug="coming", date="2999").get_path())
    assert coming.links["Add to my calendar"] == "/en/events/coming/event.ics"
    assert "Past event" not in coming.text
    past = read(client, add_event(site, slug="past", date="2020").get_path())
    assert "Past event" in past.text
    assert "Add to my calendar" not in past.links


def test_every_calendar_that_a_page_offers_can_be_opened(client, site):
    add_alias(add_event(site, slug="coming", date="2999"), "fr")
    for path in ("/en/events/", "/en/events/coming/", "/fr/evenements/", "/fr/evenements/coming/"):
        offered = {
            link["href"]
            for link in read(client, path).soup.find_all(["a", "link"], href=True)
            if ".ics" in link["href"]
        }
        assert offered
        for address in offered:
            assert client.get(address).headers["Content-Type"] == "text/calendar; charset=utf-8"


def test_what_the_search_finds_of_it(site):
    PlaceFactory(code="ZA")
    event = add_event(site, city="Johannesburg", country_id="ZA", introduction="Three days.")
    assert event.search_text().split() == ["Three", "days.", "Johannesburg", "South", "Africa"]
