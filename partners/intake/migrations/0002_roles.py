"""Who reads and decides on what is sent in: partner managers and moderators all of it; editors what is meant for the library,
whose drafts they write (see the handlers: a kind needs a right of its own)."""

from django.db import migrations

RIGHTS = {"Partner managers": ("view", "change"), "Moderators": ("view", "change"), "Editors": ("view",)}


def _permissions(apps, actions):
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="intake", model="submission"
    )
    for action in actions:
        permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type, codename=f"{action}_submission", defaults={"name": f"Can {action} submission"}
        )
        yield permission


def give_rights(apps, schema_editor):
    for name, actions in RIGHTS.items():
        # A group that the secretariat renamed or removed is theirs to give rights to.
        if group := apps.get_model("auth", "Group").objects.filter(name=name).first():
            group.permissions.add(*_permissions(apps, actions))


def take_rights(apps, schema_editor):
    for name, actions in RIGHTS.items():
        if group := apps.get_model("auth", "Group").objects.filter(name=name).first():
            group.permissions.remove(*_permissions(apps, actions))


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0001_submissions"),
        ("initiative", "0002_staff_groups"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give_rights, take_rights)]
