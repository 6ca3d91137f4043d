"""Every step of a submission. Each is one transaction: what it says has happened is in the database, or nothing is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation

from initiative.base.secret_keys import hmacs
from initiative.letters.services import write
from partners.intake.enums import OPEN, Decision, Kind, State
from partners.intake.handlers import handler_of
from partners.intake.models import Submission, SubmissionFile, Transition
from partners.intake.uploads import Checked
from partners.private_files import private_storage


class NotOpen(Exception):
    """It was sent or decided on meanwhile: what was typed can't be kept in it."""


class DecidedAlready(Exception):
    """Somebody else decided, or it was sent anew: what was read isn't what there is now."""

    def __init__(self, submission: Submission):
        super().__init__(submission.reference)
        self.submission = submission


class OtherPage(Exception):
    """The page that was sent belongs to something else."""


@transaction.atomic
def begin(press: str, kind: str, **fields) -> tuple[Submission, bool]:
    """The submission that was begun on a page, made where it isn't there yet; and whether it was made now. The database has a
    digest of the page's number: who reads a copy of it can't send the page again.

    Raises OtherPage where the page began one of another kind or organisation.
    """
    today, *earlier = (each.hexdigest() for each in hmacs("partners.intake press", press))
    submission, is_new = Submission.objects.filter(press__in=earlier).first() if earlier else None, False
    if submission is None:
        submission, is_new = Submission.objects.get_or_create(press=today, defaults={"kind": kind, **fields})
    if submission.kind != kind or submission.organisation != fields.get("organisation"):
        raise OtherPage
    return submission, is_new


def _locked(submission: Submission) -> Submission:
    return Submission.objects.select_for_update().get(pk=submission.pk)


@transaction.atomic
def keep(submission: Submission, step: str, typed: dict, page: str = "", turn: int = 0, **fields) -> Submission:
    """Keep what was typed in a step. Raises NotOpen.

    `page` and `turn` number what one open page keeps as somebody types: what comes late doesn't undo what came after it. Another
    `email` than there was isn't confirmed.
    """
    submission = _locked(submission)
    if not submission.is_open:
        raise NotOpen
    pages = submission.answers.setdefault("pages", {})
    if page and pages.get(step, ["", 0])[0] == page and pages[step][1] > turn:
        return submission
    if page:
        pages[step] = [page, turn]
    submission.answers[step] = typed
    submission.saved = timezone.now()
    if fields.get("email", submission.email) != submission.email:
        fields["address_confirmed"] = None
    for name, value in fields.items():
        setattr(submission, name, value)
    submission.save(update_fields=["answers", "saved", *fields])
    return submission


@transaction.atomic
def keep_file(submission: Submission, field: str, checked: Checked, most: int = 1) -> str:
    """Keep a file for a field; beyond `most`, the oldest makes room. Its name in the storage, empty where it was there.

    Raises NotOpen, StorageError. Within another transaction, see `files_or_nothing`."""
    submission = _locked(submission)
    if not submission.is_open:
        raise NotOpen
    same, name = submission.files.filter(field=field, digest=checked.digest), ""
    if not same.exists():
        kept = SubmissionFile.objects.create(
            submission=submission,
            field=field,
            name=checked.name,
            media_type=checked.media_type,
            size=len(checked.content),
            digest=checked.digest,
            file=checked.as_file(),
        )
        name = kept.file.name
    surplus = submission.files.filter(field=field).order_by("-pk")[most:]
    _drop(list(surplus))
    return name


@contextmanager
def files_or_nothing() -> Iterator[list[str]]:
    """A transaction that takes along the files whose names are put into its list, where it fails."""
    names: list[str] = []
    try:
        with transaction.atomic():
            yield names
    except BaseException:
        for name in filter(None, names):
            with suppress(OSError):
                private_storage().delete(name)
        raise


@transaction.atomic
def drop_file(submission: Submission, pk: int) -> None:
    """Take a file back. Raises NotOpen."""
    submission = _locked(submission)
    if not submission.is_open:
        raise NotOpen
    _drop(list(submission.files.filter(pk=pk)))


def _drop(files: list[SubmissionFile]) -> None:
    for file in files:
        storage, name = file.file.storage, file.file.name
        file.delete()
        # Not before it is sure that the row is gone.
        transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))


