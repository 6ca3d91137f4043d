"""The digests: who gets one, what is in it, and how none is ever sent twice.

Of each follower, one after the other:

1. *Claim* it: one UPDATE that only one run can win. A claim that is an hour old belonged to a run that died.
2. *Look* for what is new since the last digest, and write the mail. Nothing new: no mail.
3. *Record* what is about to be told, if the claim still holds. From here on no run will tell it again.
4. *Send* it, then let go. Where the mail server said no, what was recorded is taken back and tried again the next day. Where
   for two weeks it has said that there is no such address, the follower is forgotten.

So a mail is sent at most once. If the process dies between 3 and 4, or the connection breaks before the mail server has
said yes or no, that one digest may be lost; its reader still finds it all on the site. Twice would be worse: it looks like
spam to those who decide what is.
"""

import logging
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPServerDisconnected

from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation

from initiative.base import languages
from initiative.follow import mails
from initiative.follow.days import day_of, next_day, tomorrow
from initiative.follow.models import Follow, Follower
from initiative.follow.services import forget_unconfirmed
from initiative.follow.subjects import News, Part

logger = logging.getLogger(__name__)

# What was published in the last hour waits: its transaction or its place in the index may not be there yet.
SETTLING = timedelta(hours=1)
# Longer than the slowest mail server lets one wait for one mail.
CLAIM = timedelta(hours=1)
# So long mails may be refused before an address that doesn't work is forgotten.
REFUSALS = timedelta(days=14)
# What a mail server answers where it is the address that doesn't work (RFC 5321). Many say so of what they won't have from
# us, too: then the enhanced code begins with 5.7 (RFC 3463).
_NO_SUCH_ADDRESS = {550, 551, 552, 553}
_UNWANTED = b"5.7."
# Mail servers take only so many mails in one conversation.
_PER_CONNECTION = 50
# What was found for so many followed things is kept for their other followers.
_KEPT = 500


class NoMailServer(Exception):
    """The mail server can't be reached. What wasn't sent is as it was."""


@dataclass
class Outcome:
    """What a run did, in followers: `sent` a mail; `refused` by a mail server, or `failed` here (both are tried again);
    `unsure` whether it went out; `nothing_new`; `given_up`. `unconfirmed`: follows that were forgotten."""

    sent: int = 0
    refused: int = 0
    unsure: int = 0
    failed: int = 0
    nothing_new: int = 0
    given_up: int = 0
    unconfirmed: int = 0


def send_digests() -> Outcome:
    """Send every digest that is due, and forget what wasn't confirmed in time. Several runs at once do no harm.

    Raises NoMailServer; the next run goes on where this one stopped.
    """
    outcome = Outcome(unconfirmed=forget_unconfirmed())
    run = _Run(outcome)
    try:
        for follower_id in _due(run.today):
            run.serve(follower_id)
    finally:
        run.hang_up()
    return outcome


def _due(day: date) -> Iterator[int]:
    """Followers of whom something is due, each once."""
    due = Follow.objects.due(day).order_by("follower").values_list("follower", flat=True).distinct()
    yield from list(due)  # read now: what is sent meanwhile changes it


