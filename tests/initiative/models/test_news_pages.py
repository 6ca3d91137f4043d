import datetime
import json

import pytest
import wagtail_factories
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from initiative.models import NewsArticlePage
from tests.factories import add_alias, add_article, add_event, add_translation
from tests.reading import read, words


def titles(page):
    return [words(item.h3) for item in page.main.select("ul.news-list > li")]


def test_current_articles_newest_first(client, site):
    add_article(site, title="Old", slug="old", date=datetime.date(2020, 5, 1))
    add_article(
        site,
        title="Short",
        heading="New and long",
        slug="new",
        date=datetime.date(2024, 5, 31),
        introduction="What it is.",
    )
    add_article(site, title="Archived", archived=True)
    add_article(site, title="Draft", live=False)
    add_article(site, "fr", title="En français")
    page = read(client, "/en/news/")
    assert titles(page) == ["New and long", "Old"]
    row = page.main.select("ul.news-list > li")[0]
    assert words(row) == "31 May 2024 New and long What it is."
    assert row.a["href"] == "/en/news/new/"
    assert row.time["datetime"] == "2024-05-31"


@pytest.mark.parametrize("query", ["?archived", "?archived=1", "?archived=&page=nonsense"])
def test_the_archive_is_apart_and_canonical_to_itself(client, site, query):
    add_article(site, title="Now")
    add_article(site, title="Then", archived=True)
    page = read(client, f"/en/news/{query}")
    assert titles(page) == ["Then"]
    assert page.links["Current news"] == "/en/news/"
    assert page.canonical == "/en/news/?archived"
    assert page.hreflang["fr"] == page.languages["fr"] == "/fr/actualites/?archived"
    assert "Archived" in words(page.main.select_one("ul.news-list > li"))


def test_without_an_archive_nothing_leads_there(client, site):
    add_article(site)
    assert "Archive" not in read(client, "/en/news/").links
    add_article(site, archived=True)
    assert read(client, "/en/news/").links["Archive"] == "/en/news/?archived"


def test_nothing_to_tell(client, site):
    assert "There is no news at the moment." in read(client, "/en/news/").text
    assert "Nothing has been archived yet." in read(client, "/en/news/?archived").text


@pytest.mark.parametrize(
    ("asked", "shown", "first"),
    [("1", 1, "A 24"), ("2", 2, "A 4"), ("99", 2, "A 4"), ("-1", 2, "A 4"), ("x", 1, "A 24"), ("٢", 2, "A 4")],
)
def test_twenty_a_page(client, site, asked, shown, first):
    for number in range(25):
        add_article(site, title=f"A {number}", date=datetime.date(2024, 1, 1) + datetime.timedelta(days=number))
    page = read(client, f"/en/news/?page={asked}")
    assert titles(page)[0] == first
    assert len(titles(page)) == (20 if shown == 1 else 5)
    assert page.canonical == ("/en/news/" if shown == 1 else "/en/news/?page=2")
    (current,) = page.main.select("nav.pages [aria-current=page]")
    assert words(current) == f"Page {shown}"
    other = page.main.select_one("nav.pages a[rel]")
    assert (other["rel"], other["href"]) == (["next"], "?page=2") if shown == 1 else (["prev"], "?page=1")


def test_events_stand_below_the_coming_ones_or_else_the_latest(client, site):
    add_event(site, title="Gone", date="2020")
    assert (2, "Latest events") in read(client, "/en/news/").headings
    for number in range(4):
        add_event(site, title=f"Coming {number}", date=f"299{number}")
    page = read(client, "/en/news/")
    assert (2, "What comes next") in page.headings
    assert [words(item.h3) for item in page.main.select("ul.events > li")] == ["Coming 0", "Coming 1", "Coming 2"]


