"""What the admin's lists and forms of records share."""

from django.contrib.auth import get_permission_codename
from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField
from django.template.defaultfilters import yesno
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import PublishingPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from initiative.base.panels import language_tabs

__all__ = ["RecordViewSet", "SnippetViewSetGroup"]


class YesNoColumn(Column):
    """Whether something is so, in the reader's words: Wagtail would write `True`."""

    def get_value(self, instance):
        return yesno(super().get_value(instance))


class RecordIndexView(IndexView):
    """The list of records."""

    def _get_custom_column(self, field_name, column_class=Column, **kwargs):
        if column_class is Column and self._is_yes_or_no(field_name):
            column_class = YesNoColumn
        return super()._get_custom_column(field_name, column_class, **kwargs)

    def _is_yes_or_no(self, name: str) -> bool:
        try:
            return isinstance(self.model._meta.get_field(name), BooleanField)
        except FieldDoesNotExist:
            return False


class RecordChooserViewSet(SnippetChooserViewSet):
    """The window in which a record is chosen. Wagtail's own texts, but in the reader's language: it translates them once, when it
    starts."""

    choose_one_text = gettext_lazy(SnippetChooserViewSet.choose_one_text)
    choose_another_text = gettext_lazy(SnippetChooserViewSet.choose_another_text)
    edit_item_text = gettext_lazy(SnippetChooserViewSet.edit_item_text)
    search_tab_label = gettext_lazy(SnippetChooserViewSet.search_tab_label)
    create_action_label = gettext_lazy(SnippetChooserViewSet.create_action_label)


class RecordViewSet(SnippetViewSet):
    """The admin of one kind of record: one tab of facts, a tab of texts per language.

    Who may change records but not add any (a translator) sees and changes the texts only.
    """

    facts: list = []
    texts: list[str] = []
    # Who may do this to records sees the facts.
    facts_for = "add"
    form: type[WagtailAdminModelForm] = WagtailAdminModelForm
    index_view_class = RecordIndexView
    chooser_viewset_class = RecordChooserViewSet
    copy_view_enabled = False
    list_per_page = 50

    def get_edit_handler(self):
        panels = list(self.facts)
        if self.draftstate_enabled:
            panels.append(PublishingPanel())
        permission = f"{self.model._meta.app_label}.{get_permission_codename(self.facts_for, self.model._meta)}"
        handler = language_tabs(_("Facts"), panels, self.texts, permission, self.form)
        return handler.bind_to_model(self.model)
