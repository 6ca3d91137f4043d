import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """How works are cited, written down. Nothing in the database ties them to resources: a version that doesn't know of them
    deletes those, too."""

    dependencies = [("resources", "0007_topics_latest_index")]

    operations = [
        migrations.CreateModel(
            name="WrittenReferences",
            fields=[
                (
                    "resource",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="written_references",
                        serialize=False,
                        to="resources.resource",
                    ),
                ),
                ("made", models.CharField(blank=True, max_length=32)),
                ("texts", models.JSONField(default=dict)),
            ],
            options={"indexes": [models.Index(fields=["resource", "made"], name="written_references_made")]},
        ),
    ]
