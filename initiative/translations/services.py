"""What people decide about translations."""

from django.db import transaction

from initiative.translations.models import Subject, Translation
from initiative.translations.tracking import outstanding, refresh


@transaction.atomic
def same_meaning(name: str) -> int:
    """The source's last edit doesn't change what it means: translations made from the text before stay as right as they
    were. Gives how many that concerns."""
    subject = refresh(name)
    if subject is None:
        return 0
    concerned = []
    for cell in subject.translations.all():
        behind = {path: text for path, text in cell.behind.items() if not _is_edit(subject, path, text)}
        drafted = {
            path: subject.texts.get(path) if _is_edit(subject, path, text) else text
            for path, text in cell.drafted_from.items()
        }
        if (behind, drafted) != (cell.behind, cell.drafted_from):
            cell.behind, cell.drafted_from = behind, drafted
            concerned.append(cell)
    Translation.objects.bulk_update(concerned, ["behind", "drafted_from"])
    Subject.objects.filter(pk=subject.pk).update(last_edit={})
    refresh(name)
    return len(concerned)


def _is_edit(subject: Subject, path: str, made_from: str | None) -> bool:
    """Whether a text made from this is behind because of the source's last edit alone."""
    return path in subject.last_edit and subject.last_edit[path] == made_from


def flagged_by_the_last_edit(subject: Subject) -> list[Translation]:
    """Translations that were right before the source's last edit, and aren't now."""
    cells = subject.translations.select_related("subject")
    return [
        cell
        for cell in cells
        if any(_is_edit(subject, path, made_from) for path, made_from in outstanding(cell, subject.texts).items())
    ]


@transaction.atomic
def still_right(cell: Translation, paths: list[str] | None = None) -> None:
    """A person has looked: these texts (all of them by default) say what the source says now, though it changed.

    Where a draft says something else than what is published, it is the draft that is right.
    """
    subject = cell.subject
    for path in outstanding(cell, subject.texts) if paths is None else paths:
        if cell.drafted is not None:
            cell.drafted_from[path] = subject.texts.get(path)
        if cell.drafted is None or cell.drafted.get(path) == cell.written.get(path):
            cell.behind.pop(path, None)
    cell.save(update_fields=["behind", "drafted_from"])
    refresh(subject.subject)


@transaction.atomic
def confirm(cell: Translation, paths: list[str] | None = None) -> None:
    """A person has read what the machine wrote (all of it by default), and stands for it."""
    cell.machine = {} if paths is None else {path: mark for path, mark in cell.machine.items() if path not in paths}
    cell.save(update_fields=["machine"])
    refresh(cell.subject.subject)


def take_care(cell: Translation, owner, note: str) -> None:
    """Say who takes care of a translation, and what they should know."""
    cell.owner, cell.note = owner, note
    cell.save(update_fields=["owner", "note"])
