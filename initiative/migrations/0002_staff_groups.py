"""The groups of the secretariat, each with just the rights it needs.

Editors write, Moderators publish, Translators change the texts that are there, Partner managers run the partners' room.
Wagtail's own migrations made Editors and Moderators, with their rights on pages, images and documents.
"""

from django.db import migrations

# Records by app, and those among them that have drafts, and so can be published and locked.
RECORDS = {
    "initiative": ["person", "statistic", "sustainabledevelopmentgoal", "governancebody", "college", "place", "menuitem"],
    "resources": ["resource", "topic", "resourcetype"],
    "committee": ["term", "meeting", "researchpriority", "criterion", "criteriongroup"],
    "partners": ["organisation", "commitment", "testimonial", "jointdeclaration"],
}
DRAFTED = {"resource", "organisation", "commitment", "testimonial"}
WRITE = ("add", "change", "view")
RUN = ("add", "change", "delete", "view", "publish", "lock", "unlock")
TRANSLATE = ("change", "view")  # without "add", the forms of the admin show only the texts
RIGHTS = {
    "Editors": {"initiative": WRITE, "resources": WRITE, "committee": WRITE, "partners": WRITE},
    "Moderators": {"initiative": RUN, "resources": RUN, "committee": RUN, "partners": RUN},
    "Translators": {app: TRANSLATE for app in RECORDS},
    "Partner managers": {"partners": RUN},
}
# What a group has no right to at all. An editor drafts the organisation that made a work; the rest of the partners' room
# is its managers'.
WITHOUT = {
    "Editors": {"menuitem", "commitment", "testimonial", "jointdeclaration"},
    "Translators": {"menuitem", "place", "resourcetype"},
}
ADDED = ("Translators", "Partner managers")


def _permission(apps, app, model, codename, name):
    """The permission; made here where Django's own post-migrate step hasn't come to it yet."""
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return permission


def _record_permissions(apps, group):
    for app, actions in RIGHTS[group].items():
        for model in RECORDS[app]:
            if model in WITHOUT.get(group, ()):
                continue
            for action in actions:
                if action in ("publish", "lock", "unlock") and model not in DRAFTED:
                    continue
                yield _permission(apps, app, model, f"{action}_{model}", f"Can {action} {model}")


def add_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name in RIGHTS:
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.add(*_record_permissions(apps, name))
        group.permissions.add(_permission(apps, "wagtailadmin", "admin", "access_admin", "Can access Wagtail admin"))

    translators = Group.objects.get(name="Translators")
    translators.permissions.add(
        _permission(apps, "simple_translation", "simpletranslation", "submit_translation", "Can submit translations")
    )
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    change_page = _permission(apps, "wagtailcore", "page", "change_page", "Can change page")
    if root is not None:
        apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
            group=translators, page=root, permission=change_page
        )
    collection = apps.get_model("wagtailcore", "Collection").objects.filter(depth=1).first()
    managers = Group.objects.get(name="Partner managers")
    for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        for action in ("add", "change", "choose"):
            permission = _permission(apps, app, model, f"{action}_{model}", f"Can {action} {model}")
            if collection is not None:
                apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
                    group=managers, collection=collection, permission=permission
                )


def remove_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name in RIGHTS:
        group = Group.objects.filter(name=name).first()
        if group is None:
            continue
        if name in ADDED:
            group.delete()
        else:
            group.permissions.remove(*_record_permissions(apps, name))


class Migration(migrations.Migration):
    dependencies = [
        ("initiative", "0001_initial"),
        ("resources", "0001_initial"),
        ("committee", "0002_links"),
        ("partners", "0002_links"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("simple_translation", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0012_uploadeddocument"),
        ("wagtailimages", "0023_add_choose_permissions"),
    ]

    operations = [migrations.RunPython(add_groups, remove_groups)]
