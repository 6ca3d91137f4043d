import datetime
import json

import pytest
import wagtail_factories

from tests.factories import (
    MeetingFactory,
    PersonFactory,
    ResourceFactory,
    StatisticFactory,
    add_article,
    add_event,
)
from tests.reading import DIRECTIONS, read, words

SLUGS = {"en": "resources", "fr": "ressources", "es": "recursos", "ar": "resources"}


def publish(site, code, **fields):
    page = site["home", code]
    for name, value in fields.items():
        setattr(page, name, json.dumps(value) if isinstance(value, list) else value)
    page.save_revision().publish()


@pytest.mark.parametrize("code", ["en", "fr", "es", "ar"])
def test_what_the_home_page_says_in_each_language(client, site, code):
    publish(
        site,
        code,
        heading=f"Soils {code}",
        introduction=f"Keep carbon {code}.",
        explanation_heading=f"<p>Four in a thousand <i>{code}</i></p>",
        explanation=[{"type": "part", "value": {"title": "A part", "text": "<p>With <b>words</b>.</p>"}}],
        doors=[
            {
                "type": "door",
                "value": {
                    "label": f"Dig {code}",
                    "text": "What is known.",
                    "page": site["library", "en"].pk,
                    "url": "",
                    "search": True,
                },
            },
            {
                "type": "door",
                "value": {
                    "label": "Elsewhere",
                    "text": "A site.",
                    "page": None,
                    "url": "https://example.org/",
                    "search": False,
                },
            },
        ],
        statistics_heading="<p>How it <i>grew</i></p>",
        statistics_note="<p>From reports.</p>",
    )
    StatisticFactory(series="partners", value=800, date="2023", unit="partners")
    StatisticFactory(series="partners", value=150, date="2016-11", unit="partners", qualifier="about")
    page = read(client, f"/{code}/")
    assert page.language == (code, DIRECTIONS[code])
    assert page.h1 == f"Soils {code}"
    assert f"Keep carbon {code}." in page.text
    lit = page.heading(f"Four in a thousand {code}").find(["i", "em"])
    assert words(lit) == code
    assert page.heading("A part").name == "h3"
    assert page.links[f"Dig {code}"] == f"/{code}/{SLUGS[code]}/"
    assert page.links["Elsewhere"] == "https://example.org/"
    (form,) = page.main.select("form[role=search]")
    assert (form["action"], form.input["name"]) == (f"/{code}/{SLUGS[code]}/", "q")
    assert words(page.heading("How it grew").parent).endswith("From reports.")
    assert [words(item.strong) for item in page.main.select("ol.cores li")][1] == "800"


def test_an_empty_home_page_has_only_what_is_always_there(client, site):
    page = read(client, "/en/")
    assert [title for _level, title in page.headings] == ["Home en", "Seven kinds of partner"]
    assert page.main.find("form") is None


def test_seven_kinds_of_partner_lead_to_their_part_of_the_directory(client, site):
    kinds = {words(link): link["href"] for link in read(client, "/fr/").main.select("ul.kinds a")}
    assert list(kinds.values()) == [
        f"/fr/partenaires/?type={kind}"
        for kind in ("states", "international", "donors", "farmers", "research", "civil", "companies")
    ]
    english = read(client, "/en/").main.select_one("ul.kinds a")
    assert words(english) == "States and local authorities"


def test_the_spotlight_shows_four_newest_resources_with_their_makers(client, site):
    for year in range(2015, 2021):
        ResourceFactory(title=f"Of {year}", slug=f"of-{year}", issued=str(year), spotlight=True)
    ResourceFactory(title="Unlit", issued="2024")
    ResourceFactory(title="Archived", issued="2024", spotlight=True, archived=True)
    ResourceFactory(title="Draft", issued="2024", spotlight=True, live=False)
    newest = ResourceFactory(
        title="La vie du sol",
        slug="vie",
        language="fr",
        issued="2023",
        spotlight=True,
        people=[PersonFactory(family_name="Terre")],
    )
    page = read(client, "/es/")
    shelf = [link for link in page.main.find_all("a") if link["href"].startswith("/es/recursos/") and link.find("bdi")]
    assert [(words(link), link["href"]) for link in shelf] == [
        ("La vie du sol", "/es/recursos/vie/"),
        ("Of 2020", "/es/recursos/of-2020/"),
        ("Of 2019", "/es/recursos/of-2019/"),
        ("Of 2018", "/es/recursos/of-2018/"),
    ]
    assert shelf[0].bdi["lang"] == "fr"
    assert newest.byline == "Ada Terre"
    assert "Ada Terre" in page.text


