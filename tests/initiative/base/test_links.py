from wagtail.models import Locale, Page

from initiative.base.links import language_of, locale_codes, page_paths
from tests.factories import add_article, hide_everywhere


def test_a_link_leads_to_the_page_in_the_language_of_the_reader(site):
    library = site["library", "en"].pk
    assert page_paths([library]) == {library: "/en/resources/"}
    assert page_paths([library], "fr") == {library: "/fr/ressources/"}
    french = site["library", "fr"].pk
    assert page_paths([french], "es") == {french: "/es/recursos/"}


def test_where_there_is_no_translation_it_leads_to_the_page_that_was_chosen(site):
    article = add_article(site, title="Roots", slug="roots").pk
    assert page_paths([article], "fr") == {article: "/en/news/roots/"}


def test_a_translation_that_is_hidden_is_no_translation(site):
    library = site["library", "en"].pk
    Page.objects.filter(pk=site["library", "fr"].pk).update(live=False)
    assert page_paths([library], "fr") == {library: "/en/resources/"}


def test_pages_that_nobody_sees_or_that_are_gone_are_left_out(site):
    draft = add_article(site, live=False).pk
    assert page_paths([draft, 999_999, 0, None], "en") == {}


def test_all_of_them_in_one_statement_and_then_none(site, django_assert_num_queries):
    ids = [site[role, "en"].pk for role in ("library", "join", "news", "events")]
    with django_assert_num_queries(1):
        found = page_paths(ids, "fr")
    assert list(found.values()) == ["/fr/ressources/", "/fr/rejoindre/", "/fr/actualites/", "/fr/evenements/"]
    with django_assert_num_queries(0):
        assert page_paths(ids, "fr") == found
    more = site["about", "en"].pk
    with django_assert_num_queries(1):
        assert page_paths([*ids, more], "fr")[more] == "/fr/a-propos/"


def test_a_renamed_page_is_found_by_its_new_name_at_once(site):
    library = site["library", "en"].pk
    assert page_paths([library]) == {library: "/en/resources/"}
    page = site["library", "en"]
    page.slug = "library"
    page.save_revision().publish()
    assert page_paths([library]) == {library: "/en/library/"}
    hide_everywhere(page)
    assert page_paths([library]) == {}


def test_the_language_of_a_page_is_that_of_its_tree(site, django_assert_num_queries):
    pages = [site["join", code] for code in ("en", "fr", "es", "ar")]
    locale_codes()
    with django_assert_num_queries(0):
        assert [language_of(page) for page in pages] == ["en", "fr", "es", "ar"]


def test_a_new_locale_is_known_at_once(db):
    assert "de" not in locale_codes().values()
    german = Locale.objects.create(language_code="de")
    assert locale_codes()[german.pk] == "de"
    german.delete()
    assert "de" not in locale_codes().values()
