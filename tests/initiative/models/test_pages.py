"""What holds of every page type, in every language."""

import pytest
from django.apps import apps
from wagtail.models import Locale, Page, get_page_models

from initiative.base.pages import BasePage
from initiative.models import StandardPage
from tests.factories import LANDINGS, LANGUAGES, add_alias, add_article, add_page, add_translation
from tests.reading import DIRECTIONS, nesting_mistakes, read

ROLES = ["home", *LANDINGS]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_each_landing_page_is_itself_in_each_language(client, site, role, code):
    path = site[role, code].get_path()
    page = read(client, path)
    assert page.language == (code, DIRECTIONS[code])
    assert page.main_language == (None, None)
    assert page.notice == ""
    assert page.h1 == f"{role.capitalize()} {code}"
    assert page.canonical == path
    paths = {other: site[role, other].get_path() for other in LANGUAGES}
    assert page.hreflang == paths | {"x-default": paths["en"]}
    assert page.languages == paths
    assert page.untranslated == []
    assert page.is_indexed
    assert nesting_mistakes(page.html) == []


@pytest.mark.parametrize("role", [role for role in ROLES if role != "home"])
def test_heading_introduction_and_what_search_engines_are_told(client, site, role):
    page = site[role, "fr"]
    page.heading, page.introduction = "Un titre à lire", "Deux <phrases> & plus."
    page.save_revision().publish()
    shown = read(client, page.get_path())
    assert shown.h1 == "Un titre à lire"
    assert shown.title == f"{role.capitalize()} fr – {shown.soup.find('meta', property='og:site_name')['content']}"
    assert shown.soup.find("meta", property="og:title")["content"] == f"{role.capitalize()} fr"
    if role != "library":  # a tool, not a text
        assert "Deux <phrases> & plus." in shown.text

    page = site[role, "fr"]
    page.seo_title, page.search_description = "Pour les moteurs", "Ce que c’est."
    page.save_revision().publish()
    shown = read(client, page.get_path())
    assert shown.title.startswith("Pour les moteurs – ")
    assert shown.soup.find("meta", attrs={"name": "description"})["content"] == "Ce que c’est."
    assert shown.soup.find("meta", property="og:description")["content"] == "Ce que c’est."


def test_every_page_type_is_tried_here():
    known = {model for model, _slugs in LANDINGS.values()}
    others = {model.__name__ for model in get_page_models() if model is not Page} - {model.__name__ for model in known}
    assert others == {"HomePage", "NewsArticlePage", "EventPage", "ResearchPriorityPage"}


def test_a_page_shown_in_another_language_says_so(client, site):
    article = add_article(site, "fr", title="Racines", slug="racines", introduction="Elles tiennent.")
    add_alias(article, "ar")
    page = read(client, "/ar/news/racines/")
    assert page.language == ("ar", "rtl")
    assert page.main_language == ("fr", "ltr")
    assert "الفرنسية" in page.notice
    assert page.h1 == "Racines"
    assert page.canonical == "/fr/actualites/racines/"
    assert page.hreflang == {}
    assert page.languages["fr"] == "/fr/actualites/racines/"
    assert page.languages["en"] == "/en/"
    assert page.untranslated == ["en", "es"]


def test_the_notice_names_the_language_as_the_reader_calls_it(client, site):
    article = add_article(site, "en", title="Roots", slug="roots")
    for code, name in (("fr", "anglais"), ("es", "inglés"), ("ar", "الإنجليزية")):
        add_alias(article, code)
        page = read(client, f"{site['news', code].get_path()}roots/")
        assert name in page.notice
        assert page.main_language == ("en", "ltr")
        assert page.canonical == "/en/news/roots/"
    english = read(client, "/en/news/roots/")
    assert english.notice == ""
    assert english.hreflang == {}
    assert english.untranslated == ["fr", "es", "ar"]


