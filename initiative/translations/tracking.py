"""Keeping the board true: what is stored about a page or record is brought up to what the database says now.

`refresh` compares, so it may be called at any time and as often as one likes. A text that changed is taken to be made
from the source as it was then; texts that didn't, and whose source did, fall behind.
"""

from collections.abc import Set

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from initiative.base import languages
from initiative.base.wording import count_words, digest
from initiative.translations import machine_made
from initiative.translations.enums import State
from initiative.translations.models import Subject, Translation
from initiative.translations.texts import is_fact, part_of, words_of
from initiative.translations.works import Draft, Work, find_work

# A text as short as this may well be the same in two languages: a name, a number, a title.
_SHORT = 3

_FACTS = ("content_type_id", "title", "language", "is_public", "in_spotlight", "words", "last_edit", "texts")
_CELL = (
    "state", "review", "since", "words_to_do", "parts_left", "machine_made", "machine_shown",
    "behind", "drafted_from", "written", "drafted", "machine",
)  # fmt: skip


def refresh(name: str, source: str | None = None) -> Subject | None:
    """Bring what is stored about a page or record up to date; `source` makes that language the source.

    Gives what is stored; None for what isn't there any more, or was never published.
    """
    with transaction.atomic():
        stored = Subject.objects.select_for_update().filter(subject=name).first()
        work = find_work(name)
        if work is None or not work.written:
            return _gone(stored, work)
        subject, changes, is_anew = _refresh_subject(stored, work, source)
        _refresh_cells(subject, work, changes, is_anew)
        return subject


def refresh_all(names: list[str]) -> None:
    """The same for several."""
    for name in names:
        refresh(name)


def _gone(stored: Subject | None, work: Work | None) -> Subject | None:
    if stored is None:
        return None
    if work is None:
        stored.delete()
        return None
    # Unpublished for a while, perhaps: what is known of its translations is kept.
    Subject.objects.filter(pk=stored.pk, is_public=True).update(is_public=False)
    return None


def _refresh_subject(stored: Subject | None, work: Work, source: str | None) -> tuple[Subject, dict, bool]:
    """The subject, what its source said before where it says something else now, and whether the source is another."""
    subject = stored or Subject(subject=work.subject, language="", changed_at=timezone.now())
    before = _values(subject, _FACTS)
    language = next(code for code in (source, subject.language, work.written[0]) if code in work.written)
    is_anew = language != subject.language
    texts = work.source_texts(language)
    said = {path: text.said for path, text in texts.items() if text.said}
    changes = {} if is_anew else _changes(subject.texts, said)
    subject.content_type = ContentType.objects.get_for_model(work.model)
    subject.title, subject.language, subject.texts = work.title[:255], language, said
    subject.is_public, subject.in_spotlight = True, work.in_spotlight
    subject.words = words_of(said)
    if changes:
        subject.last_edit, subject.changed_at = changes, timezone.now()
    if is_anew:
        subject.last_edit, subject.changed_at = {}, work.published_at(language) or timezone.now()
    if stored is None or _values(subject, _FACTS) != before:
        subject.save()
    return subject, changes, is_anew


def differences(before: dict[str, str], now: dict[str, str]) -> dict[str, str | None]:
    """Path → what was said before, null for nothing, where something else is said now."""
    return {path: before.get(path) for path in dict.fromkeys([*before, *now]) if before.get(path) != now.get(path)}


def _changes(before: dict[str, str], now: dict[str, str]) -> dict[str, str | None]:
    """The same, without the facts of blocks that weren't looked at when the block was read."""
    read = {part_of(path) for path in before}
    return {
        path: text
        for path, text in differences(before, now).items()
        if not (is_fact(path) and path not in before and part_of(path) in read)
    }


def _refresh_cells(subject: Subject, work: Work, changes: dict, is_anew: bool) -> None:
    cells = {cell.language: cell for cell in subject.translations.all()}
    shown = {code for code, cell in cells.items() if cell.machine_shown}
    new, changed = [], []
    for code in languages.codes():
        cell = cells.get(code) or Translation(subject=subject, language=code, since=subject.changed_at)
        before = _values(cell, _CELL)
        if is_anew:
            cell.behind, cell.drafted_from, cell.written, cell.drafted = {}, {}, {}, None
        state = cell.state
        if code == subject.language:
            _be_source(cell)
        else:
            _follow(cell, work, _needed(subject.texts, work, code), _needed(changes, work, code))
        if cell.pk and cell.state != state:
            cell.since = timezone.now()
        if cell.pk is None:
            new.append(cell)
        elif _values(cell, _CELL) != before:
            changed.append(cell)
    Translation.objects.bulk_create(new)
    Translation.objects.bulk_update(changed, _CELL)
    if shown != {code for code, cell in cells.items() if cell.machine_shown}:
        machine_made.forget()


def _needed(texts: dict, work: Work, language: str) -> dict:
    needless = work.needless(language)
    return {path: text for path, text in texts.items() if path not in needless}


def _values(instance, names) -> dict:
    return {name: _copy(getattr(instance, name)) for name in names}


def _copy(value):
    return dict(value) if isinstance(value, dict) else value


def _be_source(cell: Translation) -> None:
    cell.state, cell.review, cell.words_to_do, cell.parts_left = State.SOURCE, "", 0, 0
    cell.behind, cell.drafted_from, cell.written, cell.drafted, cell.machine = {}, {}, {}, None, {}
    cell.machine_made = cell.machine_shown = False


