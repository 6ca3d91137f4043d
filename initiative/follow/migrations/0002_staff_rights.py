"""Who in the secretariat sees what is followed, and who erases an address."""

from django.db import migrations

RIGHTS = {
    "Editors": [("follow", "view_follow", "Can view follow")],
    "Moderators": [("follow", "view_follow", "Can view follow"), ("follower", "delete_follower", "Can delete follower")],
    "Partner managers": [("follow", "view_follow", "Can view follow")],
}


def _permissions(apps, group):
    for model, codename, name in RIGHTS[group]:
        content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label="follow", model=model
        )
        permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )
        yield permission


def give(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=RIGHTS):
        group.permissions.add(*_permissions(apps, group.name))


def take(apps, schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name__in=RIGHTS):
        group.permissions.remove(*_permissions(apps, group.name))


class Migration(migrations.Migration):
    dependencies = [
        ("follow", "0001_follows"),
        ("initiative", "0002_staff_groups"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, take)]
