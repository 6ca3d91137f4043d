"""Admin panels for translated fields: a tab per language, each with its own `lang` and `dir`."""

from collections.abc import Sequence

from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.panels import FieldPanel, ObjectList, Panel, TabbedInterface

from initiative.base import languages


def localized_names(field: str) -> list[str]:
    """The column names of a translated field: `title` → `["title_en", "title_fr", …]`."""
    return [build_localized_fieldname(field, code) for code in languages.codes()]


def language_tabs(heading, panels: Sequence[Panel | str], fields: Sequence[str]) -> TabbedInterface:
    """An edit form: one tab of what is the same in all languages, then a tab per language with the translated fields."""
    tabs = [ObjectList([panel if isinstance(panel, Panel) else FieldPanel(panel) for panel in panels], heading=heading)]
    for code in languages.codes() if fields else []:
        attrs = {"lang": code, "dir": languages.direction(code)}
        tabs.append(
            ObjectList(
                [FieldPanel(build_localized_fieldname(field, code), attrs=attrs) for field in fields],
                heading=languages.own_name(code),
            )
        )
    return TabbedInterface(tabs)


def translated_panels(field: str) -> list[FieldPanel]:
    """A panel per language for one field, for inline forms where tabs don't fit."""
    return [
        FieldPanel(build_localized_fieldname(field, code), attrs={"lang": code, "dir": languages.direction(code)})
        for code in languages.codes()
    ]
