"""What a record's latest draft says that isn't public."""

import json

from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

from initiative.base import languages

FACTS = ""

# What Wagtail keeps of a record as a whole, whatever its drafts say.
_KEPT_BY_WAGTAIL = {
    "live", "has_unpublished_changes", "first_published_at", "last_published_at", "live_revision", "latest_revision",
    "expired", "locked", "locked_at", "locked_by",
}  # fmt: skip


def content(record) -> dict:
    """Field → what a record says in all languages, and its facts; keys of other records in one order."""
    said = json.loads(record.to_json())
    return {
        name: sorted(value) if isinstance(value, list) and all(isinstance(key, int) for key in value) else value
        for name, value in said.items()
        if name not in _KEPT_BY_WAGTAIL
    }


def unpublished(draft) -> list[str]:
    """The languages in which a record's draft differs from what is public, then FACTS if those do.

    Of a record that isn't public: the languages in which anything is written, and FACTS.
    """
    names = translator.get_options_for_model(type(draft)).get_field_names()
    columns = {build_localized_fieldname(name, code): code for name in names for code in languages.codes()}
    public = type(draft)._base_manager.get(pk=draft.pk)
    before, now = content(public) if public.live else {}, content(draft)
    # A name without its language is what the active language shows.
    changed = {name for name in now if name not in names and (before.get(name) or None) != (now[name] or None)}
    found = {columns.get(name, FACTS) for name in changed}
    return [code for code in (*languages.codes(), FACTS) if code in found]