def test_of_a_page_translated_in_part_only_the_translations_are_announced(client, site):
    article = add_article(site, "en", title="Roots", slug="roots")
    add_translation(article, "fr", title="Racines", slug="racines")
    add_alias(article, "es")
    hreflang = {"en": "/en/news/roots/", "fr": "/fr/actualites/racines/", "x-default": "/en/news/roots/"}
    for path in ("/en/news/roots/", "/fr/actualites/racines/", "/es/noticias/roots/"):
        assert read(client, path).hreflang == hreflang
    spanish = read(client, "/es/noticias/roots/")
    assert spanish.canonical == "/en/news/roots/"
    assert spanish.untranslated == ["ar"]


def test_a_translation_that_is_hidden_is_not_linked(client, site):
    Page.objects.filter(pk=site["join", "fr"].pk).update(live=False)
    page = read(client, "/en/join/")
    assert set(page.hreflang) == {"en", "es", "ar", "x-default"}
    assert page.languages["fr"] == "/fr/"
    assert page.untranslated == ["fr"]


def test_a_fallback_follows_its_source_when_that_is_published_anew(client, site):
    article = add_article(site, "en", title="Roots", slug="roots")
    add_alias(article, "fr")
    article = type(article).objects.get(pk=article.pk)
    article.title = "Deeper roots"
    article.save_revision().publish()
    assert read(client, "/fr/actualites/roots/").h1 == "Deeper roots"


def test_drafts_are_not_served(client, site):
    add_article(site, title="Draft", slug="draft", live=False)
    assert client.get("/en/news/draft/").status_code == 404


def test_a_page_is_previewed_in_its_own_language_before_it_has_an_address(site):
    page = StandardPage(title="Neu", heading="رأس", locale=Locale.objects.get(language_code="ar"))
    html = page.make_preview_request().content.decode()
    assert '<html lang="ar" dir="rtl"' in html
    assert "رأس" in html


def test_crumbs_lead_from_the_home_page_down(client, site):
    about = site["about", "en"]
    strategy = add_page(about, StandardPage, title="Strategy", slug="strategy")
    add_page(strategy, StandardPage, title="Until 2030", slug="until-2030")
    article = add_article(site, slug="roots")

    def crumbs(path):
        found = read(client, path).main.select("nav.crumbs a")
        return [(link.get_text(), link["href"]) for link in found]

    assert crumbs("/en/") == crumbs("/en/about/") == []
    assert crumbs("/en/about/strategy/") == [("About en", "/en/about/")]
    assert crumbs("/en/about/strategy/until-2030/") == [
        ("About en", "/en/about/"),
        ("Strategy", "/en/about/strategy/"),
    ]
    assert crumbs(article.get_path()) == [("News en", "/en/news/")]


def test_page_types_go_only_where_they_belong():
    allowed = {
        model.__name__: {parent.__name__ for parent in model.allowed_parent_page_models()}
        for model in get_page_models()
        if issubclass(model, BasePage)
    }
    landings = {model.__name__ for model, _slugs in LANDINGS.values()} - {"StandardPage", "GovernancePage"}
    assert allowed == {name: {"HomePage"} for name in landings} | {
        "HomePage": {"Page"},
        "StandardPage": {"HomePage", "StandardPage"},
        "GovernancePage": {"HomePage", "StandardPage"},
        "NewsArticlePage": {"NewsIndexPage"},
        "EventPage": {"EventIndexPage"},
        "ResearchPriorityPage": {"PrioritiesIndexPage"},
    }


@pytest.mark.parametrize("name", ["resources.LibraryPage", "partners.PartnersPage", "initiative.HomePage"])
def test_there_is_one_page_of_a_role_per_language(site, name):
    model = apps.get_model(name)
    assert model.max_count == len(LANGUAGES)
    assert model.objects.count() == len(LANGUAGES)
    assert not model.can_create_at(site["home", "en"].get_parent())
