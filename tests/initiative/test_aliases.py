"""A page that isn't written in a language shows the best published one, in the order of LANGUAGE_FALLBACKS."""

from itertools import permutations

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from initiative.aliases import later, show_the_best
from initiative.base import languages
from initiative.models import BorrowedText, StandardPage
from initiative.search import Query, search
from initiative.search.rebuild import rebuild
from tests.factories import LANGUAGES, add_page
from tests.reading import read

TITLES = {"en": "Roots", "fr": "Racines", "es": "Raíces", "ar": "جذور"}


def write(site, code, **fields):
    """A new page in one language, published as the admin does it."""
    page = add_page(site["home", code], StandardPage, title=TITLES[code], slug="roots", live=False, **fields)
    page.save_revision().publish()
    return page


def page_in(page, code):
    return Page.objects.get(translation_key=page.translation_key, locale__language_code=code).specific


def translate(page, code, publish=True, **fields):
    """What an editor does: takes the alias over, writes, publishes."""
    own = page_in(page, code)
    if own.alias_of_id:
        language = own.alias_of.locale.language_code
        Page.objects.filter(pk=own.pk).update(alias_of=None)
        BorrowedText.objects.create(page_id=own.pk, language=language)
    own = page_in(page, code).get_latest_revision_as_object()
    own.title = TITLES[code]
    for name, value in fields.items():
        setattr(own, name, value)
    revision = own.save_revision()
    if publish:
        revision.publish()
    return own


def shown(page) -> dict[str, str]:
    """Language of the tree → the language that its readers see, of the pages that are live."""
    rows = Page.objects.live().filter(translation_key=page.translation_key).select_related("locale", "borrowed_text")
    found = {}
    for row in rows:
        source = row.alias_of or row
        borrowed = row.borrowed_text.language if hasattr(row, "borrowed_text") else source.locale.language_code
        found[row.locale.language_code] = borrowed
        assert row.title == TITLES[borrowed], "what is shown is what it says is shown"
    return found


def best_of(written) -> dict[str, str]:
    """The same as it should be, where a page is written in some languages."""
    return {
        code: next(other for other in languages.fallbacks(code) if other in written) for code in LANGUAGES if written
    }


def test_a_page_published_in_one_language_is_there_in_all(client, site):
    page = write(site, "en", introduction="What roots do.")
    assert shown(page) == dict.fromkeys(LANGUAGES, "en")
    assert [page_in(page, code).alias_of_id for code in ("fr", "es", "ar")] == [page.pk] * 3
    arabic = read(client, "/ar/roots/")
    assert (arabic.h1, arabic.main_language, arabic.canonical) == ("Roots", ("en", "ltr"), "/en/roots/")
    page.title = "Deeper"
    page.save_revision().publish()
    assert read(client, "/ar/roots/").h1 == "Deeper"


@pytest.mark.parametrize("only", ["ar", "es"])
def test_whichever_language_that_is(site, only):
    assert shown(write(site, only)) == dict.fromkeys(LANGUAGES, only)


def test_a_draft_is_there_in_none(site):
    page = add_page(site["home", "en"], StandardPage, title="Roots", slug="roots", live=False)
    page.save_revision()
    assert Page.objects.filter(translation_key=page.translation_key).count() == 1


def test_pages_above_it_that_are_missing_are_made_too(site):
    above = add_page(site["home", "fr"], StandardPage, title="Sol", slug="sol")
    page = add_page(above, StandardPage, title="Racines", slug="racines", live=False)
    page.save_revision().publish()
    assert page_in(page, "ar").get_path() == "/ar/sol/racines/"


@pytest.mark.parametrize("order", [*permutations(["en", "fr", "es"])], ids="-".join)
def test_published_and_unpublished_in_any_order_each_language_shows_the_best(site, order):
    page = write(site, order[0])
    written = {order[0]}
    for code in order[1:]:
        written.add(code)
        translate(page, code)
        assert shown(page) == best_of(written)
    for code in order:
        written.remove(code)
        page_in(page, code).unpublish()
        assert shown(page) == best_of(written)
    translate(page, order[1])
    assert shown(page) == best_of({order[1]})


