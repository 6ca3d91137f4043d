"""Files of evidence go where only views hand them out."""

import django.core.validators
from django.core.files.storage import default_storage, storages
from django.db import migrations

import partners.models.evidence
import partners.private_files

EXTENSIONS = ("csv", "docx", "jpg", "jpeg", "ods", "odt", "pdf", "png", "pptx", "txt", "webp", "xlsx")


def _move(apps, before, after):
    for name in apps.get_model("partners", "Evidence").objects.exclude(file="").values_list("file", flat=True):
        # Names are drawn, so the same name is the same file: moved already, if a run was cut off.
        if before.exists(name):
            if not after.exists(name):
                with before.open(name) as file:
                    after.save(name, file)
            before.delete(name)


def hide(apps, schema_editor):
    _move(apps, default_storage, storages["private"])


def show(apps, schema_editor):
    _move(apps, storages["private"], default_storage)


class Migration(migrations.Migration):
    dependencies = [("partners", "0004_untranslated_parts")]

    operations = [
        migrations.AlterField(
            model_name="evidence",
            name="file",
            field=partners.models.evidence.EvidenceFileField(
                blank=True,
                storage=partners.private_files.private_storage,
                upload_to=partners.models.evidence.evidence_path,
                validators=[django.core.validators.FileExtensionValidator(EXTENSIONS)],
                verbose_name="file",
            ),
        ),
        migrations.RunPython(hide, show),
    ]
