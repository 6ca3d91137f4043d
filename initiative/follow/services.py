"""What changes a follow: asking, confirming, changing, stopping, forgetting."""

import logging
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from django.db import transaction
from django.utils import timezone

from initiative.follow import mails
from initiative.follow.days import next_day
from initiative.follow.models import Follow, Follower, digest_of
from initiative.guard.limits import Limit

logger = logging.getLogger(__name__)

# How long a confirmation is waited for. Then the address is forgotten.
PATIENCE = timedelta(days=3)
# What one address can follow in one language: digests stay readable, and nobody makes the site work without end.
MOST = 50
# Mails that an address gets without having said yes to any, whoever asks.
TO_ADDRESS = Limit("follow address", times=5, period=timedelta(days=1))


class MailFailed(Exception):
    """No mail could be sent. Nothing was kept."""


class TooMany(Exception):
    """The address follows as much as one can."""


def ask(email: str, language: str, kind: str, key: str, frequency: str) -> None:
    """Send the mail from which a follow is confirmed, in the active language. Raises MailFailed.

    Whether the address is known shows nowhere but in that mail: to a follow that is confirmed already it says so. Over the
    limit of mails to one address nothing happens.
    """
    email = email.lower()
    if not TO_ADDRESS.take(email):
        return
    follow, is_new = _asked(email, language, kind, key, frequency)
    try:
        (mails.known(follow) if follow.confirmed_at else mails.confirmation(follow)).send()
    except SMTPRecipientsRefused:
        # Saying so would tell whose mailbox there is.
        logger.info("A mail server refused the address of follow %s.", follow.pk)
    except (SMTPException, OSError) as error:
        if is_new:
            stop(follow)
        logger.exception("The mail to confirm a follow could not be sent.")
        raise MailFailed from error


@transaction.atomic
def _asked(email: str, language: str, kind: str, key: str, frequency: str) -> tuple[Follow, bool]:
    """The follow, and whether it wasn't there. Asking again gives more time; a confirmed one stays as it is."""
    # Held, so that it can't be forgotten meanwhile with the last of its other follows.
    follower, _new = Follower.objects.select_for_update().get_or_create(email=email, language=language)
    asked = {"frequency": frequency, "asked_at": timezone.now()}
    follow, is_new = Follow.objects.get_or_create(
        follower=follower, digest=digest_of(kind, key), defaults={"kind": kind, "key": key, **asked}
    )
    if not is_new:
        Follow.objects.filter(pk=follow.pk, confirmed_at__isnull=True).update(**asked)
    return follow, is_new


def is_expired(follow: Follow) -> bool:
    """Whether a follow has waited too long for its confirmation."""
    return follow.confirmed_at is None and follow.asked_at < timezone.now() - PATIENCE


@transaction.atomic
def confirm(follow: Follow) -> bool:
    """From now on the reader follows this; nothing changes where that is so already. False where it was stopped just now.
    Raises TooMany."""
    follower = Follower.objects.select_for_update().filter(pk=follow.follower_id).first()
    if follower is None:
        return False
    if follower.follows.confirmed().exclude(pk=follow.pk).count() >= MOST:
        raise TooMany
    now = timezone.now()
    follower.follows.filter(pk=follow.pk, confirmed_at__isnull=True).update(
        confirmed_at=now, seen_until=now, next_on=next_day(follow.frequency, now)
    )
    return follower.follows.filter(pk=follow.pk).exists()


def change(follow: Follow, frequency: str) -> None:
    """Tell the reader more or less often; the next digest is counted from today."""
    Follow.objects.filter(pk=follow.pk).confirmed().update(
        frequency=frequency, next_on=next_day(frequency, timezone.now())
    )


def stop(follow: Follow) -> None:
    """End a follow, and forget the address where it was the last."""
    _end(Follow.objects.filter(pk=follow.pk))


@transaction.atomic
def _end(follows) -> int:
    """Delete follows, and the followers who follow nothing else; how many follows there were."""
    followers = list(Follower.objects.select_for_update().filter(pk__in=follows.values("follower")))
    ended, _of_each_kind = follows.delete()
    Follower.objects.filter(pk__in=[follower.pk for follower in followers], follows__isnull=True).delete()
    return ended


def erase(email: str) -> int:
    """End all that an address follows, in every language, and forget it; how many follows there were."""
    return _end(Follow.objects.filter(follower__email=email.lower()))


def forget_unconfirmed() -> int:
    """Forget what nobody confirmed in time; how many follows that were."""
    return _end(Follow.objects.filter(confirmed_at__isnull=True, asked_at__lt=timezone.now() - PATIENCE))
