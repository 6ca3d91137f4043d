"""Answering a query: one set of matches, from which total, page and all counts follow."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Collate, Substr
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from pyroaring import BitMap

from initiative.base import languages
from initiative.base.prepared import Prepared
from initiative.search import shelf as shelves
from initiative.search import spelling
from initiative.search.engines import get_engine
from initiative.search.grammar import Expression, parse
from initiative.search.highlight import Highlighter
from initiative.search.models import SearchEntry
from initiative.search.passages import first_passage, missing
from initiative.search.query import LARGEST_PAGE, SCOPES, SORTS, Hit, Query, Results

# With fewer matches than this, another spelling is looked for.
_FEW = 3
# Snippets come from this much of a body, in characters.
_SNIPPET_SOURCE = 20_000
_PORTION = 500
_AMONG = 1_000
_LAST_PAGE = 1_000_000


def search(query: Query) -> Results:
    """Answer a query, in six statements at most: facets, matches, matches of most words or the texts of PDFs that are
    shown, similar words, matches of the suggestion, and the entries of the page."""
    return _Search(query).results()


def every_match(query: Query) -> Iterator[tuple[str, str]]:
    """All that a query finds as (kind, object_id), in order and whatever its page; read in portions."""
    asked, start = _Search(query), 0
    while rows := asked.entries(start, _PORTION, "kind", "object_id"):
        yield from rows
        start += _PORTION


def whatever_matches(query: Query) -> list[str]:
    """The ids of all objects that a query finds, whatever its page and sort, in no order: nothing is ranked.

    Three statements at most, four where nothing has all of the words.
    """
    asked = _Search(replace(query, sort="newest"))
    if not asked.chosen:
        return []
    return list(SearchEntry.objects.filter(id__among=asked.chosen).values_list("object_id", flat=True))


def found_among(query: Query, object_ids: Iterable[str]) -> set[str]:
    """Of the objects with these ids, those that a query finds, whatever its page; none where nothing has all of the words.

    Three statements, and one more for each thousand ids.
    """
    asked, ids, found = _Search(query), iter(object_ids), set()
    while not asked.partial and (portion := list(islice(ids, _AMONG))):
        rows = SearchEntry.objects.filter(language=asked.query.language, object_id__in=portion)
        if asked.query.kinds:
            rows = rows.filter(kind__in=asked.query.kinds)
        found.update(object_id for number, object_id in rows.values_list("id", "object_id") if number in asked.chosen)
    return found


class _Shown(Prepared):
    """`among(id, …)` gives (id, *fields) of these entries, in no order."""

    def __init__(self, *fields):
        self.fields = fields
        # Each generation of the index has a table of its own.
        super().__init__(self._asked, lambda: SearchEntry._meta.db_table)

    def _asked(self, *ids: int):
        return SearchEntry.objects.filter(id__in=ids).values_list("id", *self.fields)


_bare = _Shown("kind", "object_id")
_whole = _Shown(
    F("id"), "kind", "object_id", "title", "url", "date", "shown_language", "keywords", "attached_language",
    Substr("body", 1, _SNIPPET_SOURCE),
)  # fmt: skip


def _in_order(ids: Sequence[int], rows: Iterable[tuple]) -> list[tuple]:
    """Of rows that begin with an id what comes after it, in the order of the ids."""
    found = {number: rest for number, *rest in rows}
    return [found[number] for number in ids if number in found]


class _Search:
    """One query being answered."""

    def __init__(self, query: Query):
        self.query = _sensible(query)
        self.engine = get_engine()
        self.shelf = shelves.read(self.query.language)
        self.expression = self._parsed(self.query.text)
        # Ids that have the words, best first where relevance is asked for; None stands for everything.
        self.ranking: Sequence[int] | None = None
        self.partial = False
        self.found = self._find()

    def results(self) -> Results:
        return Results(
            total=len(self.chosen),
            hits=self._hits(),
            counts=self._counts(),
            kinds=self.shelf.counts(self._narrowed(but=shelves.KIND), shelves.KIND),
            loosened=self._loosened(),
            suggestion=self._suggestion(),
            partial=self.partial,
            highlighter=self.highlighter,
        )

    def _parsed(self, text: str) -> Expression:
        return parse(text, self.query.language, languages.codes(), exact=self.query.exact)

    def _find(self) -> BitMap:
        """The entries that have the words, before kinds and facets narrow them."""
        everything, expression = self.shelf.everything, self.expression
        if not expression:
            return everything
        if not expression.required:
            without = Expression((expression.excluded,))
            return everything - BitMap(self.engine.match(self.query.language, without, "everything", ranked=False))
        self.ranking = self._match(expression)
        found = everything & BitMap(self.ranking)
        if len(expression.required) > 1 and not self.query.exact and not self._of_kinds(found):
            return self._find_most() or found
        return found

    def _find_most(self) -> BitMap:
        """The entries with as many of the clauses as any of the kinds asked for has; those with the rarest come first."""
        clauses = [Expression((clause,), self.expression.excluded) for clause in self.expression.required]
        each = [BitMap(ids) for ids in self.engine.match_each(self.query.language, clauses, self.query.scope)]
        # at_least[n]: who has n clauses or more, of those looked at so far.
        at_least = [self.shelf.everything, *(BitMap() for _ in each)]
        for ids in each:
            for number in range(len(each), 0, -1):
                at_least[number] |= at_least[number - 1] & ids
        most = next((some for some in reversed(at_least[1:]) if self._of_kinds(some)), BitMap())
        groups = [most]
        for ids in sorted(each, key=len):
            groups = [part for group in groups for part in (group & ids, group - ids) if part]
        if most:
            self.ranking = [number for group in groups for number in reversed(group)]
            self.partial = True
        return most

    def _match(self, expression: Expression) -> Sequence[int]:
        ranked = self.query.sort == "relevance"
        return self.engine.match(self.query.language, expression, self.query.scope, ranked=ranked)

    def _of_kinds(self, ids: BitMap) -> BitMap:
        return ids & self._choices[shelves.KIND] if shelves.KIND in self._choices else ids

    @cached_property
    def _choices(self) -> dict[str, BitMap]:
        """Facet (or kind) in which something is chosen → entries that have any of it."""
        chosen = {facet: values for facet, values in self.query.facets.items() if values}
        if self.query.kinds:
            chosen[shelves.KIND] = self.query.kinds
        return {facet: self.shelf.having(facet, values) for facet, values in chosen.items()}

    def _narrowed(self, but: str = "") -> BitMap:
        """What was found and is chosen in every facet, except in one."""
        ids = self.found
        for facet, those in self._choices.items():
            if facet != but:
                ids = ids & those
        return ids

    @cached_property
    def chosen(self) -> BitMap:
        return self._narrowed()

    def _counts(self) -> dict[str, dict[str, int]]:
        counts = {}
        for facet in self.shelf.members:
            if facet.startswith("~") or (self.query.count is not None and facet not in self.query.count):
                continue
            chosen = self.query.facets.get(facet, ())
            ids = self._narrowed(but=facet) if chosen else self.chosen
            counts[facet] = dict.fromkeys(chosen, 0) | self.shelf.counts(ids, facet)
        return counts

    def _loosened(self) -> dict[str, int]:
        if self.chosen:
            return {}
        loosened = {facet: len(self._narrowed(but=facet)) for facet in self._choices if facet != shelves.KIND}
        if self.expression:
            ids = self.shelf.everything
            for those in self._choices.values():
                ids = ids & those
            loosened[""] = len(ids)
        return loosened

    def entries(self, start: int, size: int, *fields) -> list[tuple]:
        """Fields of the entries from a position on, in order; one statement."""
        if self.query.sort == "title":
            return self._by_title(start, size, *fields)
        ids = self._ids(start, size)
        return _in_order(ids, SearchEntry.objects.filter(id__among=ids).values_list("id", *fields)) if ids else []

    def _page(self, shown: "_Shown") -> list[tuple]:
        """What is shown of the entries of the page, in order; one statement."""
        start, size = (self.query.page - 1) * self.query.size, self.query.size
        if self.query.sort == "title":
            return self._by_title(start, size, *shown.fields)
        ids = self._ids(start, size)
        return _in_order(ids, shown.among(*ids))

    def _ids(self, start: int, size: int) -> list[int]:
        return self._of_each_kind() if self.query.each else list(islice(self._ordered(start), size))

    def _ordered(self, start: int) -> Iterator[int]:
        """The ids that match from a position on: by relevance or by date, and of one day by when they came in."""
        if self.query.sort == "relevance" and self.ranking is not None:
            yield from islice((number for number in self.ranking if number in self.chosen), start, None)
            return
        newest = self.query.sort != "oldest"
        for day in self.shelf.buckets(self.chosen, "newest" if newest else "oldest"):
            if start < len(day):
                yield from sorted(day, reverse=newest)[start:]
            start = max(0, start - len(day))

    def _of_each_kind(self) -> list[int]:
        """The first few ids of each kind, in order."""
        kinds = self.shelf.members.get(shelves.KIND, {})
        wanted = {kind: min(self.query.each, n) for kind, n in self.shelf.counts(self.chosen, shelves.KIND).items()}
        ids, order = [], self._ordered(0)
        while wanted and (number := next(order, None)) is not None:
            if kind := next((kind for kind in wanted if number in kinds[kind]), None):
                ids.append(number)
                wanted[kind] -= 1
                if not wanted[kind]:
                    del wanted[kind]
        return ids

    def _by_title(self, start: int, size: int, *fields) -> list[tuple]:
        """The database orders no more than the portions (of titles that begin alike) that the page touches."""
        touched = BitMap()
        for bucket in self.shelf.buckets(self.chosen, "title"):
            if not touched and start >= len(bucket):
                start -= len(bucket)
                continue
            touched |= bucket
            if len(touched) >= start + size:
                break
        if not touched:
            return []
        by_title = (Collate("sort_key", self.engine.code_points), "id")
        # Not as a list: Django would look whether each of thousands is an expression.
        rows = SearchEntry.objects.filter(id__among=touched).order_by(*by_title).values_list(*fields)
        return list(rows[start : start + size])

    def _hits(self) -> list[Hit]:
        if self.query.bare:
            return [
                Hit(kind, object_id, self.query.language, "", "", None, "", "", self.highlighter)
                for kind, object_id in self._page(_bare)
            ]
        rows = self._page(_whole)
        attached = self._attached(rows)
        return [
            Hit(
                kind=kind,
                object_id=object_id,
                language=self.query.language,
                title=title,
                url=url,
                date=day,
                shown_language=shown,
                text=text,
                highlighter=self.highlighter,
                attached_html=attached.get(number, ""),
                attached_language=attached_language,
            )
            for number, kind, object_id, title, url, day, shown, _keywords, attached_language, text in rows
        ]

    def _attached(self, rows: list[tuple]) -> dict[int, SafeString]:
        """Entry → the passage of what comes with it, where something asked for stands there alone. One statement, and none
        where there is no such entry. Where only most of the words were found, those missing stand nowhere."""
        wanted = {}
        for number, _kind, _object_id, title, _url, _day, shown, keywords, attached_language, body in rows:
            if attached_language and self.expression.required and not self.partial:
                texts = [(title, shown), (body, shown), (keywords, self.query.language)]
                if terms := missing(self.expression.required, texts, self.query.language):
                    wanted[number] = (terms, attached_language)
        if not wanted:
            return {}
        texts = dict(SearchEntry.objects.filter(id__among=list(wanted)).values_list("id", "attached"))
        passages = {
            number: first_passage(terms, texts.get(number, ""), language, self.query.language)
            for number, (terms, language) in wanted.items()
        }
        return {number: passage for number, passage in passages.items() if passage}

    @cached_property
    def highlighter(self) -> Highlighter:
        return Highlighter(self.expression.terms, self.query.language)

    def _suggestion(self) -> str:
        """The query in a likelier spelling, if that finds more."""
        matches = 0 if self.partial else len(self._of_kinds(self.found))
        if not self.expression.required or matches >= _FEW:
            return ""
        language = self.query.language
        corrected = spelling.correct(self.engine, language, self.query.text, self.expression)
        if not corrected:
            return ""
        ids = self.engine.match(language, self._parsed(corrected), self.query.scope, ranked=False)
        return corrected if len(self._of_kinds(self.shelf.everything & BitMap(ids))) > matches else ""


def _sensible(query: Query) -> Query:
    """The query with everything that makes no sense set to its default."""
    return replace(
        query,
        text=query.text.replace("\x00", ""),
        language=query.language if query.language in languages.codes() else settings.LANGUAGE_CODE,
        scope=query.scope if query.scope in SCOPES else SCOPES[0],
        sort=query.sort if query.sort in SORTS else SORTS[0],
        page=min(max(1, query.page), _LAST_PAGE),
        size=min(max(1, query.size), LARGEST_PAGE),
    )
