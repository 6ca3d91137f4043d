"""Recovery codes were kept as they are, and were half as long. They are forgotten: the admin's home page asks for new ones."""

from django.db import migrations


def forget(apps, schema_editor):
    apps.get_model("otp_static", "StaticToken").objects.all().delete()
    apps.get_model("otp_static", "StaticDevice").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("second_factor", "0001_recovery_codes"),
        ("otp_static", "0003_add_timestamps"),
    ]

    # What is forgotten stays so; whoever goes back makes new codes there.
    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
