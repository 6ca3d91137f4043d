"""Making the index anew while the site answers from it.

Objects are gone through in portions, each in a short transaction of its own, so that editors wait for a moment at most.
An entry that would say the same is left alone. Bitmaps are worked out once at the end, of each language in one stroke.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from initiative.base import languages
from initiative.search import facets, names
from initiative.search.documents import Indexer, indexers
from initiative.search.engines import get_engine
from initiative.search.indexing import index, portions, report
from initiative.search.models import SearchEntry, SearchFacet, SearchIndex, SearchNameWord, SearchProblem, SearchWord
from initiative.search.spelling import WordCounts
from initiative.search.store import writing

_PORTION = 200

# Called with the kind, how many of its objects are done, and how many there are.
Progress = Callable[[str, int, int], None]


@dataclass
class Outcome:
    """What a rebuild did: objects gone through, entries written, objects that could not be indexed."""

    objects: int = 0
    written: int = 0
    problems: int = 0


def rebuild(kinds: Sequence[str] = (), progress: Progress = lambda kind, done, of: None, anew: bool = False) -> Outcome:
    """Index all objects of these indexers (all by default) and drop entries of what is gone.

    With `anew`, entries that would say the same are written too; not for some kinds alone. Goes on past objects that
    can't be indexed; they are reported as when they are saved.
    """
    outcome, words, codes = Outcome(), WordCounts(), languages.codes()
    engine = get_engine()
    engine.install(codes)
    if anew:
        with writing():
            for code in codes:
                engine.forget(code)
    try:
        with engine.bulk(codes):
            for indexer in indexers():
                if not kinds or indexer.kind in kinds:
                    _rebuild_one(indexer, words, outcome, progress)
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
    return outcome


def _rebuild_one(indexer: Indexer, words: WordCounts, outcome: Outcome, progress: Progress) -> None:
    keys = list(indexer.queryset().order_by("pk").values_list("pk", flat=True))
    done = 0
    progress(indexer.kind, done, len(keys))
    for portion in portions(keys, _PORTION):
        try:
            with writing(words, settle=False) as writer:
                outcome.written += index(writer, indexer, portion)
        except Exception:  # noqa: BLE001  (any app's code; one bad object must not stop the others)
            for key in portion:
                try:
                    with writing(words, settle=False) as writer:
                        outcome.written += index(writer, indexer, [key])
                except Exception as error:  # noqa: BLE001  (see above)
                    outcome.problems += 1
                    report(indexer, [key], error)
        done += len(portion)
        progress(indexer.kind, done, len(keys))
    outcome.objects += done
    _drop_gone(indexer, words)


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
