"""What a reader may mean while still typing: titles and names that have the words typed so far, the last of them begun.

Nothing is searched: the entries that have a word in a title or name are kept as a bitmap, so suggesting is to read a few
bitmaps and to intersect them, whatever the size of the index.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from operator import itemgetter

from django.utils.safestring import SafeString
from pyroaring import BitMap

from initiative.search import analysis
from initiative.search import shelf as shelves
from initiative.search.facets import TITLE_LETTERS
from initiative.search.grammar import Term
from initiative.search.highlight import Highlighter
from initiative.search.models import SearchEntry, SearchNameWord

_LONGEST = 200  # characters that are looked at
_MOST_WORDS = 8
_SHORTEST = 2  # letters of the last word; a single one begins too many
# Of the words that begin so, the commonest; the rarer ones are found once more of them is typed.
_MOST_COMPLETIONS = 200
# So many of those that begin as typed, and of the others, are read to choose the best.
_CHOICE = 16


@dataclass(frozen=True)
class Suggestion:
    """An object by name: `name` is its title, or the other name that has what was typed; `title` is its title, in
    `language`; `mark` puts what was typed into `<mark>`, in a text of a language, and escapes everything else.
    """

    kind: str
    object_id: str
    title: str
    name: str
    url: str
    language: str
    facets: Mapping[str, Sequence[str]]
    mark: Callable[[str, str], SafeString] = field(compare=False, repr=False)


def suggest(
    text: str, language: str, kinds: Mapping[str, int], without: Mapping[str, Sequence[str]] | None = None
) -> list[Suggestion]:
    """Objects of these kinds (kind → how many at most) whose titles or names have the words of `text`, the last one begun.

    In the order of `kinds`; of each, titles that begin as typed first, then other titles, then other names; of equal ones
    the newest, undated ones by title. `without`: facet → values that none may have. Four statements at most; none where
    too little is typed.
    """
    typed = analysis.words(text[:_LONGEST])[:_MOST_WORDS]
    if len(typed) > 1 and len(typed[-1]) < _SHORTEST:
        typed.pop()
    if not typed or len(typed[-1]) < _SHORTEST:
        return []
    found = _found(typed, language)
    if not found:
        return []
    shelf = shelves.read(language)
    for facet, values in (without or {}).items():
        found -= shelf.having(facet, values)
    # As titles are ordered: in Arabic those in other letters, in Spanish those with ñ, are kept under keys of their own.
    beginning = analysis.sort_key(text[:_LONGEST], language)
    begun = _begun(shelf, beginning[:TITLE_LETTERS])
    numbers: list[int] = []
    for kind in kinds:
        of_kind = found & shelf.having(shelves.KIND, [kind])
        first = _newest(of_kind & begun)
        numbers += first if len(first) >= _CHOICE else [*first, *_newest(of_kind - begun)]
    return _chosen(numbers, kinds, typed, language, beginning)


def _found(typed: Sequence[str], language: str) -> BitMap:
    """The entries that have all words, the last one begun."""
    rows = SearchNameWord.objects.filter(language=language)
    stop = analysis.stop_words(language)
    whole = {word for word in typed[:-1] if word not in stop}
    each = (
        [BitMap.deserialize(bytes(raw)) for raw in rows.filter(word__in=whole).values_list("members", flat=True)]
        if whole
        else []
    )
    if len(each) < len(whole):
        return BitMap()
    beginning = rows.filter(word__begins=typed[-1]).order_by("-entries", "word").values_list("members", flat=True)
    any_of = [BitMap.deserialize(bytes(raw)) for raw in beginning[:_MOST_COMPLETIONS]]
    return BitMap.intersection(*each, BitMap.union(*any_of)) if any_of else BitMap()


def _begun(shelf: shelves.Shelf, letters: str) -> BitMap:
    """The entries whose titles begin with these letters."""
    return shelf.having(
        shelves.TITLE, [value for value in shelf.members.get(shelves.TITLE, ()) if value.startswith(letters)]
    )


def _newest(ids: BitMap) -> list[int]:
    return list(ids[-_CHOICE:] if len(ids) > _CHOICE else ids)


def _chosen(
    numbers: Sequence[int], kinds: Mapping[str, int], typed: Sequence[str], language: str, beginning: str
) -> list[Suggestion]:
    *whole, begun = typed
    highlighter = Highlighter([*(_term(word) for word in whole), _term(begun, prefix=True)], language)
    wanted = {word for word in whole if word not in analysis.stop_words(language)}
    fields = ("id", "kind", "object_id", "title", "names", "url", "shown_language", "facets", "date", "sort_key")
    ranked = []
    for number, kind, object_id, title, names, url, shown, facets, day, key in SearchEntry.objects.filter(
        id__among=numbers
    ).values_list(*fields):
        each = [title, *names.splitlines()]
        name = next((name for name in each if _has(analysis.words(name), wanted, begun)), None)
        if name is not None:
            suggestion = Suggestion(kind, object_id, title, name, url, shown, facets, highlighter.title)
            newest = -day.toordinal() if day else 0
            rank = (not key.startswith(beginning), name is not title, newest, key, number)
            ranked.append((rank, suggestion))
    ranked.sort(key=itemgetter(0))
    of_kind = {kind: [suggestion for _rank, suggestion in ranked if suggestion.kind == kind] for kind in kinds}
    return [suggestion for kind, most in kinds.items() for suggestion in of_kind[kind][:most]]


def _term(word: str, prefix: bool = False) -> Term:
    return Term((word,), (), exact=True, prefix=prefix)


def _has(words: Sequence[str], whole: Set[str], begun: str) -> bool:
    """Whether these words of one name are all that was typed. Several names of an object may have it only together."""
    return whole.issubset(words) and any(word.startswith(begun) for word in words)
