"""Write a letter."""

from functools import partial

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from initiative.letters.delivery import deliver_soon
from initiative.letters.models import Letter


def write(
    key: str,
    to: str,
    template: str,
    language: str,
    context: dict | None = None,
    attachment: tuple[str, bytes] | None = None,
) -> bool:
    """Write a letter in a language, to be handed over after the commit; `attachment` is the name and content of a PDF.

    False, and nothing written, where there is one with this key already.
    """
    with translation.override(language):
        subject, _line, text = render_to_string(template, {"site_url": settings.SITE_URL, **(context or {})}).partition(
            "\n"
        )
    name, content = attachment or ("", None)
    letter, is_new = Letter.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "language": language,
            # A subject is one line, whatever somebody wrote that came to stand in it.
            "subject": " ".join(subject.split())[:200],
            "text": text.strip() + "\n",
            "attachment": content,
            "attachment_name": name,
        },
    )
    if is_new:
        transaction.on_commit(partial(deliver_soon, letter.pk))
    return is_new
