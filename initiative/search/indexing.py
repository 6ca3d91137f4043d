"""Bringing the index up to date with objects, and remembering what could not be."""

import logging
from collections.abc import Iterable, Iterator, Sequence

from django.db import DatabaseError, OperationalError, transaction

from initiative.base.landmarks import forget_landmarks
from initiative.search import generations
from initiative.search.documents import Document, Indexer, indexers
from initiative.search.models import SearchChange, SearchProblem
from initiative.search.store import Writer, writing

logger = logging.getLogger(__name__)

_PORTION = 100
_MOST_WAITING = 1_000


def bring_up_to_date(indexer: Indexer, keys: Iterable, tell: bool = True) -> None:
    """Index the objects with these primary keys as the database has them now; those no longer public leave the index.

    With `tell`, code of other generations hears of it. Never raises for an object that can't be indexed: what the editor saved
    is saved. Such objects keep the entries they had, are logged with their traceback, and are kept as SearchProblems until
    indexing them works. Without `tell` nobody waits for it and it can be tried again (see `catch_up`): OperationalError where
    the database is busy or away.
    """
    for portion in portions(keys):
        # Addresses are written down here: a page renamed a moment ago by another process must be known by its new one.
        forget_landmarks()
        try:
            _bring(indexer, portion, tell)
        except OperationalError as error:
            if not tell:
                raise
            report(indexer, portion, error, tell)  # the database is busy or away: no object is to blame
        except Exception:  # noqa: BLE001  (an indexer is any app's code, and its failure must not become the editor's)
            for key in portion:
                try:
                    _bring(indexer, [key], tell)
                except Exception as error:  # noqa: BLE001  (see above)
                    report(indexer, [key], error, tell)


def _bring(indexer: Indexer, keys: list, tell: bool) -> None:
    with writing() as writer:
        index(writer, indexer, keys)
        if tell and not writer.alone:
            generations.tell_others(indexer.kind, keys)


def catch_up() -> None:
    """Index what code of other generations has changed. Harmless to repeat; one statement where there is nothing. Raises
    OperationalError where the database is busy or away; what was told is still to do then."""
    while waiting := list(generations.changes()[:_MOST_WAITING]):
        for indexer in indexers():
            keys = [change.object_id for change in waiting if change.source == indexer.kind]
            bring_up_to_date(indexer, dict.fromkeys(keys), tell=False)
        # Only now, and only these: what changes again meanwhile has a row of its own.
        SearchChange.objects.filter(pk__among=[change.pk for change in waiting]).delete()


def index(writer: Writer, indexer: Indexer, keys: Sequence) -> int:
    """Index objects by primary key while holding the index; the number of entries written. Raises what the indexer raises."""
    documents: dict[str, list[Document]] = {str(key): [] for key in keys}
    instances = list(indexer.queryset().filter(pk__in=keys))
    indexer.prepare(instances)
    for instance in instances:
        documents[str(instance.pk)] = list(indexer.documents(instance))
    written = writer.replace(indexer.kind, documents)
    SearchProblem.objects.filter(source=indexer.kind, object_id__in=list(documents)).delete()
    return written


def report(indexer: Indexer, keys: Sequence, error: Exception, tell: bool = False) -> None:
    """Log that objects could not be indexed, and keep them for the admin's home page. Code of other generations may well be
    able to: with `tell` it hears of them."""
    logger.error("%s %s could not be indexed: %s", indexer.kind, keys, error, exc_info=error)
    try:
        with transaction.atomic():
            if tell:
                generations.tell_others(indexer.kind, keys)
            labels = {
                str(instance.pk): str(instance)[:255] for instance in indexer.model._default_manager.filter(pk__in=keys)
            }
            for key in keys:
                SearchProblem.objects.update_or_create(
                    source=indexer.kind,
                    object_id=str(key),
                    defaults={"label": labels.get(str(key), key), "message": f"{type(error).__name__}: {error}"},
                )
    except DatabaseError:
        logger.exception("That could not be stored either; rebuild_search will mend it")


def portions(keys: Iterable, size: int = _PORTION) -> Iterator[list]:
    """Keys in lists of at most `size`."""
    keys = list(keys)
    return (keys[start : start + size] for start in range(0, len(keys), size))
