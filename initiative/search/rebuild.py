"""Making the index anew while the site answers from it.

Objects are gone through in portions, each in a short transaction of its own, so that editors wait for a moment at most.
An entry that would say the same is left alone. Bitmaps are worked out once at the end, of each language in one stroke.
Where the database lets several write and there is much to do, several processes share the portions.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from django.db import connection
from django.db.models import Max
from django.utils.functional import cached_property

from initiative.base import languages
from initiative.search import facets, generations, names
from initiative.search.crew import Crew
from initiative.search.documents import Indexer, indexers
from initiative.search.engines import get_engine
from initiative.search.indexing import catch_up, index, portions, report
from initiative.search.models import SearchEntry, SearchFacet, SearchIndex, SearchNameWord, SearchProblem, SearchWord
from initiative.search.spelling import WordCounts
from initiative.search.store import writing

_PORTION = 200
# With so many objects of a kind, starting other processes is worth it.
_MANY = 2_000

# Called with the kind, how many of its objects are done, and how many there are.
Progress = Callable[[str, int, int], None]


@dataclass
class Outcome:
    """What a rebuild did: objects gone through, entries written, objects that could not be indexed."""

    objects: int = 0
    written: int = 0
    problems: int = 0


def rebuild(
    kinds: Sequence[str] = (),
    progress: Progress = lambda kind, done, of: None,
    anew: bool = False,
    processes: int = 1,
) -> Outcome:
    """Index all objects of these indexers (all by default), drop entries of what is gone, and take in what code of other
    generations changed meanwhile. Having indexed all, the index is whole.

    With `anew`, entries that would say the same are written too; not for some kinds alone. `processes`: how many may
    share the work. Goes on past objects that can't be indexed; they are reported as when they are saved.
    """
    words, codes = WordCounts(), languages.codes()
    engine = get_engine()
    generations.install(connection)
    # What was told of before objects are read is read with them.
    told = generations.changes().aggregate(last=Max("pk"))["last"] or 0
    if anew:
        with writing():
            for code in codes:
                engine.forget(code)
    try:
        with engine.bulk(codes, anew), _Rebuild(words, progress, processes if engine.several_write else 1) as run:
            for indexer in indexers():
                if not kinds or indexer.kind in kinds:
                    run.index(indexer)
            if not kinds:
                _drop_unknown(words)
    finally:
        # Also after an interruption: what has been written by then is counted and found.
        for code in codes:
            with writing(words, settle=False) as writer:
                facets.recount(code, writer.versions[code])
                names.recount(code)
        with writing(words, settle=False):
            words.apply()
    engine.tidy(codes)
    if not kinds:
        generations.changes().filter(pk__lte=told).delete()
    catch_up()
    if not kinds:
        generations.note_whole()
    return run.outcome


class _Rebuild(ExitStack):
    """A rebuild that is going on; leaving its `with` ends the processes that it started."""

    def __init__(self, words: WordCounts, progress: Progress, processes: int):
        super().__init__()
        self.words, self.progress, self.processes = words, progress, processes
        self.outcome = Outcome()

    def index(self, indexer: Indexer) -> None:
        """Index all objects of an indexer, and drop entries of those gone."""
        keys = list(indexer.queryset().order_by("pk").values_list("pk", flat=True))
        shared = self.processes > 1 and len(keys) >= _MANY
        done = 0
        self.progress(indexer.kind, done, len(keys))
        for portion in portions(keys, _PORTION * self.processes * 2 if shared else _PORTION):
            if shared:
                self._share(indexer, portion)
            else:
                self._write(indexer, portion)
            done += len(portion)
            self.progress(indexer.kind, done, len(keys))
        self.outcome.objects += done
        _drop_gone(indexer, self.words)

    @cached_property
    def _crew(self) -> Crew:
        return self.enter_context(Crew(self.processes))

    def _share(self, indexer: Indexer, keys: list) -> None:
        """Each process four parts of the portion: the first to end isn't idle for long."""
        failed = []
        with writing(self.words, settle=False) as writer:
            parts = list(portions(keys, _PORTION // 2))
            for part, written in self._crew.index(indexer.kind, writer.versions, parts, self.words):
                if written is None:
                    failed.append(part)
                else:
                    self.outcome.written += written
        for part in failed:
            self._write(indexer, part)

    def _write(self, indexer: Indexer, keys: list) -> None:
        try:
            with writing(self.words, settle=False) as writer:
                self.outcome.written += index(writer, indexer, keys)
        except Exception:  # noqa: BLE001  (any app's code; one bad object must not stop the others)
            for key in keys:
                try:
                    with writing(self.words, settle=False) as writer:
                        self.outcome.written += index(writer, indexer, [key])
                except Exception as error:  # noqa: BLE001  (see above)
                    self.outcome.problems += 1
                    report(indexer, [key], error)


def _drop_gone(indexer: Indexer, words: WordCounts) -> None:
    """Drop what is indexed and no longer public. Asked while holding the index: what came in meanwhile stays."""
    entries = SearchEntry.objects.filter(source=indexer.kind)
    with writing(words, settle=False) as writer:
        public = {str(key) for key in indexer.queryset().values_list("pk", flat=True)}
        gone = set(entries.values_list("object_id", flat=True)) - public
        for portion in portions(gone, _PORTION):
            writer.remove(entries.filter(object_id__in=portion))
        reported = SearchProblem.objects.filter(source=indexer.kind)
        gone = set(reported.values_list("object_id", flat=True)) - public
        for portion in portions(gone, _PORTION):
            reported.filter(object_id__in=portion).delete()


def _drop_unknown(words: WordCounts) -> None:
    """Drop what belongs to indexers and languages that are no more."""
    kinds, codes = [indexer.kind for indexer in indexers()], languages.codes()
    with writing(words, settle=False) as writer:
        writer.remove(SearchEntry.objects.exclude(source__in=kinds))
        writer.remove(SearchEntry.objects.exclude(language__in=codes))
        for model in (SearchFacet, SearchIndex, SearchNameWord, SearchWord):
            model.objects.exclude(language__in=codes).delete()
