from django.db import migrations

from initiative.base import languages
from initiative.search.engines import get_engine


def install(apps, schema_editor):
    """Make the tables of this database's engine: FTS5 on SQLite, tsvectors on PostgreSQL."""
    get_engine(schema_editor.connection).install(languages.codes())


def uninstall(apps, schema_editor):
    get_engine(schema_editor.connection).uninstall()


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(install, uninstall)]
