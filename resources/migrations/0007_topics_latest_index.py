from django.db import migrations


class Migration(migrations.Migration):
    """What came to a topic last, without a look at all that it has: each page of a resource asks for it."""

    live_because = {"RunSQL": "an index of a narrow table, built in less time than a migration may wait for a lock"}

    dependencies = [("resources", "0006_spotlight_index")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX resource_topics_latest ON resources_resource_topics (topic_id, id, resource_id)",
            "DROP INDEX resource_topics_latest",
        ),
    ]
