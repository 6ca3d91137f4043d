"""Private files that no record names: a process was killed after it had written one, or before it could take one away."""

from datetime import datetime

from django.core.files.storage import storages
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min

from initiative.keeping.fixity import stored_files
from initiative.keeping.places import places

_PLACE = "private"
# So many may go in a day: beyond that it is likelier that the records are the wrong ones.
MOST, MOST_OF_ALL = 20, 0.1


class TooManyError(Exception):
    """More files than chance leaves: nothing was deleted."""


def forget_unnamed(before: datetime) -> list[str]:
    """Delete those last written before a moment; their names. Raises TooManyError, OSError where the storage fails.

    Younger ones stay: their record may be being written, or come back with a backup. So do those that are older than the
    database: another one may name them.
    """
    made = MigrationRecorder.Migration.objects.aggregate(first=Min("applied"))["first"]
    written = {name: when for name, _size, when in places()[_PLACE].files() if when > made.timestamp()}
    named = {stored.name for stored in stored_files() if stored.storage == _PLACE}
    unnamed = sorted(name for name, when in written.items() if when < before.timestamp() and name not in named)
    if len(unnamed) > max(MOST, MOST_OF_ALL * len(written)):
        raise TooManyError(f"No record names {len(unnamed)} of {len(written)} private files: is it the right database?")
    for name in unnamed:
        storages[_PLACE].delete(name)
    return unnamed