@pytest.mark.parametrize("count", [5, 45])
@pytest.mark.parametrize(("pictures", "statements"), [(False, 4), (True, 5)])
def test_a_page_of_it_costs_four_statements_at_any_size(client, site, count, pictures, statements):
    image = wagtail_factories.ImageFactory() if pictures else None
    for number in range(count):
        add_article(site, title=f"A {number}", archived=bool(number % 2), image=image)
    last = -(-(count // 2 + 1) // 20)
    for path in ("/en/news/", f"/en/news/?page={last}", "/en/news/?archived"):
        client.get(path)  # what is known for a moment is known, and pictures have their sizes
        with CaptureQueriesContext(connection) as spent:
            assert client.get(path).status_code == 200
        assert len(spent) == statements


def test_events_are_known_for_a_moment_and_forgotten_with_any_of_them(client, site):
    def shown():
        return [words(item.h3) for item in read(client, "/en/news/").main.select("ul.events > li")]

    def spent():
        with CaptureQueriesContext(connection) as statements:
            client.get("/en/news/")
        return len(statements)

    gone = add_event(site, title="Gone", date="2020")
    assert shown() == ["Gone"]
    known = spent()
    cache.clear()
    assert spent() > known
    coming = add_event(site, title="Coming", date="2990")
    assert shown() == ["Coming"]
    coming.title = "Comes"
    coming.save()
    assert shown() == ["Comes"]
    restriction = PageViewRestriction.objects.create(page=coming, restriction_type=PageViewRestriction.LOGIN)
    assert shown() == ["Gone"]
    restriction.delete()
    assert shown() == ["Comes"]
    coming.unpublish()
    assert shown() == ["Gone"]
    gone.delete()
    assert shown() == []


def test_an_article_in_another_language_says_so_beside_those_of_the_tree(client, site):
    add_alias(add_article(site, title="Roots", introduction="In English.", date=datetime.date(2024, 2, 2)), "fr")
    add_article(site, "fr", title="Racines", introduction="En français.", date=datetime.date(2024, 1, 1))
    rows = read(client, "/fr/actualites/").main.select("ul.news-list > li")
    assert [[bdi["lang"] for bdi in row.select("bdi")] for row in rows] == [["en", "en"], ["fr", "fr"]]
    assert [row.select_one("p.meta")["lang"] for row in rows] == ["fr", "fr"]


def test_a_private_article_is_left_out_and_not_counted(client, site):
    for number in range(21):
        article = add_article(site, title=f"A {number}")
    assert read(client, "/en/news/").main.select("nav.pages")
    restriction = PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    page = read(client, "/en/news/")
    assert len(titles(page)) == 20
    assert "A 20" not in titles(page)
    assert not page.main.select("nav.pages")
    restriction.delete()
    assert read(client, "/en/news/").main.select("nav.pages")


@pytest.mark.parametrize(
    ("code", "date"),
    [("en", "31 May 2022"), ("fr", "31 mai 2022"), ("es", "31 de mayo de 2022"), ("ar", "31 مايو 2022")],
)
def test_an_article_in_each_language(client, site, code, date):
    body = json.dumps([{"type": "text", "value": "<p>The words.</p>"}])
    article = add_article(
        site,
        code,
        title="Short",
        heading=f"Head {code}",
        slug="roots",
        date=datetime.date(2022, 5, 31),
        introduction="So.",
        body=body,
    )
    page = read(client, article.get_path())
    assert page.h1 == f"Head {code}"
    assert page.main.find("time")["datetime"] == "2022-05-31"
    assert words(page.main.find("time")) == date
    assert "So." in page.text
    assert "The words." in page.text
    assert site["news", code].get_path() in page.links.values()
    assert page.languages[code] == article.get_path()


def test_an_archived_article_says_so_and_leads_back_to_the_archive(client, site):
    page = read(client, add_article(site, slug="then", archived=True).get_path())
    assert "Archived" in page.text
    assert page.links["All news"] == "/en/news/?archived"
    page = read(client, add_article(site, slug="now").get_path())
    assert "Archived" not in page.text
    assert page.links["All news"] == "/en/news/"


def test_its_picture_is_loaded_first(client, site):
    page = read(client, add_article(site, slug="pic", image=wagtail_factories.ImageFactory()).get_path())
    (picture,) = page.main.select("figure img")
    assert (picture["fetchpriority"], picture["alt"]) == ("high", "")


def test_an_article_shown_in_another_language_keeps_the_frame_in_that_of_the_reader(client, site):
    add_alias(add_article(site, slug="roots", title="Roots"), "fr")
    page = read(client, "/fr/actualites/roots/")
    assert page.main_language == ("en", "ltr")
    back = [link for link in page.main.find_all("a") if link["href"] == "/fr/actualites/"][-1]
    assert back.find_parent(lang="fr") is not None
    assert page.main.find("time").find_parent(lang="fr") is not None
    assert words(page.main.find("time")) == "26 novembre 2024"


def test_its_translation_is_one_press_away(client, site):
    article = add_article(site, slug="roots", title="Roots")
    add_translation(article, "fr", title="Racines", slug="racines", date=article.date)
    assert read(client, "/en/news/roots/").languages["fr"] == "/fr/actualites/racines/"
    assert read(client, "/fr/actualites/racines/").languages["en"] == "/en/news/roots/"


def test_a_new_article_is_of_today():
    assert NewsArticlePage().date == timezone.localdate()
