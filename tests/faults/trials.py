"""Two trials: a crowd that presses at once, and a server that is killed while people send."""

import hashlib
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from shutil import copyfile
from threading import Barrier, Event, Lock, Thread

from django.conf import settings
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from deploy.stack import Stack
from initiative.letters.delivery import deliver_waiting
from initiative.letters.models import Letter
from partners.intake.enums import State
from partners.intake.models import Submission, SubmissionFile, Transition
from partners.joining.models import Signature
from tests import factories
from tests.faults.mail import MailServer
from tests.faults.sender import Sender
from tests.faults.server import Server
from tests.migrated import Migrated

_PRESS = "a-page-that-many-sent-{}"
_IN_FLIGHT = 8  # people who send at the same time


@dataclass
class Outcome:
    """What a trial found: lines of a table to print, and what is wrong."""

    title: str
    figures: list[tuple[str, object, object]] = field(default_factory=list)

    def expect(self, what: str, found, wanted) -> None:
        """Note a figure, and what it has to be; None where it is only told."""
        self.figures.append((what, found, wanted))

    @property
    def wrong(self) -> list[str]:
        return [what for what, found, wanted in self.figures if wanted is not None and found != wanted]

    @property
    def lines(self) -> list[str]:
        width = max(len(what) for what, _found, _wanted in self.figures)
        return [
            f"{self.title} ({connection.vendor})",
            *(
                f"  {what:{width}}  {found!s:>6}{'' if wanted is None else '  as it must be' if found == wanted else f'  WRONG: {wanted}'}"
                for what, found, wanted in self.figures
            ),
        ]


def prepare() -> None:
    """A database with the pages of a small site and what the form asks with; the files that pages need."""
    migrated = Migrated(settings.BASE_DIR / ".pytest_cache" / "d" / "migrated").path
    if connection.vendor == "sqlite" and migrated.exists():
        copyfile(migrated, connection.settings_dict["NAME"])  # as pytest left it
    call_command("migrate", interactive=False, verbosity=0)
    call_command("compile_translations", verbosity=0)
    if not Path(settings.STATIC_ROOT, "staticfiles.json").exists():
        call_command("collectstatic", interactive=False, verbosity=0)
    factories.make_site()
    factories.PlaceFactory(code="FR")
    factories.GoalFactory(number=15)
    factories.JointDeclarationFactory(key="paris", title_en="The Paris declaration", summary_en="It gives a seat.")


def at_once(server: Server, mail: MailServer, crowd: int) -> Outcome:
    """The first page and the last, each sent by everybody at the same moment."""
    outcome, begun = Outcome(f"{crowd} identical submissions at once"), time.monotonic()

    def together(act) -> Counter:
        barrier = Barrier(crowd)

        def one(sender):
            barrier.wait()
            return act(sender)

        with ThreadPoolExecutor(crowd) as pool:
            return Counter(pool.map(one, [Sender(server, 0) for _ in range(crowd)]))

    def begin(sender):
        sender.begin(_PRESS.format(0))
        return sender.key

    keys = together(begin)
    outcome.expect("applications that the first page began", len(keys), 1)
    first = Sender(server, 0)
    first.begin(_PRESS.format(0))
    signature = first.fill()

    def sign(sender):
        sender.path = first.path
        return sender.sign(signature)

    receipts = together(sign)
    outcome.expect("receipts", sum(receipts.values()), crowd)
    outcome.expect("references on them", len(receipts), 1)
    outcome.expect("applications in the database", Submission.objects.count(), 1)
    outcome.expect("sent", Submission.objects.filter(state=State.SENT, rounds=1).count(), 1)
    outcome.expect("signatures", Signature.objects.count(), 1)
    outcome.expect("steps noted", Transition.objects.count(), 1)
    _wait_for(lambda: Letter.objects.filter(sent=None).count() == 0)
    outcome.expect("letters with the link that brings back", Letter.objects.filter(key__contains=" link ").count(), 1)
    outcome.expect("letters with the receipt", Letter.objects.filter(key__contains=" received ").count(), 1)
    outcome.expect("e-mails that the mail server took", sum(mail.taken.values()), 2)
    outcome.expect("seconds", round(time.monotonic() - begun), None)
    return outcome


