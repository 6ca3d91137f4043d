from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

migration = import_module("initiative.migrations.0002_staff_groups")
reports = import_module("partners.migrations.0003_progress")
roles = import_module("partners.intake.migrations.0002_roles")
kept = import_module("resources.migrations.0005_versions_withdrawals_reports")
desk_roles = import_module("partners.desk.migrations.0002_roles")

SITE = {"person", "statistic", "sustainabledevelopmentgoal", "governancebody", "college", "place", "menuitem"}
LIBRARY = {"resource", "topic", "resourcetype"}
COMMITTEE = {"term", "meeting", "researchpriority", "criterion", "criteriongroup"}
PARTNERS = {"organisation", "commitment", "progressreport", "testimonial", "jointdeclaration"}
# What comes about by itself: nobody adds any.
KEPT = {"tombstone", "problemreport"}
SENT_IN = {"intake.view_submission", "intake.change_submission"}
REPRESENTATIVES = {f"desk.{action}_representative" for action in ("add", "change", "delete", "view")}
DRAFTED = {"resource", "organisation", "commitment", "testimonial"}


def rights(group, *apps_):
    """Codenames of a group's rights on the project's records."""
    chosen = apps_ or ("initiative", "resources", "committee", "partners")
    found = Group.objects.get(name=group).permissions.filter(content_type__app_label__in=chosen)
    return set(found.values_list("codename", flat=True))


def others(group):
    """Rights on anything else, but for those on languages, and those that Wagtail gives on files and follows give
    themselves, by app."""
    known = (
        "initiative", "resources", "committee", "partners", "follow", "translations", "wagtailimages", "wagtaildocs",
    )  # fmt: skip
    found = Group.objects.get(name=group).permissions.exclude(content_type__app_label__in=known)
    return {f"{permission.content_type.app_label}.{permission.codename}" for permission in found}


def each(actions, models):
    return {f"{action}_{model}" for action in actions for model in models}


def pages(group):
    found = GroupPagePermission.objects.filter(group__name=group, page__depth=1)
    return set(found.values_list("permission__codename", flat=True))


def collections(group):
    found = GroupCollectionPermission.objects.filter(group__name=group, collection__depth=1)
    return set(found.values_list("permission__codename", flat=True))


# Made after each migrate, for each language of the settings; see `initiative.translations.groups`.
OF_ONE_LANGUAGE = {f"Translators ({name})" for name in ("English", "French", "Spanish", "Arabic")}


def test_there_are_four_groups_and_one_for_each_language(db):
    named = {"Editors", "Moderators", "Translators", "Partner managers"}
    assert set(Group.objects.values_list("name", flat=True)) == named | OF_ONE_LANGUAGE


def test_editors_write_everything_but_menus_and_of_partners_only_organisations(db):
    written = (SITE - {"menuitem"}) | LIBRARY | COMMITTEE | {"organisation"}
    assert rights("Editors") == each(("add", "change", "view"), written) | each(("change", "view"), KEPT)
    assert others("Editors") == {"wagtailadmin.access_admin", "intake.view_submission"}
    assert pages("Editors") == {"add_page", "change_page"}
    assert collections("Editors") == {"add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"}


def test_moderators_run_everything(db):
    everything = SITE | LIBRARY | COMMITTEE | PARTNERS
    assert rights("Moderators") == (
        each(("add", "change", "delete", "view"), everything)
        | each(("change", "delete", "view"), KEPT)
        | each(("publish", "lock", "unlock"), DRAFTED)
    )
    assert others("Moderators") == {"wagtailadmin.access_admin", *SENT_IN, *REPRESENTATIVES}
    assert pages("Moderators") == {"add_page", "change_page", "publish_page", "lock_page", "unlock_page"}