class _Run:
    """One run of the command."""

    def __init__(self, outcome: Outcome):
        self.outcome = outcome
        self.claim = uuid.uuid4()
        self.started = timezone.now()
        self.today = day_of(self.started)
        self.until = self.started - SETTLING
        self.connection, self.carried = None, 0
        self.found: dict[tuple, Part] = {}

    def serve(self, follower_id: int) -> None:
        """One follower: claim, look, record, send. What goes wrong with one doesn't keep the others waiting."""
        if not self._claim(follower_id):
            return
        try:
            follower = Follower.objects.filter(pk=follower_id).first()
            if follower is not None:
                with translation.override(_language(follower)):
                    self._serve(follower)
        except NoMailServer:
            raise
        except Exception:
            self.outcome.failed += 1
            logger.exception("The digest of follower %s could not be made; it is tried again tomorrow.", follower_id)
            Follow.objects.filter(follower=follower_id).due(self.today).update(next_on=tomorrow(self.started))
        finally:
            self._let_go(follower_id)

    def _serve(self, follower: Follower) -> None:
        follows = list(follower.follows.due(self.today).in_order())
        if not follows:  # another run was here between the list and the claim
            return
        for follow in follows:
            follow.follower = follower
        parts = [part for follow in follows if (part := self._part(follow)).news.total]
        if not parts:
            self.outcome.nothing_new += self._record(follower, follows)
            return
        mail = mails.digest(follower, parts, self.until)
        mail.connection = self._connect()
        if self._record(follower, follows):
            self._send(mail, follower, follows)

    def _part(self, follow: Follow) -> Part:
        """What is new of it. Whoever follows the same in the same language was last told in the same run, most often: what
        was found for one is kept for the next."""
        asked = (follow.kind, follow.key, follow.follower.language, follow.seen_until)
        if asked not in self.found:
            if len(self.found) >= _KEPT:
                self.found.clear()
            self.found[asked] = self._look(follow)
        return self.found[asked]

    def _look(self, follow: Follow) -> Part:
        if follow.subject is None or follow.seen_until >= self.until:
            return Part("", "", News())
        news = follow.subject.news(follow.key, follow.seen_until, self.until)
        return Part(follow.words, follow.url, news) if news.total else Part("", "", news)

    def _claim(self, follower_id: int) -> bool:
        free = Q(claim__isnull=True) | Q(claimed_at__lt=timezone.now() - CLAIM)
        followers = Follower.objects.filter(free, pk=follower_id)
        return followers.update(claim=self.claim, claimed_at=timezone.now()) == 1

    def _let_go(self, follower_id: int) -> None:
        Follower.objects.filter(pk=follower_id, claim=self.claim).update(claim=None, claimed_at=None)

    @transaction.atomic
    def _record(self, follower: Follower, follows: list[Follow]) -> bool:
        """Write down that this is told. False where the claim was lost, or the reader has stopped it all meanwhile."""
        if not Follower.objects.select_for_update().filter(pk=follower.pk, claim=self.claim).exists():
            return False
        for follow in follows:
            _record(follow, max(self.until, follow.seen_until), next_day(follow.frequency, self.started))
        return True

    def _send(self, mail, follower: Follower, follows: list[Follow]) -> None:
        try:
            mail.send()
        except Exception as error:
            self.hang_up()
            if isinstance(error, SMTPException) and not isinstance(error, SMTPServerDisconnected):
                logger.warning("A mail server refused the digest of follower %s: %r", follower.pk, type(error).__name__)
                self.outcome.refused += 1
                self._take_back(follower, follows, error)
            else:
                logger.exception("The digest of follower %s may be lost, and isn't sent again.", follower.pk)
                self.outcome.unsure += 1
        else:
            self.outcome.sent += 1
            Follower.objects.filter(pk=follower.pk).exclude(failures=0).update(failures=0, failing_since=None)

    def _take_back(self, follower: Follower, follows: list[Follow], error: SMTPException) -> None:
        """Let it be tried again tomorrow; forget an address that hasn't worked for too long."""
        since = follower.failing_since or self.started
        if self.started - since >= REFUSALS and _is_about_address(error):
            self.outcome.given_up += 1
            logger.warning("Follower %s can't be reached for %s days and is forgotten.", follower.pk, REFUSALS.days)
            follower.delete()
            return
        with transaction.atomic():
            Follower.objects.filter(pk=follower.pk).update(failing_since=since, failures=F("failures") + 1)
            for follow in follows:
                _record(follow, follow.seen_until, tomorrow(self.started))

    def _connect(self):
        """A conversation with the mail server, begun anew from time to time. Raises NoMailServer."""
        if self.connection is not None and (self.carried >= _PER_CONNECTION or not _listens(self.connection)):
            self.hang_up()
        if self.connection is None:
            connection = get_connection()
            try:
                connection.open()
            except (SMTPException, OSError) as error:
                raise NoMailServer(str(error)) from error
            self.connection, self.carried = connection, 0
        self.carried += 1
        return self.connection

    def hang_up(self) -> None:
        """End the conversation."""
        if self.connection is not None:
            try:
                self.connection.close()
            except (SMTPException, OSError):
                logger.info("The mail server hung up first.")
            self.connection = None


def _listens(connection) -> bool:
    """Whether a mail server is still there. It may have hung up while digests without news were looked at."""
    conversation = getattr(connection, "connection", None)  # other backends than SMTP have none
    noop = getattr(conversation, "noop", None)
    try:
        return noop is None or noop()[0] == 250
    except (SMTPException, OSError):
        return False


def _is_about_address(error: SMTPException) -> bool:
    """Whether a mail server refused the address for good, and not us, our mail, or for now: were it us, all would be
    forgotten with a setting that is wrong for two weeks."""
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    return all(code in _NO_SUCH_ADDRESS and _UNWANTED not in said for code, said in error.recipients.values())


def _record(follow: Follow, seen_until: datetime, next_on: date) -> None:
    Follow.objects.filter(pk=follow.pk).update(seen_until=seen_until, next_on=next_on)


def _language(follower: Follower) -> str:
    """The language of its mails; the site's own where the follower's was taken from the site."""
    return follower.language if follower.language in languages.codes() else languages.codes()[0]
