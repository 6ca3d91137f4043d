from django.db import migrations

from initiative.search import generations


def drop(apps, schema_editor):
    """The tables of an index are made after each `migrate`; on the way back they go with what knows of them."""
    generations.drop_tables(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_generations")]

    operations = [migrations.RunPython(migrations.RunPython.noop, drop)]
