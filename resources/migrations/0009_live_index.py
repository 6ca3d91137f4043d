from django.db import migrations, models

from initiative.base.live_operations import AddIndexLive


class Migration(migrations.Migration):
    """Which resources are published, without a look at all that they say: the worker asks each minute."""

    atomic = False
    dependencies = [("resources", "0008_written_references")]

    operations = [
        AddIndexLive(
            model_name="resource",
            index=models.Index(condition=models.Q(("live", True)), fields=["id"], name="resource_live"),
        ),
    ]
