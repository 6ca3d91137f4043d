"""Several processes that index at once, where the database lets several write.

Their parent holds the index meanwhile: nobody else writes to it, and what they read is the newest state.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TYPE_CHECKING

import django
from django.db import connection, transaction

if TYPE_CHECKING:
    from initiative.search.spelling import WordCounts

logger = logging.getLogger(__name__)


class Crew:
    """So many processes, each with a connection of its own. To be used in a `with`, which ends them."""

    def __init__(self, size: int):
        # Started anew, not forked: a connection can't be shared, nor closed by one of two that have it.
        self._pool = ProcessPoolExecutor(
            size, get_context("spawn"), initializer=_begin, initargs=(connection.settings_dict["NAME"],)
        )

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_error) -> None:
        self._pool.shutdown(cancel_futures=True)

    def index(
        self, kind: str, versions: Mapping[str, int], portions: Sequence[list], words: "WordCounts"
    ) -> Iterator[tuple[list, int | None]]:
        """Index these portions of keys of one indexer: each with the number of entries written, None where that failed
        and nothing of it was. All are done when the iteration ends."""
        tasks = [(portion, self._pool.submit(_index, kind, versions, portion)) for portion in portions]
        for portion, task in tasks:
            try:
                written, changes = task.result()
            except BrokenProcessPool:
                raise
            except Exception as error:  # noqa: BLE001  (any app's code; the caller finds out which object it is)
                logger.info("A portion of %s has an object that can't be indexed: %s", kind, error)
                yield portion, None
            else:
                words.add(changes)
                yield portion, written


def _begin(database: str) -> None:
    django.setup()
    # Tests have another database than the settings say.
    connection.settings_dict["NAME"] = database


def _index(kind: str, versions: Mapping[str, int], keys: Sequence) -> tuple[int, tuple]:
    # A new process reads this module before there are models.
    from initiative.search.documents import indexers
    from initiative.search.indexing import index
    from initiative.search.spelling import WordCounts
    from initiative.search.store import Writer

    (indexer,) = (one for one in indexers() if one.kind == kind)
    words = WordCounts()
    with transaction.atomic():
        written = index(Writer(versions, words, settle=False), indexer, keys)
    return written, words.changes
