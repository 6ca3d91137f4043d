"""Whoever follows an old link is told what became of it: addresses of what was deleted answer 410."""

import pytest
from django.utils import timezone
from wagtail.models import Locale

from initiative.gone import gone_address
from initiative.models import GoneAddress, StandardPage
from tests import factories
from tests.reading import Reading


def leads(client, path):
    response = client.get(path)
    return response.status_code, response.headers.get("Location", "")


def test_a_page_that_was_deleted_says_so_in_every_language_and_at_its_old_addresses(client, site, rename, delete):
    article = factories.add_article(site, title="Roots", slug="roots")
    rename(article, "deep-roots")
    delete(article)
    for path in ("/en/news/roots/", "/en/news/deep-roots/", "/fr/actualites/deep-roots/", "/ar/news/deep-roots/"):
        assert client.get(path).status_code == 410, path
    page = Reading(client.get("/en/news/deep-roots/"))
    assert page.soup.h1.text == "This page was taken away"
    assert "noindex" in page.soup.find("meta", attrs={"name": "robots"})["content"]
    assert page.soup.find("form", role="search")
    assert Reading(client.get("/fr/actualites/deep-roots/")).soup.h1.text == "Cette page a été retirée"
    assert client.get("/en/news/never/").status_code == 404
    assert client.post("/en/news/roots/").status_code == 404


def test_where_another_language_was_shown_in_its_place_it_is_gone_with_that_one(client, site, delete):
    article = factories.add_article(site, title="Roots", slug="roots")
    spanish = article.copy_for_translation(Locale.objects.get(language_code="es"))
    spanish.title, spanish.slug = "Raíces", "raices"
    spanish.save_revision().publish()
    delete(article)
    assert Reading(client.get("/en/news/roots/")).soup.h1.text == "Raíces"
    delete(spanish)
    addresses = ["/en/news/roots/", "/es/noticias/raices/", "/fr/actualites/roots/"]
    assert [client.get(path).status_code for path in addresses] == [410, 410, 410]


def test_what_only_holds_others_in_a_language_is_gone_for_readers(client, site, delete):
    above = factories.add_page(site["home", "en"], StandardPage, title="Above", slug="above")
    above.save_revision().publish()
    alias = above.get_translation(Locale.objects.get(language_code="fr"))
    factories.add_page(alias, StandardPage, title="Dessous", slug="dessous")
    delete(above)
    assert [client.get(path).status_code for path in ("/fr/above/", "/fr/above/dessous/", "/en/above/")] == [
        410,
        200,
        410,
    ]


def test_of_pages_below_too(client, site, delete):
    above = factories.add_page(site["home", "en"], StandardPage, title="Above", slug="above")
    factories.add_page(above, StandardPage, title="Below", slug="below")
    delete(above)
    assert [client.get(path).status_code for path in ("/en/above/", "/en/above/below/")] == [410, 410]


def test_a_page_in_its_place_is_read_there_and_from_its_old_addresses(client, site, rename, delete):
    article = factories.add_article(site, title="Roots", slug="roots")
    rename(article, "deep-roots")
    delete(article)
    factories.add_article(site, title="Roots again", slug="deep-roots")
    assert client.get("/en/news/deep-roots/").status_code == 200
    assert leads(client, "/en/news/roots/?x=1") == (301, "/en/news/deep-roots/?x=1")


def test_what_nobody_could_read_was_never_there(client, site, delete):
    draft = factories.add_article(site, title="Draft", slug="draft", live=False)
    delete(draft)
    assert client.get("/en/news/draft/").status_code == 404


@pytest.mark.parametrize("landing_moves", ["never", "before", "after"])
def test_a_record_wherever_it_was_read(client, site, rename, delete, landing_moves):
    trust = factories.OrganisationFactory(slug="trust")
    rename(trust, "soil-trust")
    if landing_moves == "before":
        rename(site["partners", "en"], "who")
    delete(trust)
    if landing_moves == "after":
        rename(site["partners", "en"], "who")
    addresses = ["/en/partners/trust/", "/en/partners/soil-trust/", "/fr/partenaires/trust/"]
    assert [leads(client, path)[0] for path in addresses] == [410, 410, 410]


def test_of_an_address_only_a_digest_is_kept(site, delete):
    delete(factories.PersonFactory(slug="ada-loam"))
    kept = GoneAddress.objects.values_list("digest", "page_path")
    assert kept
    assert all(len(digest) == 64 and not path for digest, path in kept)
    assert gone_address("/en/committee/ada-loam/").gone_on == timezone.localdate()


def test_what_came_back_and_is_only_unpublished_is_not_gone(client, site, delete):
    delete(factories.add_article(site, title="Roots", slug="roots"))
    again = factories.add_article(site, title="Roots", slug="roots")
    again.save_revision().publish()
    again.unpublish()
    assert client.get("/en/news/roots/").status_code == 404
    delete(factories.OrganisationFactory(slug="trust"))
    path = factories.OrganisationFactory(slug="trust").get_url()
    assert client.get(path).status_code == 200
    assert gone_address(path) is None
