"""Taking in: all of a job that came back, or, if somebody says so, what of it is good."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from initiative.translations.editions import Edition
from initiative.translations.enums import Kind
from initiative.translations.jobs import xliff
from initiative.translations.jobs.checks import Change, check
from initiative.translations.jobs.findings import Finding
from initiative.translations.jobs.unit import Received
from initiative.translations.models import ReceivedJob, Subject
from initiative.translations.publishing import Step, keep, steps


def read(data: bytes) -> tuple[str, list[Received]]:
    """The language that a file was translated into, and its texts. Raises BrokenFile."""
    if data[:2] != b"PK":
        return xliff.read(data)
    # What reads spreadsheets is in no worker before somebody sends one.
    from initiative.translations.jobs import workbook

    return workbook.read(data)


class _Refused(Exception):
    """Something stands in the way; what was written is undone."""


@transaction.atomic
def take_in(job: ReceivedJob, only_good: bool = False) -> None:
    """Write a job's texts as drafts, and keep what there is to say in the job.

    If anything stands in the way, nothing is written, unless `only_good` says to leave that out. What can't be drafted is
    published, as the form of the two languages does it. A job is taken in once.
    """
    job = ReceivedJob.objects.select_for_update().get(pk=job.pk)
    if job.taken_at is not None:
        return
    received = [Received(**one) for one in job.texts]
    # Nobody changes what is looked at before it is written.
    list(Subject.objects.select_for_update().filter(subject__in={one.name for one in received}).order_by("pk"))
    changes, findings = check(received, job.language, job.user)
    job.good = sum(len(set(change.texts) | set(change.done)) for change in changes)
    taken: list[dict] = []
    try:
        with transaction.atomic():
            taken = _write(changes, findings, job, only_good)
            if any(finding.is_problem for finding in findings) and not only_good:
                raise _Refused
    except _Refused:
        taken = []
    else:
        job.taken_at, job.texts = timezone.now(), []
    job.taken = taken
    job.findings = [finding.stored() for finding in findings]
    job.save()


def _write(changes: Iterable[Change], findings: list[Finding], job: ReceivedJob, only_good: bool) -> list[dict]:
    """Save each page and record; what can't be saved is found. Gives what was."""
    taken = []
    if any(finding.is_problem for finding in findings) and not only_good:
        return taken  # there is no use in trying
    for change in changes:
        subject = change.edition.subject
        try:
            with transaction.atomic():
                step = _save(change, job)
        except ValidationError as refusal:
            why = " ".join(refusal.messages)
            findings.append(Finding("refused", subject.title, "", change.edition.translation.pk, {"why": why}))
        else:
            count = len(set(change.texts) | set(change.done))
            cell = change.edition.translation.pk
            taken.append({"title": subject.title, "cell": cell, "count": count, "step": step.value})
    return taken


def _save(change: Change, job: ReceivedJob) -> Step:
    edition, user = change.edition, job.user
    texts = {row.path: row.target.value for row in edition.rows if row.text.kind is not Kind.FACT} | change.texts
    step = _step(edition, texts, change, job)
    thing = edition.compose(texts, edition.made_slug(texts)) if change.texts else None
    keep(edition, user, step, thing, change.done)
    return step


def _step(edition: Edition, texts: dict[str, str], change: Change, job: ReceivedJob) -> Step:
    possible = steps(edition, job.user)
    if not edition.has_drafts:
        return Step.PUBLISH
    unread = [row for row in edition.rows if row.is_machine and row.path not in {*change.texts, *change.done}]
    if job.to_moderation and Step.SUBMIT in possible and not unread and not edition.partly_translated(texts):
        return Step.SUBMIT
    return Step.SAVE
