"""A translation on its way to the readers: kept as a draft, sent to moderation, approved or published."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import DraftStateMixin, Task, TaskState, WorkflowMixin, WorkflowState

from initiative.base.wording import digest, wording
from initiative.translations.editions import Edition
from initiative.translations.enums import Kind
from initiative.translations.models import Translation
from initiative.translations.services import confirm, still_right
from initiative.translations.tracking import refresh


class Step(StrEnum):
    """What becomes of what was written."""

    SAVE = "save"
    SUBMIT = "submit"
    APPROVE = "approve"
    PUBLISH = "publish"


def steps(edition: Edition, user) -> list[Step]:
    """What a user may do with a translation, the likeliest first; nothing where they may not write it or it is locked."""
    if not edition.may_translate(user) or lock_of(edition, user):
        return []
    if not edition.has_drafts:
        return [Step.PUBLISH]
    found = [Step.SAVE]
    thing = edition.thing
    if _may_approve(thing, user):
        found.insert(0, Step.APPROVE)
    elif edition.may_publish(user):
        found.insert(0, Step.PUBLISH)
    elif isinstance(thing, WorkflowMixin) and thing.has_workflow and not _is_waiting(thing):
        found.insert(0, Step.SUBMIT)
    return found


def lock_of(edition: Edition, user):
    """What keeps a user from writing, for now: Wagtail's lock; None where nothing does."""
    get_lock = getattr(edition.thing, "get_lock", None)
    lock = get_lock() if get_lock else None
    return lock if lock is not None and lock.for_user(user) else None


def _is_waiting(thing) -> bool:
    state = thing.current_workflow_state
    return state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS


def _task(thing) -> Task | None:
    return thing.current_workflow_task if isinstance(thing, WorkflowMixin) and thing.pk else None


def _may_approve(thing, user) -> bool:
    task = _task(thing)
    return task is not None and any(name == "approve" for name, _label, _modal in task.get_actions(thing, user))


@transaction.atomic
def keep(edition: Edition, user, step: Step, thing, done: Iterable[str] = (), machine: Mapping[str, str] | None = None):
    """Save a composed page or record and take the step. `thing` is None where nothing was changed in it.

    `done`: paths whose texts the translator says are right as they are; `machine`: path → text of what a machine wrote.
    Raises PermissionDenied where the user may not, ValidationError where the page can't be saved so.
    """
    if step not in steps(edition, user):
        raise PermissionDenied
    if step is Step.APPROVE and thing is not None and edition.may_publish(user):
        step = Step.PUBLISH  # what was approved would be the text without these changes
    saved = edition.thing if thing is None and step is Step.APPROVE else edition.save(thing or edition.thing, user)
    _note(edition, done, machine)
    _take(edition, step, saved, user)
    refresh(edition.subject.subject)
    return saved


@transaction.atomic
def keep_machines_draft(edition: Edition, thing, machine: Mapping[str, str]) -> None:
    """Save what a machine wrote as a draft in nobody's name. Raises ValidationError where the page can't be saved so."""
    edition.save(thing, None)
    _note(edition, (), machine)


def _note(edition: Edition, done: Iterable[str], machine: Mapping[str, str] | None) -> None:
    """Remember what a machine wrote, and which texts a person says are right."""
    refresh(edition.subject.subject)
    cell = Translation.objects.select_related("subject").get(pk=edition.translation.pk)
    if machine:
        kinds = {row.path: row.text.kind for row in edition.rows}
        marks = {path: digest(wording(text, kinds.get(path) is Kind.HTML)) for path, text in machine.items()}
        cell.machine |= marks
        cell.save(update_fields=["machine"])
    if done:
        still_right(cell, [path for path in done if path in cell.behind or path in cell.drafted_from])
        confirm(cell, done)
    refresh(edition.subject.subject)


def _take(edition: Edition, step: Step, saved, user) -> None:
    if step is Step.SUBMIT:
        state = saved.current_workflow_state
        if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            state.resume(user)
        else:
            saved.get_workflow().start(saved, user)
    elif step in (Step.APPROVE, Step.PUBLISH) and isinstance(saved, DraftStateMixin):
        _make_public(edition, step, saved, user)


def _make_public(edition: Edition, step: Step, saved, user) -> None:
    """This language alone: Wagtail publishes the latest revision whole, so what else is drafted there follows as a newer one."""
    drafted = saved.latest_revision
    rest = edition.set_aside(user)
    if rest is not None:
        saved = type(saved)._base_manager.get(pk=saved.pk)
        _approve_instead(drafted, saved.latest_revision)
    if step is Step.APPROVE:
        saved.current_workflow_task.on_action(saved.current_workflow_task_state, user, "approve")
    else:
        saved.latest_revision.publish(user=user)
    if rest is not None:
        newest = rest.save_revision(user=user, clean=False)
        if _is_waiting(rest):  # for somebody else's approval
            _approve_instead(saved.latest_revision, newest)


def _approve_instead(revision, other) -> None:
    """What is approved of one revision is approved of another: an approval counts for the latest one alone."""
    TaskState.objects.filter(revision=revision).update(revision=other)
