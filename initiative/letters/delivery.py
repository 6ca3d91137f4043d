"""Hand letters over to the mail server: once each, and until it takes them."""

import logging
from datetime import datetime, timedelta
from functools import partial
from smtplib import SMTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Count, Max, Min
from django.utils import timezone

from initiative.base.beside import Beside
from initiative.base.logs import mask
from initiative.letters.models import Letter

logger = logging.getLogger(__name__)

_LONGEST_PAUSE = 360  # minutes
_KEPT = timedelta(days=30)


# Beside the request, so that its answer doesn't wait for a letter, and doesn't tell by its time whether one was written.
do_beside = Beside("letters", threads=2)


def deliver_soon(pk: int) -> None:
    """Hand a letter over beside the request."""
    do_beside(partial(deliver, pk))


def deliver(pk: int, tries: int = 0) -> bool:
    """Hand over a letter that was tried so often; whether that was done now. Of several who try at once, one does it."""
    if not Letter.objects.filter(pk=pk, sent=None, tries=tries).update(tries=tries + 1, tried=timezone.now()):
        return False
    letter = Letter.objects.get(pk=pk)
    try:
        _message(letter).send()
    except (SMTPException, OSError) as error:
        # The server's words name who is written to: they stay beside the letter, as long as it does.
        logger.warning("Letter %d was not taken: %s", letter.pk, type(error).__name__)
        Letter.objects.filter(pk=pk).update(problem=str(error)[:500])
        return False
    # Whoever reads a copy of the database later opens nothing by its links.
    Letter.objects.filter(pk=pk).update(sent=timezone.now(), problem="", text=mask(letter.text))
    return True


def pause_after(tries: int) -> timedelta:
    """How long a letter that was tried so often rests: it is due again then."""
    return timedelta(minutes=min(2**tries, _LONGEST_PAUSE))


def due_since(now: datetime) -> datetime | None:
    """Since when the oldest that is due waits for somebody to hand it over; None where none is due. One statement.

    A letter is due when it is written, and after each try once its pause is over: one that a mail server refuses again and
    again was tried, and waits for its own time.
    """
    waiting = Letter.objects.waiting().values_list("tries").annotate(Min("written"), Min("tried"))
    moments = [tried + pause_after(tries) if tried else written for tries, written, tried in waiting]
    return min((moment for moment in moments if moment <= now), default=None)


def none_taken_since() -> datetime | None:
    """Since when no mail server takes anything: when the first letter was written of those tried in vain since the last that
    was taken. None where they are to one address alone, which says nothing of the server. Two statements."""
    tried = Letter.objects.waiting().filter(tries__gt=0)
    if last := Letter.objects.aggregate(last=Max("sent"))["last"]:
        tried = tried.filter(written__gt=last)
    found = tried.aggregate(first=Min("written"), addresses=Count("to", distinct=True))
    return found["first"] if found["addresses"] > 1 else None


def deliver_waiting() -> int:
    """Hand over what is waiting and was not tried just now; how many were taken."""
    now, taken = timezone.now(), 0
    for pk, tries, tried in Letter.objects.waiting().order_by("pk").values_list("pk", "tries", "tried").iterator():
        if tried is None or tried + pause_after(tries) <= now:
            taken += deliver(pk, tries)
    return taken


def forget_contents() -> int:
    """Empty the letters that were sent or given up a month ago; how many."""
    since = timezone.now() - _KEPT
    return empty(Letter.objects.filter(sent__lt=since)) + empty(Letter.objects.given_up().filter(tried__lt=since))


def empty(letters) -> int:
    """Forget what stands in letters and to whom they went; their keys stay, so that none is sent again. How many."""
    return letters.exclude(to="").update(to="", subject="", text="", attachment=None, attachment_name="", problem="")


def _message(letter: Letter) -> EmailMessage:
    host = urlsplit(settings.SITE_URL).hostname
    message = EmailMessage(
        letter.subject,
        letter.text,
        to=[letter.to],
        headers={
            # The same at each try: should a try have got through unnoticed, mail programs show one letter.
            "Message-ID": f"<letter-{letter.pk}-{int(letter.written.timestamp())}@{host}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.language,
        },
    )
    if letter.attachment is not None:
        message.attach(letter.attachment_name, bytes(letter.attachment), "application/pdf")
    return message
