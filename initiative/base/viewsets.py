"""What the admin's lists and forms of records share."""

from django.contrib.auth import get_permission_codename
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import PublishingPanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from initiative.base.panels import language_tabs

__all__ = ["RecordViewSet", "SnippetViewSetGroup"]


class RecordViewSet(SnippetViewSet):
    """The admin of one kind of record: one tab of facts, a tab of texts per language.

    Who may change records but not add any (a translator) sees and changes the texts only.
    """

    facts: list = []
    texts: list[str] = []
    # Who may do this to records sees the facts.
    facts_for = "add"
    form: type[WagtailAdminModelForm] = WagtailAdminModelForm
    copy_view_enabled = False
    list_per_page = 50

    def get_edit_handler(self):
        panels = list(self.facts)
        if self.draftstate_enabled:
            panels.append(PublishingPanel())
        permission = f"{self.model._meta.app_label}.{get_permission_codename(self.facts_for, self.model._meta)}"
        handler = language_tabs(_("Facts"), panels, self.texts, permission, self.form)
        return handler.bind_to_model(self.model)