def test_arabic_follows_french_once_it_is_published_and_goes_back(client, site):
    page = write(site, "en")
    slug = page_in(page, "ar").slug
    translate(page, "fr", introduction="Ce que font les racines.")
    arabic = read(client, "/ar/roots/")
    assert (arabic.h1, arabic.main_language, page_in(page, "ar").slug) == ("Racines", ("fr", "ltr"), slug)
    translate(page, "fr", introduction="Ce que font toutes les racines.")
    assert page_in(page, "ar").introduction == "Ce que font toutes les racines."
    page_in(page, "fr").unpublish()
    assert read(client, "/ar/roots/").main_language == ("en", "ltr")


def test_a_translation_begun_shows_what_is_published_until_it_is_too(client, site):
    page = write(site, "en")
    draft = translate(page, "fr", publish=False, slug="racines")
    assert shown(page)["fr"] == "en"
    page.introduction = "What they do."
    page.save_revision().publish()
    french = read(client, "/fr/roots/")
    assert (french.h1, french.main_language) == ("Roots", ("en", "ltr"))
    assert "What they do." in french.text
    assert page_in(page, "fr").get_latest_revision_as_object().title == "Racines"
    draft.save_revision().publish()
    assert read(client, "/fr/racines/").main_language == (None, None)


def test_what_is_withdrawn_keeps_its_address_and_its_text(client, site):
    page = write(site, "en")
    french = translate(page, "fr", slug="racines", introduction="Les racines.", expire_at=timezone.now())
    french = page_in(page, "fr")
    french.unpublish()
    answer = read(client, "/fr/racines/")
    assert (answer.h1, answer.canonical, answer.hreflang) == ("Roots", "/en/roots/", {})
    french = page_in(page, "fr")
    assert (french.live, french.has_unpublished_changes, french.draft_title) == (True, True, "Racines")
    assert (french.expire_at, french.expired) == (None, False)
    kept = french.get_latest_revision_as_object()
    assert (kept.title, kept.introduction, kept.slug) == ("Racines", "Les racines.", "racines")
    kept.save_revision().publish()
    assert read(client, "/fr/racines/").h1 == "Racines"


def test_who_hides_what_is_only_shown_in_another_language_hides_it(site):
    """Until that is published again."""
    page = write(site, "en")
    translate(page, "fr")
    page_in(page, "fr").unpublish()
    page_in(page, "fr").unpublish()
    page_in(page, "es").unpublish()
    assert set(shown(page)) == {"en", "ar"}
    page.save_revision().publish()
    assert shown(page) == dict.fromkeys(LANGUAGES, "en")


def test_the_search_finds_what_is_shown(site, django_capture_on_commit_callbacks):
    def found(words, code):
        return [(hit.url, hit.shown_language) for hit in search(Query(text=words, language=code)).hits]

    rebuild()
    with django_capture_on_commit_callbacks(execute=True):
        page = write(site, "en", introduction="Mycorrhiza.")
    assert found("mycorrhiza", "ar") == [("/ar/roots/", "en")]
    with django_capture_on_commit_callbacks(execute=True):
        translate(page, "fr", introduction="Mycorhizes.")
    assert found("mycorhizes", "ar") == [("/ar/roots/", "fr")]
    assert found("mycorrhiza", "ar") == []
    with django_capture_on_commit_callbacks(execute=True):
        page_in(page, "fr").unpublish()
    assert found("mycorrhiza", "fr") == [("/fr/roots/", "en")]
    assert found("mycorhizes", "fr") == []


def test_what_is_private_is_lent_to_nobody(client, site):
    page = write(site, "en")
    translate(page, "fr")
    page_in(page, "fr").unpublish()
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get("/fr/roots/").status_code == 404
    page.save_revision().publish()
    assert client.get("/fr/roots/").status_code == 404
    restriction.delete()
    page.save_revision().publish()
    assert client.get("/fr/roots/").status_code == 200


