"""One press asks for a translation: no cookie, no script, no trace of who pressed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from wagtail.models import PageViewRestriction

from initiative.guard.limits import Limit
from initiative.models import StandardPage
from initiative.translations import views
from initiative.translations.models import TranslationRequest
from tests.factories import CommitmentFactory, ResourceFactory, TermFactory, add_alias, add_page, add_translation
from tests.reading import Reading, read, words

ASK = {"en": "/en/translation-requests/", "fr": "/fr/demandes-de-traduction/", "ar": "/ar/translation-requests/"}
HERE = {"Origin": "http://testserver"}


@pytest.fixture
def page(site):
    """Written in English, shown in Arabic."""
    page = add_page(site["home", "en"], StandardPage, title="Roots", slug="roots", introduction="What roots do.")
    add_alias(page, "ar")
    return page


def press(client, path, **more):
    """Press the button of the notice at a path, as a browser sends it."""
    form = read(client, path).soup.select_one("aside .notice form")
    assert form["method"] == "post"
    return client.post(form["action"], **{"headers": HERE, **more})


def counts():
    return TranslationRequest.objects.counts()


def test_from_the_notice_to_the_thanks_and_back(page):
    client = Client(enforce_csrf_checks=True)
    answer = press(client, "/ar/roots/")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(ASK["ar"])
    assert counts() == {(page.subject, "ar"): 1}
    thanks = read(client, answer.headers["Location"])
    assert thanks.language == ("ar", "rtl")
    assert words(thanks.main.select_one("bdi[lang=en]")) == "Roots"
    assert "العربية" in thanks.text
    assert "/ar/roots/" in thanks.links.values()
    assert not thanks.is_indexed
    assert thanks.main.form is None
    read(client, answer.headers["Location"])
    assert counts() == {(page.subject, "ar"): 1}
    for response in (answer, thanks.response):
        assert "no-store" in response.headers["Cache-Control"]
        assert response.cookies == {}


def test_a_record_is_asked_for_in_the_same_way(client, site):
    resource = ResourceFactory(slug="roots", title="Racines", language="fr", abstract_en="Roots.")
    commitment = CommitmentFactory(slug="cover", title_fr="Couvrir", goal_en="", goal_fr="Couvrir.")
    term = TermFactory(person__slug="ada", person__biography_en="Digs.")
    for path in ("/fr/ressources/roots/", "/en/commitments/cover/", term.person.get_url("fr")):
        answer = press(client, path)
        thanks = read(client, answer.headers["Location"])
        assert path in thanks.links.values()
    assert counts() == {(resource.subject, "fr"): 1, (commitment.subject, "en"): 1, (term.person.subject, "fr"): 1}
    assert words(thanks.main.select_one("bdi")) == term.person.name


def test_where_it_is_written_there_is_no_button(client, page):
    ResourceFactory(slug="roots", abstract_fr="Des racines.")
    for path in ("/en/roots/", "/fr/ressources/roots/", "/ar/"):
        assert read(client, path).soup.select("form[method=post]") == []


def test_who_comes_too_late_is_told_so(client, page):
    french = add_translation(page, "fr", title="Racines", slug="racines")
    answer = client.post(f"{ASK['fr']}?of={page.subject}", headers=HERE)
    assert counts() == {}
    thanks = read(client, answer.headers["Location"])
    assert "français" in thanks.text
    assert french.get_path() in thanks.links.values()
    assert thanks.main.form is None


def test_a_second_press_the_same_day_is_thanked_for_and_not_counted(client, page):
    first, second = (press(client, "/ar/roots/") for _press in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert press(client, "/ar/roots/", REMOTE_ADDR="192.0.2.7").status_code == 303
    assert counts() == {(page.subject, "ar"): 2}


def test_many_wishes_from_one_address_are_refused_kindly(client, page, monkeypatch):
    monkeypatch.setattr(views, "_MANY", Limit("few", times=1, period=timedelta(hours=1)))
    press(client, "/ar/roots/")
    answer = press(client, "/ar/roots/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3600")
    assert "no-store" in answer.headers["Cache-Control"]
    shown = Reading(answer)
    assert words(shown.main.select_one("[role=alert]"))
    assert shown.main.form is not None
    assert press(client, "/ar/roots/", REMOTE_ADDR="192.0.2.7").status_code == 303
    assert counts() == {(page.subject, "ar"): 2}


def test_another_site_cannot_ask_in_a_readers_name(client, page):
    ask = f"{ASK['ar']}?of=page%3A{page.translation_key}"
    answer = client.post(ask, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert counts() == {}
    assert ask in Reading(answer).links.values()  # where the button is


def test_nothing_is_kept_of_who_asked(client, page):
    press(client, "/ar/roots/", REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="A browser")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            kept = str(cursor.fetchall())
            assert "203.0.113" not in kept, table
            assert "A browser" not in kept, table


def test_the_page_itself_shows_the_button_in_every_language(client, page):
    shown = read(client, f"{ASK['ar']}?of={page.subject}")
    assert words(shown.main.select_one("form button"))
    assert shown.languages["fr"] == f"{ASK['fr']}?of=page%3A{page.translation_key}"
    assert read(client, f"{ASK['en']}?of={page.subject}").main.form is None


@pytest.mark.parametrize(
    "of",
    ["", "page", "page:", "page:1", "page:{0}", "resources.resource:", "resources.resource:1", "resources.resource:९",
     "initiative.person:1", "auth.user:1", "resources.resource:" + "9" * 30, "\x00", "page:" + "é" * 5000],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client, site, of):
    assert client.get(ASK["en"], {"of": of}).status_code == 404
    assert client.post(ASK["en"], query_params={"of": of}, headers=HERE).status_code == 404
    assert counts() == {}


def test_neither_drafts_nor_private_pages_can_be_asked_for(client, site, page):
    draft = add_page(site["home", "en"], StandardPage, title="Draft", slug="draft", live=False)
    hidden = ResourceFactory(live=False)
    for subject in (draft.subject, hidden.subject):
        assert client.get(ASK["en"], {"of": subject}).status_code == 404
    assert client.get(ASK["fr"], {"of": page.subject}).status_code == 404  # not shown in French at all
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(ASK["en"], {"of": page.subject}).status_code == 404


def test_other_methods_are_refused(client, site):
    assert client.put(ASK["en"]).status_code == 405