def test_three_articles_those_in_the_spotlight_first(client, site):
    for day in range(1, 5):
        add_article(site, title=f"Day {day}", date=datetime.date(2024, 1, day))
    add_article(site, "fr", title="Jour")

    def news():
        return [title for _level, title in read(client, "/en/").headings if title.startswith(("Day", "Lit"))]

    assert news() == ["Day 4", "Day 3", "Day 2"]
    add_article(site, title="Lit old", date=datetime.date(2019, 1, 1), spotlight=True)
    add_article(site, title="Lit new", date=datetime.date(2020, 1, 1), spotlight=True)
    add_article(site, title="Lit archived", date=datetime.date(2024, 1, 1), spotlight=True, archived=True)
    assert news() == ["Lit new", "Lit old", "Day 4"]


def test_two_coming_events_with_date_and_place(client, site):
    add_event(site, title="Second", date="2999-02", online=True)
    add_event(site, title="First", date="2999-01-15/2999-01-17", city="Accra")
    add_event(site, title="Third", date="2999-03")
    add_event(site, title="Gone", date="2020")
    page = read(client, "/en/")
    assert [title for _level, title in page.headings if title in ("First", "Second", "Third", "Gone")] == [
        "First",
        "Second",
    ]
    assert "15 – 17 January 2999 First Accra" in page.text


def test_meetings_and_events_on_the_map_in_the_order_of_time(client, site):
    add_event(
        site,
        title="Johannesburg",
        slug="j",
        date="2018-10-24/2018-10-26",
        city="Johannesburg",
        latitude=-26.2,
        longitude=28.0,
    )
    add_event(site, title="Nowhere", date="2017")
    MeetingFactory(number=1, date="2016-11", city="Marrakech", latitude=31.6, longitude=-8.0)
    MeetingFactory(number=2, date="2017-04", city="Paris")
    page = read(client, "/en/")
    places = page.main.select("ol.places li")
    assert [words(place.h3) for place in places] == ["Meeting 1 of the committee", "Johannesburg"]
    assert [place.a["href"] for place in places] == ["/en/committee/", "/en/events/j/"]
    assert words(places[0]).endswith("Marrakech November 2016")
    drawing = page.main.select_one("svg[role=img][aria-label]")
    assert drawing["aria-label"] == "World map with 2 meeting places, listed below it"
    assert len(drawing.find_all("circle")) == 2
    assert all("," not in point[side] for point in drawing.find_all("circle") for side in ("cx", "cy"))


def test_the_map_writes_numbers_as_svg_does_in_every_language(client, site):
    add_event(site, "fr", title="J", date="2018", latitude=-26.25, longitude=28.05)
    (point,) = read(client, "/fr/").main.select("svg[role=img] circle")
    float(point["cx"]), float(point["cy"])


def test_news_may_have_a_picture(client, site):
    add_article(site, title="Pictured", image=wagtail_factories.ImageFactory())
    (row,) = [item for item in read(client, "/en/").main.find_all("li") if item.find("picture")]
    assert words(row.h3) == "Pictured"
    assert row.img["alt"] == ""


def test_a_home_page_enters_the_search_with_its_explanation(site):
    page = site["home", "en"]
    page.introduction = "Keep carbon."
    page.explanation = json.dumps([{"type": "part", "value": {"title": "A part", "text": "<p>Words</p>"}}])
    assert page.search_text() == "Keep carbon. A part <p>Words</p>"


def test_the_figures_are_drawn_as_they_are_now(client, site):
    figure = StatisticFactory(value=150, date="2016", unit="partners", source="A report")
    publish(site, "en", statistics_heading="<p>How it grew</p>")

    def core():
        page = read(client, "/en/")
        return words(page.heading("How it grew").find_parent(class_="cores-fig"))

    before = core()
    assert (figure.refresh_from_db(), core()) == (None, before)
    for name, value in (("value", 300), ("unit_en", "members"), ("source_en", "Another report"), ("date", "2017")):
        setattr(figure, name, value)
        figure.save()
        assert core() != before
        before = core()
    publish(site, "en", statistics_heading="<p>How it grew</p>", statistics_note="<p>From reports.</p>")
    assert "From reports." in core()