def test_what_stands_below_a_private_page_is_private_wherever_it_is_shown(
    client, site, django_capture_on_commit_callbacks
):
    """English is private; French has a text of its own and is open; Spanish and Arabic show the French one."""

    def statuses(path):
        return {code: client.get(f"/{code}{path}").status_code for code in LANGUAGES}

    def found(word):
        return {code: [hit.url for hit in search(Query(text=word, language=code)).hits] for code in LANGUAGES}

    with django_capture_on_commit_callbacks(execute=True):
        section = write(site, "en", introduction="Mycorrhiza.")
        translate(section, "fr", introduction="Mycorhizes.")
        below = add_page(section, StandardPage, title="Truffles", slug="truffles", live=False)
        below.save_revision().publish()
        taken = add_page(section, StandardPage, title="Morels", slug="morels", live=False)
        taken.save_revision().publish()
        translate(taken, "fr")
        page_in(taken, "fr").unpublish()
    everywhere = {code: [f"/{code}/roots/truffles/"] for code in LANGUAGES}
    assert found("truffles") == everywhere
    with django_capture_on_commit_callbacks(execute=True):
        restriction = PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert statuses("/roots/") == {"en": 302, "fr": 200, "es": 302, "ar": 200}
    assert statuses("/roots/truffles/") == dict.fromkeys(LANGUAGES, 302)
    assert client.get("/fr/roots/morels/").status_code == 404
    nowhere = {code: [] for code in LANGUAGES}
    assert (found("truffles"), found("morels"), found("mycorrhiza")) == (nowhere, nowhere, nowhere)
    assert found("mycorhizes") == {**nowhere, "fr": ["/fr/roots/"], "ar": ["/ar/roots/"]}
    assert "truffles" not in client.get("/sitemap.xml").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        restriction.delete()
    assert statuses("/roots/truffles/") == dict.fromkeys(LANGUAGES, 200)
    assert found("truffles") == everywhere


def test_what_is_written_below_what_shows_a_private_page_is_in_no_list_and_not_found(
    client, site, django_capture_on_commit_callbacks
):
    """Wagtail asks for the login of the page that is shown above it."""
    with django_capture_on_commit_callbacks(execute=True):
        section = write(site, "en")
        below = add_page(page_in(section, "fr"), StandardPage, title="Truffes", slug="truffes", live=False)
        below.save_revision().publish()
    assert [hit.url for hit in search(Query(text="truffes", language="fr")).hits] == ["/fr/roots/truffes/"]
    assert "/fr/roots/truffes/" in client.get("/sitemap.xml").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert client.get("/fr/roots/truffes/").status_code == 302
    assert search(Query(text="truffes", language="fr")).total == 0
    assert "/fr/roots/truffes/" not in client.get("/sitemap.xml").content.decode()


