"""One click for an edit that doesn't change the meaning: when it is saved, or later."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from initiative.models import StandardPage, Statistic
from initiative.translations.models import Subject
from resources.models import Resource
from tests import factories
from tests.initiative.test_staff_forms import filled
from tests.initiative.translations.content import (
    FRENCH,
    TEXT,
    body,
    cells,
    make_english,
    member,
    publish,
    rich,
    states,
    translate,
)
from tests.reading import words

SAME = "Publish; the meaning is the same"
# What the scripts of the admin make of the body.
BODY = {
    "body-count": "1",
    "body-0-deleted": "",
    "body-0-order": "0",
    "body-0-type": "text",
    "body-0-id": TEXT,
    "body-0-value": rich("<p>Down they go.</p>"),
}


def make_content(site):
    page = make_english(site)
    translate(page, "fr", **FRENCH, body=body("Elles descendent."))
    return page


@pytest.fixture
def moderator(client, site):
    client.force_login(member("Moderators"))
    return client


def edit(client, path, **data):
    """The form of the admin, sent with this; what the admin says then."""
    form = BeautifulSoup(client.get(path).content, "html.parser")
    response = client.post(path, filled(form) | BODY | data, follow=True)
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    return form, page


def says(page):
    return words(page.select_one(".messages"))


def test_while_a_page_is_published(moderator, english):
    path = reverse("wagtailadmin_pages:edit", args=[english.pk])
    form, page = edit(moderator, path, introduction="Roots, hold 735 partners.", **{"action-publish": "same-meaning"})
    assert SAME in [words(button) for button in form.select("button[name=action-publish]")]
    assert "1 translation stays up to date." in says(page)
    assert StandardPage.objects.get(pk=english.pk).introduction == "Roots, hold 735 partners."
    assert states(english)["fr"] == "current"


def test_or_later(moderator, english):
    path = reverse("wagtailadmin_pages:edit", args=[english.pk])
    _form, page = edit(
        moderator, path, introduction="Roots, hold 735 partners.", **{"action-publish": "action-publish"}
    )
    assert "1 translation needs an update now." in says(page)
    assert states(english)["fr"] == "outdated"
    link = page.find("a", string=lambda text: text and text.strip() == "The meaning is the same")
    meaning = BeautifulSoup(moderator.get(link["href"]).content, "html.parser")
    assert words(meaning.select_one(".tr-change")) == "Introduction Roots , hold 735 partners."
    assert [words(piece) for piece in meaning.select("ins")] == [","]
    assert "Français" in words(meaning.main)
    assert moderator.post(link["href"]).status_code == 302
    assert states(english)["fr"] == "current"
    assert "has not been edited since" in words(BeautifulSoup(moderator.get(link["href"]).content, "html.parser").main)


def test_a_draft_says_nothing(moderator, english):
    path = reverse("wagtailadmin_pages:edit", args=[english.pk])
    _form, page = edit(moderator, path, introduction="Roots, hold 735 partners.")
    assert "translation" not in says(page)


def test_a_translation_offers_no_such_click(moderator, english):
    french = english.get_translations().get(locale__language_code="fr")
    cells(english)
    form = BeautifulSoup(moderator.get(reverse("wagtailadmin_pages:edit", args=[french.pk])).content, "html.parser")
    assert SAME not in [words(button) for button in form.select("button[name=action-publish]")]


def test_nor_does_a_page_that_nobody_translated(moderator, site):
    page = factories.add_page(site["home", "en"], StandardPage, title="Alone", slug="alone")
    cells(page)
    form = BeautifulSoup(moderator.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content, "html.parser")
    assert SAME not in [words(button) for button in form.select("button[name=action-publish]")]


def test_nor_does_who_may_not_publish(client, english):
    cells(english)
    client.force_login(member("Editors"))
    form = BeautifulSoup(client.get(reverse("wagtailadmin_pages:edit", args=[english.pk])).content, "html.parser")
    assert form.select("button[name=action-publish]") == []


def test_while_a_record_with_drafts_is_published(moderator):
    resource = factories.ResourceFactory(title="Roots", abstract_en="Roots hold.", abstract_fr="Les racines tiennent.")
    cells(resource)
    path = reverse(Resource.snippet_viewset.get_url_name("edit"), args=[resource.pk])
    form, page = edit(moderator, path, abstract_en="Roots, hold.", **{"action-publish": "same-meaning"})
    assert SAME in [words(button) for button in form.select("button[name=action-publish]")]
    assert "1 translation stays up to date." in says(page)
    assert (Resource.objects.get(pk=resource.pk).abstract_en, states(resource)["fr"]) == ("Roots, hold.", "current")
    _form, page = edit(moderator, path, abstract_en="Roots hold 7.", **{"action-publish": "action-publish"})
    assert "1 translation needs an update now." in says(page)


def test_while_a_record_without_drafts_is_saved(moderator):
    statistic = factories.StatisticFactory(label_en="partners", label_fr="partenaires")
    cells(statistic)
    path = reverse(Statistic.snippet_viewset.get_url_name("edit"), args=[statistic.pk])
    form, page = edit(moderator, path, label_en="partners,", **{"same-meaning": "same-meaning"})
    assert words(form.select_one("button[name=same-meaning]")) == "Save; the meaning is the same"
    assert "1 translation stays up to date." in says(page)
    assert states(statistic)["fr"] == "current"
    _form, page = edit(moderator, path, label_en="members")
    assert "1 translation needs an update now." in says(page)


def behind(thing):
    """Language → what the source said of the texts that fell behind, of all translations."""
    return {code: cell.behind for code, cell in cells(thing).items() if code != "en"}


def each(said: dict) -> dict:
    return dict.fromkeys(("fr", "es", "ar"), said)


def test_a_comma_leaves_every_translation_of_a_page_and_a_number_flags_that_text_alone(moderator, english):
    for code, introduction in (("es", "Las raíces tienen 735 socios."), ("ar", "للجذور 735 شريكاً.")):
        translate(english, code, title="Racines", introduction=introduction, body=body("Elles descendent."))
    path = reverse("wagtailadmin_pages:edit", args=[english.pk])
    _form, page = edit(moderator, path, introduction="Roots, hold 735 partners.", **{"action-publish": "same-meaning"})
    assert "3 translations stay up to date." in says(page)
    assert (states(english), behind(english)) == ({"en": "source", **each("current")}, each({}))
    _form, page = edit(
        moderator, path, introduction="Roots, hold 736 partners.", **{"action-publish": "action-publish"}
    )
    assert "3 translations need an update now." in says(page)
    assert states(english) == {"en": "source", **each("outdated")}
    assert behind(english) == each({"introduction": "Roots, hold 735 partners."})


def test_a_comma_leaves_every_translation_of_a_record_and_a_number_flags_that_text_alone(moderator):
    texts = {
        f"{field}_{code}": f"735 ({field}, {code})"
        for field in ("abstract", "title_translation")
        for code in ("fr", "es", "ar")
    }
    resource = factories.ResourceFactory(title="Roots", abstract_en="Roots hold 735 fields.", **texts)
    cells(resource)
    path = reverse(Resource.snippet_viewset.get_url_name("edit"), args=[resource.pk])
    _form, page = edit(moderator, path, abstract_en="Roots, hold 735 fields.", **{"action-publish": "same-meaning"})
    assert "3 translations stay up to date." in says(page)
    assert (states(resource), behind(resource)) == ({"en": "source", **each("current")}, each({}))
    edit(moderator, path, abstract_en="Roots, hold 736 fields.", **{"action-publish": "action-publish"})
    assert states(resource) == {"en": "source", **each("outdated")}
    assert behind(resource) == each({"abstract": "Roots, hold 735 fields."})


def test_only_who_writes_the_source_may_say_so(client, english):
    publish(english, introduction="Roots, hold 735 partners.")
    path = reverse("translations:meaning", args=[Subject.objects.get(subject=english.subject).pk])
    client.force_login(member("Translators (French)"))
    assert client.post(path).status_code == 302
    assert states(english)["fr"] == "outdated"


def test_nothing_is_shown_of_what_is_not_there(moderator, english):
    assert moderator.get(reverse("translations:meaning", args=[999])).status_code == 404
