"""A page of prose."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from initiative.base.pages import BasePage
from initiative.base.prepared import Prepared
from initiative.base.querysets import with_language
from initiative.blocks import StandardBodyBlock, words


class StandardPage(BasePage):
    """Any page that is mostly text: about, strategy, contact, accessibility …"""

    body = StreamField(StandardBodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    parent_page_types = ["initiative.HomePage", "initiative.StandardPage"]
    subpage_types = ["initiative.StandardPage", "initiative.GovernancePage"]

    class Meta:
        verbose_name = _("standard page")

    def search_text(self):
        return f"{self.introduction} {words(self.body)}"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        below = self._get_children_path_interval(self.path)
        context["children"] = [] if self.is_leaf() else _shown_below(self.depth + 1, *below)
        return context


def _pages_shown_below(depth: int, first_path: str, last_path: str):
    found = Page.objects.live().filter(depth=depth, path__range=(first_path, last_path), show_in_menus=True)
    return with_language(found).order_by("path")


_shown_below = Prepared(_pages_shown_below)
