"""Mail that the site writes: text and HTML from two templates, in the active language, with nothing to fetch or to count."""

import re
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext

from initiative.base import languages

_LONGEST_SUBJECT = 200
# Line breaks and spaces, but for those that keep words together.
_BREAKABLE = re.compile(r"[^\S\u00a0\u202f]+")


def compose(template: str, subject: str, to: str, context: dict, headers: dict[str, str] | None = None):
    """A mail to one address from `<template>.txt` and `<template>.html`, not sent yet.

    Both have `language`, `direction`, `site_url` and `subject` besides the context. Line breaks in the subject, which could
    add headers, become spaces.
    """
    language = languages.current()
    subject = shorten(subject, _LONGEST_SUBJECT)
    context = {
        "language": language,
        "direction": languages.direction(language),
        "site_url": settings.SITE_URL,
        "subject": subject,
        **context,
    }
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"{template}.txt", context),
        from_email=sender(),
        to=[to],
        headers={
            "Content-Language": language,
            # Machines that answer for people on holiday keep quiet (RFC 3834).
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            **(headers or {}),
        },
    )
    mail.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    return mail


def sender() -> str:
    """Who the site writes as: DEFAULT_FROM_EMAIL, under the Initiative's name where that has none of its own."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or gettext("4 per 1000"), address))


def shorten(text: str, longest: int) -> str:
    """A text in one line of so many characters at most, cut at a word."""
    text = _BREAKABLE.sub(" ", text).strip()
    if len(text) <= longest:
        return text
    cut = text[:longest].rpartition(" ")[0] or text[: longest - 1]
    return f"{cut.rstrip(' .,;:،؛')}…"
