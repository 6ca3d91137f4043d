"""How long PostgreSQL may keep somebody waiting: for a lock that another holds, and for a statement to end.

Whoever answers readers gives up early, so that one locked table doesn't take every thread of every worker with it; so do
migrations, behind whose waiting lock all others would queue. Other commands have all the time they need.
"""

from contextlib import contextmanager

from django.db import connections

_OURS = ("lock_timeout=", "statement_timeout=")


def limit(alias: str, *, lock: float, statement: float) -> None:
    """Have connections that are opened from now on give up after so many seconds; 0 is for ever. OperationalError is raised then.

    They are told as they are opened, never by a statement: that would outlive its transaction, and reach strangers behind a
    pooler. Where the address of the database says `pooled=1` or `options=`, its owner sets them there.
    """
    settings = connections.settings[alias]
    options = settings.get("OPTIONS", {})
    if "postgresql" not in settings["ENGINE"] or options.get("options") == "":
        return
    said = [word for word in options.get("options", "").split("-c ") if word and not word.startswith(_OURS)]
    own = [f"lock_timeout={int(lock * 1_000)}", f"statement_timeout={int(statement * 1_000)}"]
    options["options"] = " ".join(f"-c {word.strip()}" for word in [*said, *own])
    settings["OPTIONS"] = options


@contextmanager
def limited(alias: str, *, lock: float, statement: float):
    """The same for a while: the connection is opened anew before and after."""
    settings = connections.settings[alias]
    before = dict(settings.get("OPTIONS", {}))
    connections[alias].close()
    limit(alias, lock=lock, statement=statement)
    try:
        yield
    finally:
        connections[alias].close()
        settings["OPTIONS"] = before
