import datetime
import xml.etree.ElementTree as ET

from django.conf import settings
from wagtail.models import Page, PageViewRestriction

from initiative.base.landmarks import forget_landmarks
from tests.factories import (
    CommitmentFactory,
    OrganisationFactory,
    PersonFactory,
    ResourceFactory,
    TermFactory,
    add_alias,
    add_article,
)
from tests.reading import read

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def entries(client) -> dict[str, tuple[dict, str | None]]:
    """Path → its translations by language, and when it last changed."""
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    found = {}
    for url in ET.fromstring(response.content).findall(f"{SITEMAP}url"):
        path = url.findtext(f"{SITEMAP}loc").removeprefix(settings.SITE_URL)
        assert path not in found, f"{path} is there twice"
        links = {
            link.get("hreflang"): link.get("href").removeprefix(settings.SITE_URL)
            for link in url.findall(f"{XHTML}link")
        }
        found[path] = (links, url.findtext(f"{SITEMAP}lastmod"))
    return found


def below(client, prefix):
    return {path for path in entries(client) if path.startswith(prefix)}


def test_every_page_of_the_tree_in_each_language_with_its_translations(client, site):
    found = entries(client)
    assert len(found) == 13 * 4
    library = {
        "en": "/en/resources/",
        "fr": "/fr/ressources/",
        "es": "/es/recursos/",
        "ar": "/ar/resources/",
    }
    for path in library.values():
        assert found[path][0] == library
    assert found["/fr/"][0] == {"en": "/en/", "fr": "/fr/", "es": "/es/", "ar": "/ar/"}


def test_a_page_in_one_language_stands_alone_and_says_when_it_changed(client, site):
    article = add_article(site, title="Roots", slug="roots")
    changed = datetime.datetime(2024, 5, 31, 8, 30, tzinfo=datetime.UTC)
    Page.objects.filter(pk=article.pk).update(last_published_at=changed)
    assert entries(client)["/en/news/roots/"] == ({}, "2024-05-31T08:30:00Z")


def test_of_translations_the_last_change_counts(client, site):
    early, late = (datetime.datetime(2024, month, 1, tzinfo=datetime.UTC) for month in (1, 2))
    Page.objects.filter(pk=site["join", "en"].pk).update(last_published_at=late)
    Page.objects.filter(pk=site["join", "fr"].pk).update(last_published_at=early)
    found = entries(client)
    assert found["/en/join/"][1] == found["/fr/rejoindre/"][1] == "2024-02-01T00:00:00Z"


def test_what_is_only_shown_in_another_language_is_not_listed(client, site):
    article = add_article(site, title="Roots", slug="roots")
    add_alias(article, "fr")
    assert below(client, "/en/news/roots") == {"/en/news/roots/"}
    assert below(client, "/fr/actualites/roots") == set()
    assert client.get("/fr/actualites/roots/").status_code == 200


def test_drafts_and_private_pages_are_not_listed(client, site):
    draft = add_article(site, slug="draft", live=False)
    private = add_article(site, slug="private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert draft.live is False
    assert below(client, "/en/news/") == {"/en/news/"}


def test_resources_are_listed_in_the_languages_their_abstract_is_written_in(client, site):
    resource = ResourceFactory(slug="roots", abstract_en="Roots.", abstract_fr="Racines.")
    ResourceFactory(slug="draft", live=False)
    resource.save_revision().publish()
    resource.refresh_from_db()
    changed = f"{resource.last_published_at:%Y-%m-%dT%H:%M:%SZ}"
    found = entries(client)
    both = {"en": "/en/resources/roots/", "fr": "/fr/ressources/roots/"}
    assert {path: entry for path, entry in found.items() if "roots" in path or "draft" in path} == {
        both["en"]: (both, changed),
        both["fr"]: (both, changed),
    }


def test_people_are_listed_once_they_have_a_term_where_they_have_a_biography_or_else_once(client, site):
    TermFactory(person=PersonFactory(slug="ada", biography_en="Digs.", biography_es="Cava."))
    TermFactory(person__slug="without-words")
    PersonFactory(slug="no-member", biography_en="Writes.")
    found = entries(client)
    both = {"en": "/en/committee/ada/", "es": "/es/comite/ada/"}
    alone = {"/en/committee/without-words/": {}}
    assert {path: found[path][0] for path in found if path.endswith(("/ada/", "/without-words/"))} == dict.fromkeys(
        both.values(), both
    ) | alone


def test_partners_of_the_directory_and_commitments_are_listed(client, site):
    OrganisationFactory(slug="trust", description_en="Trusts.", description_ar="تثق.")
    author = OrganisationFactory(slug="only-an-author", listed=False)
    hidden = OrganisationFactory(slug="hidden", live=False)
    CommitmentFactory(slug="cover", organisation=author, goal_en="", goal_fr="Couvrir.")
    CommitmentFactory(slug="of-nobody", organisation=hidden)
    found = entries(client)
    trust = {"en": "/en/partners/trust/", "ar": "/ar/partners/trust/"}
    assert {path: found[path][0] for path in found if "partners/" in path and path.count("/") == 4} == dict.fromkeys(
        trust.values(), trust
    )
    assert [path for path in found if "only-an-author" in path or "hidden" in path or "of-nobody" in path] == []
    assert found["/fr/engagements/cover/"][0] == {}
    assert "/en/commitments/cover/" not in found


def test_a_record_without_a_text_is_listed_once(client, site):
    ResourceFactory(slug="bare", abstract_en="", abstract_fr="")
    OrganisationFactory(slug="quiet", description_en="")
    found = entries(client)
    assert {path: found[path][0] for path in found if "bare" in path or "quiet" in path} == {
        "/en/resources/bare/": {},
        "/en/partners/quiet/": {},
    }


def test_addresses_are_ascii_whatever_the_script_of_a_slug(client, site):
    article = add_article(site, "ar", title="تربة", slug="تربة-حية")
    path = "/ar/news/%D8%AA%D8%B1%D8%A8%D8%A9-%D8%AD%D9%8A%D8%A9/"
    assert article.get_path() == path
    assert {found for found in below(client, "/ar/news/") if found != "/ar/news/"} == {path}
    page = read(client, path)
    assert page.canonical == path
    assert page.soup.select_one("nav.crumbs a")["href"] == "/ar/news/"


def test_records_have_no_address_in_a_language_whose_landing_page_is_hidden(client, site):
    ResourceFactory(slug="roots", abstract_en="Roots.", abstract_fr="Racines.")
    Page.objects.filter(pk=site["library", "fr"].pk).update(live=False)
    forget_landmarks()  # an update tells nobody
    assert entries(client)["/en/resources/roots/"][0] == {}
    assert below(client, "/fr/ressources") == set()


def test_it_costs_the_same_whatever_there_is(client, site, django_assert_max_num_queries):
    client.get("/sitemap.xml")
    for number in range(30):
        ResourceFactory(type__key=f"t-{number}")
        OrganisationFactory()
    with django_assert_max_num_queries(8):
        assert len(entries(client)) == 13 * 4 + 60