def test_what_is_moved_below_a_private_page_is_lent_to_nobody(client, site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        private = add_page(site["home", "en"], StandardPage, title="Members", slug="members")
        page = write(site, "en")
        translate(page, "fr")
        page_in(page, "fr").unpublish()
        PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert client.get("/fr/roots/").status_code == client.get("/ar/roots/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        page_in(page, "en").move(Page.objects.get(pk=private.pk), pos="last-child")
    assert not Page.objects.get(pk=page_in(page, "fr").pk).live
    alias = page_in(page, "ar")
    assert client.get(f"/ar/{alias.url_path.split('/', 2)[2]}").status_code == 302
    assert search(Query(text="roots", language="ar")).total == 0


def test_a_deleted_translation_leaves_its_address_to_what_readers_see_instead(
    client, site, django_capture_on_commit_callbacks
):
    page = write(site, "en")
    translate(page, "fr", slug="racines")
    with django_capture_on_commit_callbacks(execute=True):
        page_in(page, "fr").delete()
    assert shown(page) == dict.fromkeys(LANGUAGES, "en")
    assert read(client, "/fr/racines/").h1 == "Roots"


def test_with_the_last_text_of_a_page_all_of_it_goes(site, django_capture_on_commit_callbacks):
    page = write(site, "en")
    with django_capture_on_commit_callbacks(execute=True):
        page_in(page, "en").delete()
    assert not Page.objects.filter(translation_key=page.translation_key).exists()


@pytest.fixture
def chief(client, db):
    client.force_login(get_user_model().objects.create_superuser("chief", "", "a long password"))
    return client


def test_in_the_admin_each_language_unpublishes_by_itself(chief, site):
    page = write(site, "en")
    translate(page, "fr")
    french = page_in(page, "fr")
    answer = chief.post(reverse("wagtailadmin_pages:unpublish", args=[french.pk]), follow=True)
    assert shown(page) == dict.fromkeys(LANGUAGES, "en")
    assert "French: readers see this page in another language now (English)." in answer.content.decode()


@pytest.mark.parametrize(("code", "left"), [("en", {}), ("fr", dict.fromkeys(LANGUAGES, "en"))])
def test_in_the_admin_the_source_is_deleted_with_its_translations_a_translation_alone(
    chief, site, django_capture_on_commit_callbacks, code, left
):
    page = write(site, "en")
    translate(page, "fr")
    with django_capture_on_commit_callbacks(execute=True):
        chief.post(reverse("wagtailadmin_pages:delete", args=[page_in(page, code).pk]))
    assert shown(page) == left


def test_in_the_admin_a_page_moves_in_all_languages(chief, site):
    page = write(site, "en")
    translate(page, "fr")
    chief.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, site["about", "en"].pk]))
    paths = {code: page_in(page, code).get_path() for code in LANGUAGES}
    assert paths == {
        "en": "/en/about/roots/",
        "fr": "/fr/a-propos/roots/",
        "es": "/es/acerca/roots/",
        "ar": "/ar/about/roots/",
    }


def test_a_page_created_in_the_admin_is_in_other_trees_once_it_is_published(chief, site):
    fields = {
        "title": "Roots", "slug": "untitled", "heading": "", "introduction": "", "body-count": "0",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
    }  # fmt: skip
    address = reverse("wagtailadmin_pages:add", args=["initiative", "standardpage", site["home", "en"].pk])
    chief.post(address, fields)
    page = StandardPage.objects.get(slug="untitled")
    assert Page.objects.filter(translation_key=page.translation_key).count() == 1
    chief.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**fields, "slug": "roots", "action-publish": "1"})
    assert {page_in(page, code).slug for code in LANGUAGES} == {"roots"}
    assert shown(page) == dict.fromkeys(LANGUAGES, "en")


def test_an_alias_of_another_page_is_let_alone(site):
    page = write(site, "en")
    other = page_in(page, "en").create_alias(parent=site["about", "en"], update_slug="copy")
    translate(page, "fr")
    assert Page.objects.get(pk=other.pk).alias_of_id == page.pk


def test_a_translation_copied_from_the_source_is_one_begun(site):
    page = add_page(site["home", "en"], StandardPage, title="Roots", slug="roots")
    french = page.copy_for_translation(Locale.objects.get(language_code="fr"))
    assert shown(page)["fr"] == "en"
    french = page_in(page, "fr").get_latest_revision_as_object()
    french.title = "Racines"
    french.save_revision().publish()
    assert shown(page) == {"en": "en", "fr": "fr", "es": "en", "ar": "fr"}


def test_importers_have_it_done_once_at_the_end(site):
    with later():
        with later():
            page = write(site, "en")
        assert set(shown(page)) == {"en"}
    assert shown(page) == dict.fromkeys(LANGUAGES, "en")


def test_where_nothing_changes_it_is_one_statement(site, django_assert_num_queries):
    page = write(site, "en")
    translate(page, "fr", publish=False)
    show_the_best(page.translation_key)
    with django_assert_num_queries(1):
        show_the_best(page.translation_key)
