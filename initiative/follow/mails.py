"""The three mails that readers get. Each is written in the active language."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext, ngettext

from initiative.base import numbers
from initiative.base.mail import compose
from initiative.follow import links
from initiative.follow.models import Follow, Follower
from initiative.follow.subjects import Part


def confirmation(follow: Follow):
    """Asks the owner of the address for a yes. The only mail that an address gets which hasn't given one."""
    words = follow.words
    context = {"words": words, "confirm_url": links.confirm_url(follow), "frequency": follow.get_frequency_display()}
    subject = gettext("Please confirm: %(words)s") % {"words": words}
    return compose("follow/mails/confirm", subject, follow.follower.email, context)


def known(follow: Follow):
    """Says that this is followed already, and gives the link to what is followed: also for who has lost it."""
    words = follow.words
    context = {"words": words, "mine_url": links.mine_url(follow.follower), "stop_url": links.stop_url(follow.follower)}
    subject = gettext("You follow this already: %(words)s") % {"words": words}
    return compose("follow/mails/known", subject, follow.follower.email, context)


def digest(follower: Follower, parts: Sequence[Part], until: datetime):
    """What is new, up to a moment, of what a reader follows."""
    total = sum(part.news.total for part in parts)
    if len(parts) == 1:
        subject = ngettext("%(n)s new: %(words)s", "%(n)s new: %(words)s", total)
        subject = subject % {"n": numbers.display(total), "words": parts[0].words}
    else:
        subject = ngettext("%(n)s new in what you follow", "%(n)s new in what you follow", total)
        subject = subject % {"n": numbers.display(total)}
    stop_url = links.stop_url(follower)
    context = {"parts": parts, "total": total, "mine_url": links.mine_url(follower), "stop_url": stop_url}
    host = urlsplit(settings.SITE_URL).hostname
    headers = {
        # RFC 8058: mail programs stop it all with one click, which is a POST without cookie or question.
        "List-Unsubscribe": f"<{stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"<follow.{host}>",
        # One for each reader and stretch of time, so that a mail server that is given it twice can tell.
        "Message-ID": f"<{int(until.timestamp())}.{follower.identity.hex}@{host}>",
    }
    return compose("follow/mails/digest", subject, follower.email, context, headers)
