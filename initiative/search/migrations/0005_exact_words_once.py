"""On PostgreSQL, words as written are kept once per object: run `rebuild_search` after this on a site with content."""

from django.db import migrations

from initiative.base import languages
from initiative.search.engines import get_engine


def install(apps, schema_editor):
    """Make the tables anew where they are of the older layout."""
    get_engine(schema_editor.connection).install(languages.codes())


class Migration(migrations.Migration):
    dependencies = [("search", "0004_names")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
