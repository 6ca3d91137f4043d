"""What the pages of the translations show: differences, ages, addresses with another filter."""

import datetime
import re

from django import template
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.timesince import timesince
from wagtail.images.models import AbstractImage

from initiative.base import languages
from initiative.translations.difference import word_difference, words_changed
from initiative.translations.enums import State

register = template.Library()

_TARGET = re.compile(r"\[([^\]]*)\]")

_ICONS = {
    State.MISSING: "minus",
    State.DRAFT: "edit",
    State.OUTDATED: "warning",
    State.CURRENT: "check",
    State.SOURCE: "pilcrow",
}


@register.filter
def state_icon(state):
    """The name of the icon of a state."""
    return _ICONS.get(state, "help")


@register.filter
def age(moment):
    """How many days, weeks or months ago: `3 weeks`; empty on the first day."""
    return timesince(moment, depth=1) if timezone.now() - moment >= datetime.timedelta(days=1) else ""


@register.filter
def difference_from(now, before):
    """Pieces that lead from an older wording to one, to show."""
    return word_difference(before or "", now or "")


@register.inclusion_tag("translations/fact.html")
def fact(text, said):
    """What a fact says, to show: what its keys are of, by their names, pictures among them; else as it is written."""
    keys = [int(key) for key in re.findall(r"\d+", said or "")] if text.model else []
    found = text.model._base_manager.in_bulk(keys) if keys else {}
    things = [found.get(key, f"[{key}]") for key in keys]
    return {"things": things, "said": said, "are_pictures": bool(text.model) and issubclass(text.model, AbstractImage)}


@register.filter
def words_and_targets(said):
    """A wording to show: lines apart, and where links lead in small print."""
    shown = _TARGET.sub(r'<small class="tr-target">\1</small>', escape(said).replace("\n", "<br>"))
    return mark_safe(shown)  # noqa: S308  (escaped above)


@register.filter
def change_of_words(now, before):
    """`{"added", "removed"}`: how many words came and went."""
    added, removed = words_changed(before or "", now or "")
    return {"added": added, "removed": removed}


@register.filter
def own_name(code):
    """A language's name in that language."""
    return languages.own_name(code)


@register.filter
def in_words(code):
    """A language's name in the reader's language."""
    return languages.language_name(code)


@register.filter
def direction(code):
    """`rtl` or `ltr`."""
    return languages.direction(code)


@register.filter
def get(mapping, key):
    """What a mapping has for a key; nothing where it has nothing."""
    return mapping.get(key) if mapping else None
