"""What a reader may mean while still typing: titles and names that have the words typed so far, the last of them begun.

Nothing is searched: the entries that have a word in a title or name are kept as a bitmap, so suggesting is to read a few
bitmaps and to intersect them, whatever the size of the index.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
# So many times the entries asked for are read, so that those that begin as typed can come first.
_CHOICE = 3


@dataclass(frozen=True)
class Suggestion:
    """An object by name. `name_html` has what was typed in `<mark>`; `name` is the title, or another name where only
    that has it; `title` is always the title, in `language`."""

    kind: str
    object_id: str
    title: str
    name: str
    name_html: SafeString
    url: str
    language: str


def suggest(
    text: str, language: str, kinds: Mapping[str, int], without: Mapping[str, Sequence[str]] | None = None
) -> list[Suggestion]:
    """Objects of these kinds (kind → how many at most) whose titles or names have the words of `text`, the last one begun.

    In the order of `kinds`; of each, those that begin as typed first, then the newest. `without`: facet → values that
    none may have. Four statements at most; none where too little is typed.
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
    beginning = " ".join(typed)
    begun = found & _begun(shelf, beginning[:TITLE_LETTERS])
    numbers: list[int] = []
    for kind, most in kinds.items():
        of_kind = found & shelf.having(shelves.KIND, [kind])
        numbers += [*_newest(of_kind & begun, most * _CHOICE), *_newest(of_kind - begun, most * _CHOICE)]
    return _chosen(numbers, kinds, typed, beginning, language)


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


def _newest(ids: BitMap, count: int) -> list[int]:
    return list(ids[-count:]) if count < len(ids) else list(ids)


def _chosen(
    numbers: Sequence[int], kinds: Mapping[str, int], typed: Sequence[str], beginning: str, language: str
) -> list[Suggestion]:
    marks = Highlighter([Term((word,), (), exact=True, prefix=word is typed[-1]) for word in typed], language)
    fields = ("id", "kind", "object_id", "title", "names", "url", "shown_language", "sort_key")
    rows = SearchEntry.objects.filter(id__among=numbers).values_list(*fields)
    best = sorted(rows, key=lambda row: (not row[-1].startswith(beginning), -row[0]))
    suggestions = []
    for kind, most in kinds.items():
        for _id, _kind, object_id, title, names, url, shown, _key in [row for row in best if row[1] == kind][:most]:
            name = _name(title, names, typed)
            suggestions.append(Suggestion(kind, object_id, title, name, marks.title(name, shown), url, shown))
    return suggestions


def _name(title: str, names: str, typed: Sequence[str]) -> str:
    """The title where it has the last word typed, else the first name that has."""
    return next(
        (
            name
            for name in [title, *names.splitlines()]
            if any(word.startswith(typed[-1]) for word in analysis.words(name))
        ),
        title,
    )
