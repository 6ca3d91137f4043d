"""Which index this code reads and writes. Several may stand beside each other, each whole, in tables of its own.

The version before goes on with its index while the next one's is built, and finds it again after a way back.
"""

# Raise it whenever an index made before would be wrong or in another shape: what `analysis` makes of texts, columns of the
# index's models, tables of an engine. Then `make migrations` (the tables' names are noted there; the database is left alone).
GENERATION = 3


def table(name: str) -> str:
    """The name in the database of a table of this generation's, or of what belongs to one."""
    return f"search_{GENERATION}_{name}"