def _follow(cell: Translation, work: Work, source: dict[str, str], changes: dict[str, str | None]) -> None:
    """Bring a translation up to what the database says: the source moved on, a draft was written, or it was published."""
    draft = work.draft(cell.language, cell.subject.language)
    is_published = cell.language in work.written
    if cell.written:
        _fall_behind(cell, source, changes)
    if draft:
        _note_draft(cell, draft, source)
    if is_published:
        _note_publication(cell, work.published(cell.language, cell.subject.language), source, draft is None)
    elif draft is None:
        cell.written, cell.behind = {}, {}
    if draft is None:
        cell.drafted, cell.drafted_from = None, {}
    # What isn't written because it can be spared isn't behind, either; nor is what neither says any more.
    gone = {path for path in cell.behind if path not in source and path not in cell.written}
    cell.behind = _without(cell.behind, work.spare.difference(cell.written) | gone)
    cell.drafted_from = _without(cell.drafted_from, work.spare.difference(cell.drafted or ()))
    _conclude(cell, work, source, draft, is_published)


def _without(texts: dict, paths: Set[str]) -> dict:
    return {path: text for path, text in texts.items() if path not in paths}


def _fall_behind(cell, source, changes) -> None:
    for path, before in changes.items():
        if path not in cell.behind:
            cell.behind[path] = before
    # Where the source went back to what it said, there is nothing to do any more.
    cell.behind = {path: made_from for path, made_from in cell.behind.items() if made_from != source.get(path)}


def _note_draft(cell, draft: Draft, source) -> None:
    """What was written since we looked last was written from the source as it is."""
    before = cell.written if cell.drafted is None else cell.drafted
    now = {path: digest(said) for path, said in draft.said.items()}
    seen = draft.source or source
    for path in differences(before, now):
        # A text that is the source's is a copy that waits for its translation; a fact is taken over.
        if is_fact(path) or now.get(path) != digest(seen.get(path) or ""):
            cell.drafted_from[path] = seen.get(path)
    cell.drafted = now


def _note_publication(cell, published: dict[str, str], source, is_latest: bool) -> None:
    """What is published was made from what its draft was made from, or else from the source as it is."""
    now = {path: digest(said) for path, said in published.items()}
    drafted = cell.drafted or {}
    confirmed = cell.drafted_from if is_latest else ()
    for path in dict.fromkeys([*differences(cell.written, now), *confirmed]):
        is_from_draft = path in cell.drafted_from and drafted.get(path) == now.get(path)
        made_from = cell.drafted_from[path] if is_from_draft else source.get(path)
        if made_from == source.get(path):
            cell.behind.pop(path, None)
        else:
            cell.behind[path] = made_from
    cell.written = now


def _conclude(cell, work: Work, source, draft: Draft | None, is_published: bool) -> None:
    unwritten = _unwritten(source, cell.written)
    if is_published and not _is_only_named(source, unwritten, work.spare):
        is_whole = work.may_stay.issuperset(unwritten)
        cell.state = State.CURRENT if is_whole and not cell.behind else State.OUTDATED
    else:
        cell.state = State.DRAFT if draft else State.MISSING
    cell.review = work.review(cell.language) if draft else ""
    now = cell.written if cell.drafted is None else cell.drafted
    # Readers may still see a machine's words where a person has written others into a draft.
    cell.machine = {
        path: mark for path, mark in cell.machine.items() if mark in (now.get(path), cell.written.get(path))
    }
    cell.machine_made = any(now.get(path) == mark for path, mark in cell.machine.items())
    cell.machine_shown = any(cell.written.get(path) == mark for path, mark in cell.machine.items())
    left = left_over(source, now) if cell.is_begun else []
    left = [path for path in left if path in now or path not in work.spare]
    cell.parts_left = len(left)
    seen = draft.source or source if draft else source
    waiting = unwritten if cell.state == State.MISSING else {*outstanding(cell, seen), *left}
    cell.words_to_do = words_of(source, waiting)


def _unwritten(source: dict[str, str], digests: dict[str, str]) -> list[str]:
    """Paths where the source says something and a text says nothing."""
    return [path for path in source if not is_fact(path) and path not in digests]


def _is_only_named(source: dict[str, str], unwritten: list[str], spare: frozenset[str]) -> bool:
    """Whether, but for its title, nothing of the source is written: readers have another language's text, or none."""
    texts = {path for path in source if not is_fact(path)} - {"title"} - spare
    return bool(texts) and texts <= set(unwritten)


def left_over(source: dict[str, str], digests: dict[str, str]) -> list[str]:
    """Paths of the source that a text leaves out: nothing is written there, or a longer text just as in the source."""
    copied = [
        path
        for path, said in source.items()
        if not is_fact(path) and digests.get(path) == digest(said) and count_words(said) > _SHORT
    ]
    return [*_unwritten(source, digests), *copied]


def outstanding(cell: Translation, source: dict[str, str]) -> dict[str, str | None]:
    """Path → what the latest text (draft or published) was made from, where the source says something else now.

    `source`: as published, or as a record's draft has it.
    """
    made_from = cell.behind | cell.drafted_from
    return {path: before for path, before in made_from.items() if before != source.get(path)}
