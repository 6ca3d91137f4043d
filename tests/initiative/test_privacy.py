"""What a page keeps private stays out of lists, feeds, the map of the site and the search."""

import pytest
from django.core.management import call_command
from wagtail.models import PageViewRestriction

from initiative.base.landmarks import landmarks
from initiative.base.querysets import open_to_all
from initiative.models import NewsArticlePage
from initiative.search import Query, search
from tests import factories
from tests.reading import read


@pytest.fixture
def hide():
    def restrict(page):
        return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    return restrict


def test_only_what_is_private_is_left_out(site, hide):
    open_one, private = factories.add_article(site), factories.add_article(site)
    hide(private)
    assert list(open_to_all(NewsArticlePage.objects.all())) == [open_one]


def test_it_costs_no_statement_more(site, hide, django_assert_num_queries):
    hide(factories.add_article(site))
    with django_assert_num_queries(1):
        list(open_to_all(NewsArticlePage.objects.all()))


def test_a_private_article_is_in_no_list_and_no_feed(client, site, hide):
    hide(factories.add_article(site, title="A secret", slug="secret"))
    hide(factories.add_article(site, title="An old secret", slug="old", archived=True))
    factories.add_article(site, title="An announcement", slug="announcement")
    for path in ("/en/news/", "/en/news/?archived=1", "/en/news/feed/", "/en/"):
        assert "secret" not in client.get(path).content.decode(), path
    assert "An announcement" in client.get("/en/news/feed/").content.decode()


def test_a_private_event_is_in_no_list_and_no_calendar(client, site, hide):
    event = factories.add_event(site, title="A secret", slug="secret", latitude=1.0, longitude=2.0, city="Bonn")
    hide(event)
    for path in ("/en/events/", "/en/events/calendar.ics", "/en/", "/en/news/"):
        assert "secret" not in client.get(path).content.decode(), path


def test_what_is_below_a_private_page_is_private(client, site, hide):
    factories.add_article(site, title="A secret", slug="secret")
    hide(site["news", "en"])
    assert "secret" not in client.get("/en/").content.decode()


def test_a_private_landing_page_counts_as_unpublished_at_once(site, hide):
    work = factories.ResourceFactory(slug="roots")
    assert work.get_url("en") == "/en/resources/roots/"
    restriction = hide(site["library", "en"])
    assert landmarks().url("library", "en") == ""
    assert (work.get_url("en"), work.get_url("fr")) == ("", "/fr/ressources/roots/")
    restriction.delete()
    assert work.get_url("en") == "/en/resources/roots/"


def test_nor_does_one_below_a_private_page(site, hide):
    hide(site["home", "fr"])
    assert landmarks().links("fr") == {}
    assert landmarks().url("library", "en") == "/en/resources/"


def test_its_records_are_neither_mapped_nor_found_nor_linked(client, site, hide):
    factories.ResourceFactory(slug="roots", title="Roots", abstract_en="Roots.", abstract_fr="Racines.", spotlight=True)
    hide(site["library", "en"])
    call_command("rebuild_search", verbosity=0)
    mapped = client.get("/sitemap.xml").content.decode()
    assert "/en/resources/" not in mapped
    assert "/fr/ressources/roots/" in mapped
    assert search(Query(text="roots", language="en", kinds=("resource",))).total == 0
    assert not [url for url in read(client, "/en/").links.values() if url.startswith("/en/resources/")]
    assert read(client, "/fr/").soup.find("a", href="/fr/ressources/roots/") is not None
