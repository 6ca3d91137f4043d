"""Pages are found as Wagtail finds them, in fewer statements; nothing of them is remembered."""

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Page, PageViewRestriction, Site

from initiative.finding import route
from initiative.models import StandardPage
from tests import factories


@pytest.fixture
def text(site):
    """A page two steps below the home page, and one below that."""
    above = factories.add_page(site["about", "en"], StandardPage, title="Above", slug="above")
    factories.add_page(above, StandardPage, title="Below", slug="below")
    # In two places, as the home pages' are: only what stands right below counts.
    factories.add_page(site["news", "en"], StandardPage, title="Elsewhere", slug="elsewhere")
    return above


@pytest.fixture
def find(rf):
    """What is found at an address: the page, and what it is asked to show; None where nothing is."""

    def found(path, by=route):
        language, _slash, rest = path.lstrip("/").partition("/")
        with translation.override(language):
            request = rf.get(path)
            result = by(request, rest)
            # Where Wagtail's view looks for it.
            assert request._wagtail_route_for_request == result
        # A method of one page isn't that of its equal.
        return result and (result.page, type(result.page), [getattr(one, "__name__", one) for one in result.args])

    return found


ADDRESSES = [
    "/en/", "/fr/", "/ar/", "/en/resources/", "/fr/ressources/", "/en/resources/roots/", "/en/resources/export.bib/",
    "/en/resources/roots/cite.bib/", "/en/resources/roots/deeper/still/", "/en/news/", "/en/news/an-article/",
    "/en/news/nothing/", "/en/events/calendar.ics/", "/en/events/an-event/", "/en/events/an-event/event.ics/",
    "/en/events/an-event/nothing/", "/en/about/", "/en/about/above/", "/en/about/above/below/", "/en/above/",
    "/en/about/below/", "/en/about/elsewhere/", "/en/about/above/below/nothing/", "/fr/about/above/", "/en/nothing/",
    "/en/resources/../", "/en/ressources/", "/en/about/draft/", "/en/drafts/", "/en/drafts/live/", "/en/governance/",
]  # fmt: skip


def test_whatever_the_address_it_finds_what_wagtail_finds(site, text, find):
    factories.add_article(site, slug="an-article")
    factories.add_event(site, slug="an-event")
    factories.add_page(site["about", "en"], StandardPage, title="Draft", slug="draft", live=False)
    drafts = factories.add_page(site["home", "en"], StandardPage, title="Drafts", slug="drafts", live=False)
    factories.add_page(drafts, StandardPage, title="Live", slug="live")
    found = {path: find(path) for path in ADDRESSES}
    assert found == {path: find(path, by=Page.route_for_request) for path in ADDRESSES}
    assert {path for path, result in found.items() if result is None} == {
        "/en/news/nothing/", "/en/events/an-event/nothing/", "/en/above/", "/en/about/below/", "/en/about/elsewhere/",
        "/en/about/above/below/nothing/", "/fr/about/above/", "/en/nothing/", "/en/ressources/", "/en/about/draft/",
        "/en/drafts/", "/en/resources/roots/deeper/still/", "/en/resources/../",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "statements"),
    [
        ("/en/", 1),
        ("/en/resources/", 1),
        ("/en/resources/roots/", 1),
        ("/en/governance/", 1),
        ("/en/about/above/", 2),
        ("/en/about/above/below/", 2),
        ("/en/events/an-event/event.ics/", 2),
    ],
)
def test_what_it_costs_however_deep_and_who_may_see_it_is_known_then(
    site, text, find, path, statements, django_assert_num_queries
):
    factories.add_event(site, slug="an-event")
    find("/en/about/above/")
    with django_assert_num_queries(statements):
        page, *_asked = find(path)
        assert list(page.get_view_restrictions()) == []


def test_what_an_editor_does_counts_at_once(site, text, find, rename):
    assert find("/en/about/above/")[0].title == "Above"
    text = StandardPage.objects.get(pk=text.pk)
    text.title = "Changed"
    text.save_revision().publish()
    assert find("/en/about/above/")[0].title == "Changed"
    rename(text, "renamed")
    assert (find("/en/about/above/"), find("/en/about/renamed/")[0].pk) == (None, text.pk)
    StandardPage.objects.get(pk=text.pk).unpublish()
    assert find("/en/about/renamed/") is None
    assert find("/en/about/renamed/below/")[0].title == "Below"


def test_what_becomes_private_is_private_at_once_wherever_that_was_done(client, site, text):
    for path in ("/en/about/above/below/", "/en/resources/"):
        assert client.get(path).status_code == 200
    # Another process: nothing here is told.
    PageViewRestriction.objects.bulk_create(
        PageViewRestriction(page=page, restriction_type=PageViewRestriction.LOGIN)
        for page in (Page.objects.get(pk=text.pk), site["library", "en"])
    )
    for path in ("/en/about/above/below/", "/en/resources/", "/en/resources/roots/"):
        assert client.get(path).headers["Location"] == f"/admin/login/?next={path}"
    assert client.get("/en/about/").status_code == 200


@pytest.mark.parametrize(
    ("change", "title"),
    [
        ({"live": False}, None),
        ({"slug": "old", "url_path": "/home-en/old/"}, "New"),
    ],
)
def test_a_landmark_that_another_process_changed_is_what_it_is_now(site, find, change, title):
    assert find("/en/about/")[0].title == "About en"
    Page.objects.filter(pk=site["about", "en"].pk).update(**change)
    if title:
        new = factories.add_page(site["governance", "en"], StandardPage, title=title, slug="about")
        with transaction.atomic():  # no signal, as by another process
            Page.objects.filter(pk=new.pk).update(
                path=f"{site['home', 'en'].path}00ZZ", depth=3, url_path="/home-en/about/"
            )
    found = find("/en/about/")
    assert (found and found[0].title) == title


def test_where_trees_begin_is_forgotten_with_pages_and_sites(site, find):
    assert find("/fr/ressources/")[0] == site["library", "fr"]
    site["home", "fr"].unpublish()
    assert find("/fr/ressources/", by=route) == find("/fr/ressources/", by=Page.route_for_request)
    another = Site.objects.create(hostname="another.example.org", root_page=site["about", "en"])
    assert find("/en/above/", by=route) == find("/en/above/", by=Page.route_for_request)
    another.delete()
    assert find("/en/")[0] == site["home", "en"]
    cache.clear()
    assert find("/en/")[0] == site["home", "en"]


def test_lists_ask_what_is_private_only_where_anything_is(client, site):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert b"Rain" in client.get("/en/news/").content
        return [query["sql"] for query in queries if "pageviewrestriction restriction" in query["sql"]]

    factories.add_article(site, title="Rain")
    asked()  # what is known for a moment
    assert asked() == []
    PageViewRestriction.objects.create(page=site["about", "en"], restriction_type="login")
    assert asked() != []
