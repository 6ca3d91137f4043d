"""Getting involved."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from initiative.base.pages import BasePage
from initiative.blocks import BodyBlock, words


class JoinPage(BasePage):
    """How to join: the seven types of partner, what to send, and what signing means."""

    landmark = "join"

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    parent_page_types = ["initiative.HomePage"]
    subpage_types = []

    class Meta:
        verbose_name = _("getting involved page")

    def search_text(self):
        return f"{self.introduction} {words(self.body)}"
