"""What readers see as a machine wrote it: they are told, until a person stands for it."""

from django.core.cache import cache
from django.db import transaction

from initiative.base import freshness
from initiative.base.replica import from_primary
from initiative.translations.models import Translation

_KEY = "machine-made"


def is_machine_made(subject: str, language: str) -> bool:
    """Whether readers of a page or record in a language read a machine's words. One query, kept for a few seconds."""
    shown = cache.get(_KEY)
    if shown is None:
        cells = Translation.objects.filter(machine_shown=True, subject__is_public=True)
        with from_primary():
            shown = set(cells.values_list("subject__subject", "language"))
        cache.set(_KEY, shown, freshness.KNOWN)
    return (subject, language) in shown


def forget() -> None:
    """Forget what was kept: at once for this transaction, and again when it is committed."""
    cache.delete(_KEY)
    transaction.on_commit(lambda: cache.delete(_KEY))
