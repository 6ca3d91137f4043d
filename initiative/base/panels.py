"""Admin panels for translated fields: a tab per language, each with its own `lang` and `dir`; facts for those who may."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, Panel, TabbedInterface
from wagtail.admin.panels.group import PanelGroup
from wagtail.models import DraftStateMixin

from initiative.base import languages, rights
from initiative.base.drafts import FACTS, unpublished


def localized_names(field: str) -> list[str]:
    """The column names of a translated field: `title` → `["title_en", "title_fr", …]`."""
    return [build_localized_fieldname(field, code) for code in languages.codes()]


def language_tabs(
    heading,
    panels: Sequence[Panel | str],
    fields: Sequence[str],
    permission: str | None = None,
    form: type[WagtailAdminModelForm] = WagtailAdminModelForm,
) -> TabbedInterface:
    """An edit form: one tab of what is the same in all languages, then a tab per language with the translated fields.

    Without `permission` (`app.add_model`) a user gets the languages alone, and of these only the ones they may write;
    nothing else can be sent. `form` is what the form extends.
    """
    facts = [panel if isinstance(panel, Panel) else FieldPanel(panel) for panel in panels]
    if permission:
        facts = [_for_those_with(permission, panel) for panel in facts]
    tabs = [ObjectList(facts, heading=heading, permission=permission)]
    for code in languages.codes() if fields else []:
        texts = [_in_language(field, code) for field in fields]
        tabs.append(ObjectList(texts, heading=languages.own_name(code), permission=rights.permission(code)))
    return TabbedInterface(tabs, base_form_class=_form_for_those_with(permission, form) if permission else form)


def _in_language(field: str, code: str) -> FieldPanel:
    """The panel of a translated field in one language, for those who may write it."""
    return FieldPanel(
        build_localized_fieldname(field, code),
        attrs={"lang": code, "dir": languages.direction(code)},
        permission=rights.permission(code),
    )


def _for_those_with(permission: str, panel: Panel | str) -> Panel:
    """The panel, and all within it, for users with this permission only."""
    panel = FieldPanel(panel) if isinstance(panel, str) else panel.clone()
    if isinstance(panel, PanelGroup):
        panel.children = [_for_those_with(permission, child) for child in panel.children]
    elif isinstance(panel, InlinePanel):
        return _InlineFacts(**panel.clone_kwargs())
    elif isinstance(panel, FieldPanel):
        panel.permission = panel.permission or permission
    return panel


def _form_for_those_with(permission: str, form: type[WagtailAdminModelForm]) -> type[WagtailAdminModelForm]:
    """A form that leaves its inline forms out, as Wagtail does with fields, where the user hasn't this permission.

    It publishes the whole draft, so not what the user may not write.
    """

    class RecordForm(form):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            if self.for_user and not self.for_user.has_perm(permission):
                self.formsets = {}

        def clean(self):
            cleaned = super().clean()
            if others := self._others_drafts():
                names = ", ".join(
                    str(_("Facts")) if part == FACTS else languages.language_name(part) for part in others
                )
                said = _(
                    "The draft also has changes that you may not publish: %(parts)s. Save yours as a draft, or publish "
                    "your language alone under Translations."
                )
                self.add_error(None, said % {"parts": names})
            return cleaned

        def _others_drafts(self) -> list[str]:
            """What would be published with this form though the user may not write it. The record is still as drafted."""
            sent, record, user = self.data, self.instance, self.for_user
            publishes = sent.get("action-publish") or sent.get("workflow-action-name") == "approve"
            if not (publishes and user and record.pk and isinstance(record, DraftStateMixin)):
                return []
            theirs = {*rights.written_by(user), *([FACTS] if user.has_perm(permission) else [])}
            return [part for part in unpublished(record) if part not in theirs]

    return RecordForm


class _InlineFacts(InlinePanel):
    """Inline forms that aren't shown where the form has left them out."""

    class BoundPanel(InlinePanel.BoundPanel):
        def __init__(self, *, panel, form, **kwargs):
            self.left_out = form is not None and panel.relation_name not in form.formsets
            super().__init__(panel=panel, form=None if self.left_out else form, **kwargs)

        def is_shown(self):
            return not self.left_out and super().is_shown()


def translated_panels(field: str) -> list[FieldPanel]:
    """A panel per language for one field, for inline forms where tabs don't fit."""
    return [_in_language(field, code) for code in languages.codes()]
