"""Which entries have a word in their title or in another of their names, for suggestions as one types."""

from collections.abc import Mapping

from pyroaring import BitMap

from initiative.search import analysis
from initiative.search.bitmaps import Census, Key, Moves, packed, store, stored
from initiative.search.models import SearchEntry, SearchNameWord


def keys_of(title: str, names: str, language: str) -> set[Key]:
    """The words, each in a tuple of its own, that an entry in a language is suggested by."""
    stop = analysis.stop_words(language)
    return {(word,) for word in analysis.words(f"{title}\n{names}") if word not in stop}


def change(language: str, moves: Moves) -> None:
    """Bring the words of a language up to what moved."""
    if not moves.keys:
        return
    rows = SearchNameWord.objects.filter(language=language, word__in=[word for (word,) in moves.keys])
    before = stored(rows, "word")
    _write(language, {key: moves.applied(key, before.get(key, BitMap())) for key in moves.keys})


def recount(language: str) -> None:
    """Work out the words of a language anew from its entries."""
    census = Census()
    entries = SearchEntry.objects.filter(language=language).values_list("pk", "title", "names")
    for pk, title, names in entries.iterator(chunk_size=2_000):
        census.add(pk, keys_of(title, names, language))
    rows = SearchNameWord.objects.filter(language=language).values_list("word", "members")
    _write(language, dict(census.differing(rows)))


def _write(language: str, members: Mapping[Key, BitMap]) -> None:
    def row(key: Key, ids: BitMap) -> SearchNameWord:
        return SearchNameWord(language=language, word=key[0], members=packed(ids), entries=len(ids))

    store(
        SearchNameWord,
        {key: ids for key, ids in members.items() if ids},
        row,
        ["language", "word"],
        ["members", "entries"],
    )
    gone = [word for (word,), ids in members.items() if not ids]
    for start in range(0, len(gone), 500):
        SearchNameWord.objects.filter(language=language, word__in=gone[start : start + 500]).delete()