def test_translators_change_what_is_there_and_has_texts(db):
    translated = (SITE | LIBRARY | COMMITTEE | PARTNERS) - {"menuitem", "place", "resourcetype"}
    assert rights("Translators") == each(("change", "view"), translated)
    assert others("Translators") == {"wagtailadmin.access_admin", "simple_translation.submit_translation"}
    assert pages("Translators") == {"change_page"}
    assert collections("Translators") == set()


def test_partner_managers_run_the_room_of_the_partners(db):
    assert rights("Partner managers") == each(("add", "change", "delete", "view"), PARTNERS) | each(
        ("publish", "lock", "unlock"), DRAFTED & PARTNERS
    )
    assert others("Partner managers") == {"wagtailadmin.access_admin", *SENT_IN, *REPRESENTATIVES}
    assert pages("Partner managers") == set()
    assert collections("Partner managers") == {
        "add_image",
        "change_image",
        "choose_image",
        "add_document",
        "change_document",
        "choose_document",
    }


def test_no_right_of_a_group_is_made_up(db):
    """A codename with a slip would be a right to nothing."""
    known = set()
    for model in apps.get_models():
        meta = model._meta
        known |= {f"{action}_{meta.model_name}" for action in (*meta.default_permissions, "publish", "lock", "unlock")}
    for group in migration.RIGHTS:
        assert rights(group) <= known


def test_the_migration_can_be_undone_and_done_again(db):
    before = {group: (rights(group), others(group), pages(group), collections(group)) for group in migration.RIGHTS}
    kept.take_rights(apps, None)
    desk_roles.take_rights(apps, None)
    roles.take_rights(apps, None)
    reports.remove_rights(apps, None)
    migration.remove_groups(apps, None)
    assert set(Group.objects.values_list("name", flat=True)) == {"Editors", "Moderators"} | OF_ONE_LANGUAGE
    assert rights("Editors") == rights("Moderators") == set()
    assert pages("Editors") == {"add_page", "change_page"}  # Wagtail's own rights stay
    assert others("Editors") == {"wagtailadmin.access_admin"}
    for _again in range(2):
        migration.add_groups(apps, None)
        reports.add_rights(apps, None)
        roles.give_rights(apps, None)
        kept.give_rights(apps, None)
        desk_roles.give_rights(apps, None)
    assert {group: (rights(group), others(group), pages(group), collections(group)) for group in migration.RIGHTS} == before


@pytest.mark.parametrize(
    ("group", "seen", "unseen"),
    [
        ("Editors", ["resources/resource/", "committee/term/", "initiative/statistic/", "partners/organisation/"], ["partners/commitment/", "initiative/menuitem/"]),
        ("Moderators", ["resources/resource/", "partners/organisation/"], []),
        ("Translators", ["resources/resource/", "partners/commitment/", "committee/criterion/"], ["initiative/menuitem/", "initiative/place/", "resources/resourcetype/"]),
        ("Partner managers", ["partners/organisation/", "partners/commitment/"], ["resources/resource/", "committee/term/"]),
    ],
)
def test_what_a_member_of_a_group_sees_in_the_admin(client, site, group, seen, unseen):
    user = get_user_model().objects.create_user("ada", password="x")
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    assert client.get("/admin/").status_code == 200
    for path in seen:
        assert client.get(f"/admin/snippets/{path}").status_code == 200
    for path in unseen:
        assert client.get(f"/admin/snippets/{path}").status_code == 302
    may_edit_pages = group != "Partner managers"
    answer = client.get(f"/admin/pages/{site['about', 'en'].pk}/edit/").status_code
    assert answer == (200 if may_edit_pages else 302)


def test_only_who_may_publish_is_offered_to(client, site):
    page = Page.objects.get(pk=site["about", "en"].pk)
    for group, may in (("Editors", False), ("Moderators", True), ("Translators", False)):
        user = get_user_model().objects.create_user(group, password="x")
        user.groups.add(Group.objects.get(name=group))
        assert page.permissions_for_user(user).can_publish() is may
