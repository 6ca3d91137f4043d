"""Translators write their own languages and no other: in pages and records, in every way there is."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import Page, Revision

from initiative.base import rights
from initiative.models import BorrowedText, StandardPage, Statistic
from initiative.translations.groups import translators_group, welcome_languages
from resources.models import Resource
from tests import factories
from tests.initiative.translations.content import (
    FRENCH,
    address,
    body,
    cells,
    draft,
    latest,
    make_english,
    member,
    sent,
    sheet,
    translate,
)
from tests.reading import words

ALL = ["en", "fr", "es", "ar"]
GROUPS = {
    "Translators (French)": ["fr"],
    "Translators (Arabic)": ["ar"],
    "Translators": ALL,
    "Editors": ALL,
    "Moderators": ALL,
    "Partner managers": ALL,
}


@pytest.mark.parametrize(("group", "written"), GROUPS.items())
def test_each_group_has_its_languages(db, group, written):
    assert rights.written_by(member(group)) == written


def test_languages_add_up(db):
    assert rights.written_by(member("Translators (French)", "Translators (Arabic)")) == ["fr", "ar"]


def test_nobody_else_writes_any(db, django_user_model):
    assert rights.written_by(member()) == []
    assert rights.written_by(django_user_model.objects.create_superuser("root", "", "x")) == ALL


def make_content(site):
    page = make_english(site)
    for code in ("fr", "es", "ar"):
        translate(page, code, **FRENCH, slug=f"roots-{code}", body=body("Elles descendent."))
    return page


# One language or all: what each group has is told above, and whole forms take their time.
WRITERS = [(group, GROUPS[group]) for group in ("Translators (French)", "Editors")]


@pytest.mark.parametrize(("group", "written"), WRITERS)
def test_the_form_of_a_page(client, english, group, written):
    client.force_login(member(group))
    opened, taken = [], []
    for code in ALL:
        page = Page.objects.get(translation_key=english.translation_key, locale__language_code=code).specific
        path = reverse("wagtailadmin_pages:edit", args=[page.pk])
        opened += [code] if client.get(path).status_code == 200 else []
        management = {"body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
        client.post(path, {"title": "Taken", "slug": page.slug, **management})
        taken += [code] if latest(page).title == "Taken" else []
    assert (opened, taken) == (written, written)


@pytest.mark.parametrize(("group", "written"), WRITERS)
def test_the_form_of_a_record(client, site, group, written):
    client.force_login(member(group))
    resource = factories.ResourceFactory(title="Roots", **{f"abstract_{code}": code for code in ALL})
    path = reverse(Resource.snippet_viewset.get_url_name("edit"), args=[resource.pk])
    form = BeautifulSoup(client.get(path).content, "html.parser")
    assert [code for code in ALL if form.select(f"[name=abstract_{code}]")] == written
    hidden = form.select("form[data-edit-form] input[type=hidden][name]")
    facts = {"title": "Roots", "slug": resource.slug, "type": resource.type_id, "language": "en", "access": "unknown"}
    data = {field["name"]: field.get("value", "") for field in hidden} | facts
    client.post(path, data | {f"abstract_{code}": "Taken" for code in ALL})
    assert [code for code in ALL if getattr(latest(resource), f"abstract_{code}") == "Taken"] == written


def test_the_form_of_a_record_publishes_no_other_languages_draft(client, site):
    resource = factories.ResourceFactory(title="Roots", abstract_en="Roots.", abstract_fr="Racines.")
    translator = member("Translators (French)")
    translator.user_permissions.add(Permission.objects.get(codename="publish_resource"))
    client.force_login(translator)
    path = reverse(Resource.snippet_viewset.get_url_name("edit"), args=[resource.pk])

    def publish_all(text):
        form = BeautifulSoup(client.get(path).content, "html.parser")
        hidden = form.select("form[data-edit-form] input[type=hidden][name]")
        data = {field["name"]: field.get("value", "") for field in hidden}
        answer = client.post(path, data | {"abstract_fr": text, "action-publish": "x"})
        resource.refresh_from_db()
        return answer

    assert publish_all("Des racines.").status_code == 302
    assert (resource.abstract_fr, resource.has_unpublished_changes) == ("Des racines.", False)
    draft(resource, abstract_en="Unfinished", issued="2020")
    refused = BeautifulSoup(publish_all("Les racines.").content, "html.parser")
    assert "you may not publish: English, Facts." in words(refused.select_one(".messages"))
    assert refused.select_one("[name=abstract_fr]").text.strip() == "Les racines."
    assert (resource.abstract_en, resource.abstract_fr, resource.issued) == ("Roots.", "Des racines.", "2022-05-31")
    Resource.objects.filter(pk=resource.pk).update(live=False)
    assert publish_all("Les racines.").status_code == 200
    assert not resource.live


@pytest.mark.parametrize(("group", "written"), WRITERS)
def test_a_record_without_drafts(client, site, group, written):
    client.force_login(member(group))
    statistic = factories.StatisticFactory(**{f"label_{code}": code for code in ALL})
    path = reverse(Statistic.snippet_viewset.get_url_name("edit"), args=[statistic.pk])
    facts = {"value": "5", "qualifier": "exact", "date": "2018", "series": "x", "order": "0", "key": "a"}
    client.post(path, facts | {f"label_{code}": "Taken" for code in ALL})
    kept = Statistic.objects.get(pk=statistic.pk)
    assert [code for code in ALL if getattr(kept, f"label_{code}") == "Taken"] == written


@pytest.mark.parametrize(("group", "written"), WRITERS)
@pytest.mark.parametrize("kind", ["page", "record"])
def test_the_two_languages_side_by_side(client, english, kind, group, written):
    thing = english if kind == "page" else factories.ResourceFactory(title="Roots", abstract_en="Roots.")
    root, user = member("Moderators", "Editors"), member(group)
    may = {"save": [], "preview": [], "right": []}
    for code, cell in cells(thing).items():
        if code == "en":
            continue
        client.force_login(root)
        data = sent(sheet(client, cell)) | {"text-title": "Taken", "text-abstract": "Taken", "step": "save"}
        client.force_login(user)
        assert client.get(address(cell)).status_code == 200  # reading is for all
        before = Revision.objects.count()
        client.post(address(cell), data)
        may["save"] += [code] if Revision.objects.count() > before else []
        may["preview"] += [code] if client.post(address(cell, "preview"), data).status_code == 200 else []
        may["right"] += [code] if client.post(address(cell, "right")).url == "/admin/translations/" else []
    expected = sorted(set(written) - {"en"})
    assert {name: sorted(codes) for name, codes in may.items()} == dict.fromkeys(may, expected)


@pytest.mark.parametrize("name", ["copy", "move", "delete", "unpublish"])
def test_a_moderator_of_one_language_leaves_the_others_alone(client, english, name):
    group = Group.objects.get(name="Moderators")
    group.permissions.remove(*Permission.objects.filter(codename__startswith="write_").exclude(codename="write_fr"))
    client.force_login(member("Moderators"))
    spanish = Page.objects.get(translation_key=english.translation_key, locale__language_code="es")
    assert client.get(reverse(f"wagtailadmin_pages:{name}", args=[spanish.pk])).status_code == 302
    french = Page.objects.get(translation_key=english.translation_key, locale__language_code="fr")
    assert client.get(reverse(f"wagtailadmin_pages:{name}", args=[french.pk])).status_code == 200


def test_nor_does_a_bulk_action_reach_them(client, english):
    group = Group.objects.get(name="Moderators")
    group.permissions.remove(*Permission.objects.filter(codename__startswith="write_").exclude(codename="write_fr"))
    client.force_login(member("Moderators"))
    pages = Page.objects.filter(translation_key=english.translation_key)
    query = "&".join(f"id={page.pk}" for page in pages)
    client.post(f"/admin/bulk/wagtailcore/page/unpublish/?{query}&next=/admin/", {"next": "/admin/"})
    # Readers of French are shown another language's text now; the other languages are as they were.
    assert list(BorrowedText.objects.values_list("page__locale__language_code", flat=True)) == ["fr"]


def test_each_language_is_a_right_that_groups_are_given(client, db, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("root", "", "x"))
    group = Group.objects.get(name="Translators (French)")
    form = BeautifulSoup(client.get(reverse("wagtailusers_groups:edit", args=[group.pk])).content, "html.parser")
    names = [words(label) for label in form.select("label") if "Can write" in words(label)]
    assert sorted(names) == ["Can write Arabic", "Can write English", "Can write French", "Can write Spanish"]


def test_a_new_language_is_written_by_those_who_write_all_and_has_its_translators(db):
    right = Permission.objects.get(content_type__app_label="translations", codename="write_ar")
    Group.objects.get(name="Translators (Arabic)").delete()
    right.group_set.clear()
    lone = Group.objects.create(name="French and Spanish")
    lone.permissions.set(Permission.objects.filter(codename__in=["write_fr", "write_es"]))
    welcome_languages()
    assert set(right.group_set.values_list("name", flat=True)) == {
        "Editors", "Moderators", "Translators", "Partner managers", "Translators (Arabic)",
    }  # fmt: skip
    one, every = (Group.objects.get(name=name) for name in (translators_group("ar"), "Translators"))
    codenames = {group: set(group.permissions.values_list("codename", flat=True)) for group in (one, every)}
    assert codenames[every] - codenames[one] == {"write_en", "write_fr", "write_es"}
    assert [right.permission.codename for right in one.page_permissions.all()] == ["change_page"]


def test_what_administrators_changed_stays_as_they_left_it(db):
    group = Group.objects.get(name="Translators (French)")
    group.name = "Traducteurs"
    group.save()
    Group.objects.get(name="Editors").permissions.remove(Permission.objects.get(codename="write_fr"))
    welcome_languages()
    assert not Group.objects.filter(name="Translators (French)").exists()
    assert not Group.objects.get(name="Editors").permissions.filter(codename="write_fr").exists()


def test_a_page_of_another_language_is_not_offered_for_editing(english):
    translator = member("Translators (French)")
    pages = StandardPage.objects.filter(translation_key=english.translation_key).select_related("locale")
    assert {page.locale.language_code for page in pages if page.permissions_for_user(translator).can_edit()} == {"fr"}
