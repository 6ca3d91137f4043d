"""The three mails that readers get. Each is written in the active language."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext, ngettext

from initiative.base.mail import compose
from initiative.follow import links
from initiative.follow.models import Follow, Follower
from initiative.follow.subjects import News


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


def digest(follower: Follower, told: list[tuple[Follow, News]], until):
    """What is new of what a reader follows: follows with their news, none of them empty."""
    total = sum(news.total for _follow, news in told)
    if len(told) == 1:
        subject = ngettext("%(n)s new: %(words)s", "%(n)s new: %(words)s", total)
        subject = subject % {"n": total, "words": told[0][0].words}
    else:
        subject = ngettext("%(n)s new in what you follow", "%(n)s new in what you follow", total) % {"n": total}
    stop_url = links.stop_url(follower)
    host = urlsplit(settings.SITE_URL).hostname
    context = {
        "parts": [
            {
                "follow": follow,
                "words": follow.words,
                "url": follow.url,
                "total": news.total,
                "items": news.items,
                "more": news.total - len(news.items),
                "since": follow.confirmed_at,
                "frequency": follow.get_frequency_display(),
            }
            for follow, news in told
        ],
        "total": total,
        "mine_url": links.mine_url(follower),
        "stop_url": stop_url,
    }
    headers = {
        # RFC 8058: mail programs stop it all with one click, which is a POST without cookie or question.
        "List-Unsubscribe": f"<{stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"<follow.{host}>",
        # One for each reader and stretch of time, so that a mail server that is given it twice can tell.
        "Message-ID": f"<{int(until.timestamp())}.{follower.identity.hex}@{host}>",
    }
    return compose("follow/mails/digest", subject, follower.email, context, headers)