@transaction.atomic
def send(
    submission: Submission,
    and_then: Callable[[Submission], None] | None = None,
    write_receipt: Callable[[Submission], None] | None = None,
) -> tuple[Submission, bool]:
    """Send it to the secretariat, with a receipt to its sender; and whether it was sent now. Sent twice, it is sent once.

    `and_then` is called with the submission in the same transaction; whatever it raises undoes it all. So is `write_receipt`,
    where the letter isn't the usual one.
    """
    submission = _locked(submission)
    if not submission.is_open:
        return submission, False
    before, submission.state = submission.state, State.SENT
    submission.rounds += 1
    submission.sent = timezone.now()
    submission.save(update_fields=["state", "rounds", "sent"])
    _note(submission, before, submission.name)
    if and_then:
        and_then(submission)
    if write_receipt:
        write_receipt(submission)
    else:
        tell(submission, "received")
    return submission, True


@transaction.atomic
def withdraw(submission: Submission, who: str) -> bool:
    """Take it back; False where it is decided on already."""
    submission = _locked(submission)
    if submission.is_closed:
        return False
    before, submission.state = submission.state, State.WITHDRAWN
    submission.decided = timezone.now()
    submission.save(update_fields=["state", "decided"])
    _note(submission, before, who)
    return True


@transaction.atomic
def decide(
    submission: Submission, rounds: int, decision: Decision, user, reason: str = "", organisation=None
) -> Submission:
    """Accept it, decline it, or ask for changes, and tell its sender. Of two who decide at once, one does.

    `rounds`: which round the user has read. Raises DecidedAlready, PermissionDenied, and ValidationError where what was
    answered can't be made into records.
    """
    submission = _locked(submission)
    handler = handler_of(submission)
    if not user.has_perm(handler.permission):
        raise PermissionDenied
    if submission.state != State.SENT or submission.rounds != rounds:
        raise DecidedAlready(submission)
    if decision == Decision.ACCEPT:
        handler.accept(submission, user, organisation)
    submission.state = State(decision.value)
    submission.reason = reason
    submission.decided = timezone.now()
    submission.save(update_fields=["state", "reason", "decided", "organisation", "commitment"])
    _note(submission, State.SENT, user.get_full_name() or user.get_username(), user, reason)
    tell(submission, decision.value)
    return submission


def _note(submission: Submission, before: str, who: str, user=None, reason: str = "") -> None:
    Transition.objects.create(
        submission=submission, before=before, after=submission.state, who=who, user=user, reason=reason
    )


def tell(submission: Submission, event: str, attachment: tuple[str, bytes] | None = None, wording: str = "") -> None:
    """Write to its sender what happened: once for each round and event. `attachment` is the name and content of a PDF, `wording`
    the name of the letter where it isn't the event's."""
    handler = handler_of(submission)
    with translation.override(submission.language):
        context = {
            "submission": submission,
            "reason": submission.reason,
            "address": f"{settings.SITE_URL}{handler.address(submission)}",
        }
    write(
        f"submission {submission.pk} {event} {submission.rounds}",
        submission.email,
        f"{handler.letters}/{wording or event}.txt",
        submission.language,
        context,
        attachment,
    )


def confirm_address(submission: Submission) -> None:
    """Somebody came by the link in a letter and said so: the address that it has is right, unless it has another by now."""
    known = Submission.objects.filter(pk=submission.pk, email=submission.email, address_confirmed=None)
    known.update(address_confirmed=timezone.now())


def forget_drafts(before) -> int:
    """Delete what nobody has written on since a moment and never sent, with its files; how many."""
    return delete(Submission.objects.filter(rounds=0, state__in=OPEN, saved__lt=before))


# Of applications that were begun before, letters said six months.
TOLD_SINCE = datetime(2026, 11, 28, tzinfo=UTC)


def forget_unconfirmed(before) -> int:
    """The same of applications whose address nobody has confirmed: anybody may begin those, with files, in anybody's name."""
    begun = Submission.objects.filter(kind=Kind.APPLICATION, rounds=0, state__in=OPEN, begun__gte=TOLD_SINCE)
    return delete(begun.filter(address_confirmed=None, saved__lt=before))


def forget_refused(before) -> int:
    """Delete what was declined, taken back, or given back for changes that never came, before a moment; how many."""
    refused = Q(state__in=[State.DECLINED, State.WITHDRAWN], decided__lt=before)
    return delete(Submission.objects.filter(refused | Q(state=State.CHANGES, decided__lt=before, saved__lt=before)))


def delete(submissions) -> int:
    """Delete submissions with their files; how many. What isn't among them any more when its turn comes, such as one that was
    sent meanwhile, stays."""
    deleted = 0
    for pk in list(submissions.values_list("pk", flat=True)):
        with transaction.atomic():
            submission = Submission.objects.select_for_update().filter(pk=pk).first()
            if submission is None or not submissions.filter(pk=pk).exists():
                continue
            _drop(list(submission.files.all()))
            submission.delete()
        deleted += 1
    return deleted
