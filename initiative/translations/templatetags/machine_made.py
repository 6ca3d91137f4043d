"""Whether readers see a machine's words."""

from django import template

from initiative.base.head import Head
from initiative.translations.machine_made import is_machine_made

register = template.Library()


@register.filter
def machine_made(head: Head) -> bool:
    """Whether the text of a page, by its head, was translated by a machine and nobody has checked it."""
    return bool(head.subject) and is_machine_made(head.subject, head.shown_language)
