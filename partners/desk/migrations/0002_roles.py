"""Who invites and removes representatives in the admin: those who run the partners' room."""

from django.db import migrations

GROUPS = ("Partner managers", "Moderators")
ACTIONS = ("add", "change", "delete", "view")


def _permissions(apps):
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="desk", model="representative"
    )
    for action in ACTIONS:
        permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type,
            codename=f"{action}_representative",
            defaults={"name": f"Can {action} representative"},
        )
        yield permission


def give_rights(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*_permissions(apps))


def take_rights(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(*_permissions(apps))


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0001_representatives"),
        ("initiative", "0002_staff_groups"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give_rights, take_rights)]
