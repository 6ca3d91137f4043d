"""Writing to the index: documents in, entries, words, facets and spelling kept in step, one writer at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from hashlib import blake2b
from uuid import uuid4

from django.db import transaction
from django.db.models import Exists, F, QuerySet

from initiative.base import languages
from initiative.search import analysis, facets, generations, names
from initiative.search.bitmaps import Key, Moves
from initiative.search.documents import Document
from initiative.search.engines import get_engine
from initiative.search.engines.base import EntryWords, FieldWords
from initiative.search.models import SearchEntry, SearchIndex
from initiative.search.spelling import WordCounts

# Of a field, in words. What comes later in a long PDF isn't searched.
_LONGEST_FIELD = 15_000

_COMPARED = (
    "kind", "title", "names", "body", "keywords", "attached", "attached_language", "url", "date", "shown_language", "sort_key",
    "facets",
)  # fmt: skip


class Writer:
    """Puts documents into the index while `writing()` holds it. `alone`: there is no index of another generation."""

    def __init__(self, versions: Mapping[str, int], words: WordCounts, settle: bool, alone: bool = True):
        self.versions = versions
        self.alone = alone
        self.words = words
        self.engine = get_engine()
        self._settles = settle
        self._facets: dict[str, Moves] = defaultdict(Moves)
        self._names: dict[str, Moves] = defaultdict(Moves)

    def replace(self, source: str, documents: Mapping[str, Sequence[Document]]) -> int:
        """Let each of these objects (object id → its documents, perhaps none) have just these documents.

        The number of entries written. ValueError for a document of another object, of a language that the site
        hasn't, or of one that the object has a document in already.
        """
        known = {
            (object_id, language): (pk, digest)
            for pk, object_id, language, digest in SearchEntry.objects.filter(
                source=source, object_id__in=list(documents)
            ).values_list("pk", "object_id", "language", "digest")
        }
        entries = []
        for object_id, some in documents.items():
            for entry in self._entries(source, object_id, some):
                entry.pk, digest = known.pop((object_id, entry.language), (None, ""))
                if entry.digest != digest:
                    entries.append(entry)
        self._save(entries)
        if known:
            self._remove(_entries_of(pk for pk, _digest in known.values()))
        return len(entries)

    def remove(self, entries: QuerySet[SearchEntry]) -> None:
        """Let none of these entries be in the index."""
        self._remove(entries.defer("attached").iterator(chunk_size=500))

    def _entries(self, source: str, object_id: str, documents: Sequence[Document]) -> Iterator[SearchEntry]:
        seen = set()
        # An object's facets are mostly one and the same in every language.
        known_facets: dict[int, dict[str, list[str]]] = {}
        for document in documents:
            if document.object_id != object_id:
                raise ValueError(f"{source} {object_id} gave a document of object {document.object_id!r}.")
            if document.language not in self.versions or document.language in seen:
                raise ValueError(f"{source} {object_id} gave a wrong or second document in {document.language!r}.")
            seen.add(document.language)
            entry = _entry(source, document)
            mapping = id(document.facets)
            if mapping not in known_facets:
                known_facets[mapping] = _facets(document.facets)
            entry.facets = known_facets[mapping]
            entry.digest = _digest(entry)
            yield entry

    def _save(self, entries: list[SearchEntry]) -> None:
        known = [entry.pk for entry in entries if entry.pk]
        before = {entry.pk: entry for entry in _entries_of(known)} if known else {}
        # Numbers of one language next to each other make for small bitmaps.
        entries.sort(key=lambda entry: entry.language)
        SearchEntry.objects.bulk_create(
            entries, update_conflicts=True, unique_fields=["id"], update_fields=[*_COMPARED, "digest"]
        )
        read = _Reader()
        written = defaultdict(list)
        for entry in entries:
            self._note(before.get(entry.pk), entry)
            written[entry.language].append(read.entry(entry))
        if written:
            self.engine.write(written)

    def _remove(self, entries: Iterable[SearchEntry]) -> None:
        gone = defaultdict(list)
        for entry in entries:
            self._note(entry, None)
            gone[entry.language].append(entry.pk)
        # A language taken from the settings may have no tables any more.
        self.engine.erase({language: ids for language, ids in gone.items() if language in self.versions})
        for ids in gone.values():
            SearchEntry.objects.filter(id__among=ids).delete()

    def _note(self, before: SearchEntry | None, after: SearchEntry | None) -> None:
        """An entry is another, or new, or gone: that changes what is counted of its words, facets and names."""
        self.words.replace(before if before and before.digest else None, after)
        if not self._settles:
            return
        entry = after or before
        self._facets[entry.language].add(entry.pk, *(facets.keys_of(one) if one else set() for one in (before, after)))
        self._names[entry.language].add(entry.pk, *(_name_keys(one) if one else set() for one in (before, after)))

    def settle(self) -> None:
        """Bring the bitmaps up to what was written."""
        for language, version in self.versions.items():
            facets.change(language, version, self._facets[language])
            names.change(language, self._names[language])


@contextmanager
def writing(words: WordCounts | None = None, settle: bool = True) -> Iterator[Writer]:
    """Hold the index and write to it, in one transaction; others wait for their turn and readers see the state before.

    What the writer is given must be read inside: then the last one to write has seen the newest state. A caller that
    passes `words` applies them itself; one that doesn't settle the bitmaps (of facets and names) recounts them.
    """
    own_words = words or WordCounts()
    with transaction.atomic():
        versions, alone = _hold()
        writer = Writer(versions, own_words, settle, alone)
        yield writer
        if settle:
            writer.settle()
        if words is None:
            own_words.apply()


def _entries_of(ids: Iterable[int]) -> Iterator[SearchEntry]:
    return SearchEntry.objects.filter(id__among=list(ids)).defer("attached").iterator(chunk_size=500)


def _name_keys(entry: SearchEntry) -> set[Key]:
    return names.keys_of(entry.title, entry.names, entry.language)


def _hold() -> tuple[dict[str, int], bool]:
    """Lock the index of each site language and count up its version: language → version, and whether no other generation
    is there."""
    codes = languages.codes()
    rows = list(SearchIndex.objects.select_for_update().filter(language__in=codes).order_by("language"))
    if len(rows) < len(codes):
        missing = [SearchIndex(language=code, epoch=uuid4().hex) for code in codes]
        SearchIndex.objects.bulk_create(missing, ignore_conflicts=True)
    SearchIndex.objects.filter(language__in=codes).update(version=F("version") + 1)
    others = Exists(generations.others())
    held = SearchIndex.objects.filter(language__in=codes).values_list("language", "version", others)
    return {language: version for language, version, _others in held}, not any(others for *_state, others in held)


def _entry(source: str, document: Document) -> SearchEntry:
    title = analysis.plain(document.title)
    return SearchEntry(
        source=source,
        object_id=document.object_id,
        language=document.language,
        kind=document.kind,
        title=title,
        names="\n".join(filter(None, map(analysis.plain, document.names))),
        body=analysis.plain(document.body),
        keywords=analysis.plain(document.keywords),
        attached=analysis.plain(document.attached),
        attached_language=document.attached
        and (document.attached_language or document.shown_language or document.language),
        url=document.url,
        date=document.date,
        shown_language=document.shown_language or document.language,
        sort_key=analysis.sort_key(title, document.language),
    )


def _digest(entry: SearchEntry) -> str:
    told = repr([getattr(entry, name) for name in _COMPARED])
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _facets(facets: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    for name in facets:
        if name.startswith("~"):
            raise ValueError(f"The facet {name!r} has a name that the search keeps for itself.")
    return {name: sorted(set(map(str, values))) for name, values in sorted(facets.items()) if values}


class _Reader:
    """Takes texts apart; a text that is shown in several languages only once."""

    def __init__(self):
        self.words = cache(lambda text: tuple(analysis.words(text)[:_LONGEST_FIELD]))
        self.stems = cache(lambda text, language: analysis.stems(self.words(text), language))

    def entry(self, entry: SearchEntry) -> EntryWords:
        stop = analysis.stop_words(entry.language)

        def field(text: str, language: str) -> FieldWords:
            # The stop words are those of the language people search in, whatever the text's own: a query in French
            # drops "on" and keeps "the", so the English texts among the French entries must keep it too.
            words = self.words(text)
            pairs = zip(words, self.stems(text, language), strict=True)
            return FieldWords(words, tuple([stem for word, stem in pairs if word not in stop]))

        body = field(entry.body, entry.shown_language)
        if entry.attached:
            attached = field(entry.attached, entry.attached_language)
            body = FieldWords(body.exact + attached.exact, body.stems + attached.stems)
        return EntryWords(
            id=entry.pk,
            owner=f"{entry.source} {entry.object_id}",
            title=field(entry.title, entry.shown_language),
            keywords=field(f"{entry.keywords}\n{entry.names}" if entry.names else entry.keywords, entry.language),
            body=body,
        )
