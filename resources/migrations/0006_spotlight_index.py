from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("resources", "0005_versions_withdrawals_reports")]

    operations = [
        migrations.AddIndex(
            model_name="resource",
            index=models.Index(
                condition=models.Q(("spotlight", True)), fields=["spotlight"], name="resource_spotlight"
            ),
        ),
    ]