def killed(
    server: Server | Stack, mail: MailServer, count: int, kills: int, seed: int, strike: Callable[[int], str]
) -> Outcome:
    """So many applications with files, from the first page to the receipt, while something is killed now and then.

    `strike(turn)` kills it, says what it was, and starts what doesn't come back by itself.
    """
    outcome, begun = Outcome(f"{count} submissions with files, kill -9 {kills} times"), time.monotonic()
    before, letters = Submission.objects.count(), Letter.objects.filter(key__contains=" received ").count()
    struck: Counter = Counter()
    receipts: dict[str, str] = {}
    lock, done = Lock(), Event()
    lost_on_the_way: list[str] = []
    senders = [Sender(server, number) for number in range(1, count + 1)]

    def send(sender: Sender) -> None:
        sender.begin(_PRESS.format(sender.number))
        reference = sender.sign(sender.fill())
        with lock:
            receipts[sender.email] = reference

    def missing() -> list[str]:
        with lock:
            given = dict(receipts)
        kept = _until_answered(
            lambda: dict(Submission.objects.filter(state=State.SENT).values_list("email", "reference"))
        )
        return [email for email, reference in given.items() if kept.get(email) != reference]

    def kill() -> None:
        moments = random.Random(seed)
        for turn in range(1, kills + 1):
            if not _wait_for(lambda turn=turn: done.is_set() or len(receipts) >= turn * count // (kills + 1)):
                return
            time.sleep(moments.random() / 5)  # anywhere in what is being answered
            struck[strike(turn)] += 1
            lost_on_the_way.extend(missing())

    killer = Thread(target=kill)
    killer.start()
    try:
        with ThreadPoolExecutor(_IN_FLIGHT) as pool:
            list(pool.map(send, senders))
    finally:
        done.set()
        killer.join()
    # What a killed process had taken upon itself is tried again two minutes later; here, now.
    connection.close()
    _wait_for(lambda: Letter.objects.filter(sent=None, tries=0).count() == 0, seconds=20)
    Letter.objects.filter(sent=None).update(tried=timezone.now() - timedelta(days=1))
    deliver_waiting()

    sent = Submission.objects.filter(state=State.SENT, email__startswith="applicant-").exclude(
        email="applicant-0@example.org"
    )
    for what, times in sorted(struck.items()):
        outcome.expect(f"killed: {what}", times, None)
    outcome.expect("times in all", struck.total(), kills)
    outcome.expect("requests cut off, and sent again", sum(sender.again for sender in senders), None)
    outcome.expect("told “not just now”, and sent again", sum(sender.not_now for sender in senders), None)
    outcome.expect("receipts given", len(receipts), count)
    outcome.expect("of them not in the database right after a kill", len(lost_on_the_way), 0)
    outcome.expect("of them not in the database at the end", len(missing()), 0)
    outcome.expect("applications in the database", Submission.objects.count() - before, count)
    outcome.expect("of different applicants, sent", sent.values("email").distinct().count(), count)
    outcome.expect("sent more than once", sent.filter(rounds__gt=1).count(), 0)
    outcome.expect("signatures", Signature.objects.filter(submission__in=sent).count(), count)
    outcome.expect("steps noted", Transition.objects.filter(submission__in=sent).count(), count)
    files = SubmissionFile.objects.filter(submission__in=sent).select_related("submission")
    outcome.expect("files", files.count(), 2 * count)
    outcome.expect("of them not on the disk as they were sent", len(_damaged(files, senders)), 0)
    on_disk = set(storages["private"].listdir("submissions")[1])
    named = {Path(name).name for name in SubmissionFile.objects.values_list("file", flat=True)}
    outcome.expect("files on the disk that no row names", len(on_disk - named), None)
    outcome.expect(
        "letters with the receipt",
        Letter.objects.filter(key__contains=" received ", sent__isnull=False).count() - letters,
        count,
    )
    outcome.expect("letters never handed over", Letter.objects.filter(sent=None).count(), 0)
    own = {key: times for key, times in mail.taken.items() if key[0] != "applicant-0@example.org"}
    outcome.expect("different e-mails that the mail server took", len(own), 2 * count)
    # Killed between the mail server's yes and our note of it: the same letter, with the same Message-ID, goes once more.
    outcome.expect("of them taken twice, under the same Message-ID", sum(times > 1 for times in own.values()), None)
    outcome.expect("seconds", round(time.monotonic() - begun), None)
    return outcome


def _damaged(files: Iterable[SubmissionFile], senders: list[Sender]) -> list[str]:
    """The names of files that are missing, of another content than the row says, or (a proof) than was sent."""
    sent = {sender.email: sender.files["legal_status"][1] for sender in senders}
    damaged = []
    for file in files:
        content = _content(file.file)
        right = hashlib.sha256(content).hexdigest() == file.digest
        if file.field == "legal_status":
            right = right and content == sent[file.submission.email]
        if not right:
            damaged.append(file.file.name)
    return damaged


def _content(file: FieldFile) -> bytes:
    """Of a file, on the disk or in a bucket; empty where it is missing."""
    if not file.storage.exists(file.name):
        return b""
    with file.storage.open(file.name) as opened:
        return opened.read()


def _until_answered(ask: Callable, seconds: float = 60):
    """What the database answers, on a new connection where the old one is dead. Raises OperationalError in the end."""
    until = time.monotonic() + seconds
    while True:
        try:
            return ask()
        except (OperationalError, InterfaceError):
            connection.close()
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def _wait_for(holds, seconds: float = 300) -> bool:
    """Whether it came to hold in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.05)
    return False
