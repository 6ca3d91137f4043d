"""docs/privacy.md, from the source."""

from django.utils import translation

from initiative.privacy.kept import everything

_HEAD = """# What the site keeps about people

Written by `manage.py personal_data document`; a test compares. The same words stand on the privacy page in every language (the
block “What the site keeps”). Whoever adds a table with an address or a person adds it to `personal_data.py` of its room, or a
test fails.

    manage.py personal_data export ada@example.org          everything there is about an address, as JSON
    manage.py personal_data erase ada@example.org           what would go, what would stay, and why
    manage.py personal_data erase ada@example.org --really

Be sure that it is they who ask. After a backup had to be restored, erase again what was erased since it was made.

| | what | how long | forgotten by | tables |
|---|---|---|---|---|
"""
_FOOT = """
Where rows stay after an erasure:

"""


def document() -> str:
    """The document, in English."""
    with translation.override("en"):
        rows = [
            f"| {kept.title} | {kept.what} | {kept.how_long} | {f'`{kept.forgotten_by}`' if kept.forgotten_by else '–'} "
            f"| {', '.join(f'`{model}`' for model in dict.fromkeys(table.model for table in kept.tables)) or '–'} |\n"
            for kept in everything()
        ]
        staying = [f"- **{kept.title}.** {kept.stays}\n" for kept in everything() if kept.stays]
    return _HEAD + "".join(rows) + _FOOT + "".join(staying)
