"""How the Initiative governs itself: its bodies, their colleges, and the page that draws them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from initiative.base.pages import BasePage
from initiative.base.records import TranslatedText
from initiative.blocks import BodyBlock, words


class GovernanceBody(TranslatedText):
    """One of the bodies; the diagram is drawn from these records."""

    main_text = "name"

    key = models.SlugField(_("key"), unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name = models.CharField(_("name"), max_length=120)
    role = models.TextField(_("what it does"))
    members = models.TextField(_("who sits in it"), blank=True)
    decides = models.BooleanField(_("takes the decisions"), default=False)
    landmark = models.SlugField(
        _("page"), blank=True, help_text=_("The role of the page that tells more, such as committee.")
    )

    class Meta:
        verbose_name = _("governance body")
        verbose_name_plural = _("governance bodies")
        ordering = ["order"]

    def __str__(self):
        return self.name


class College(TranslatedText):
    """One of the colleges of actors that partners sit in."""

    main_text = "name"

    key = models.SlugField(_("key"), unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("college")
        verbose_name_plural = _("colleges")
        ordering = ["order"]

    def __str__(self):
        return self.name


class GovernancePage(BasePage):
    """The bodies as a diagram made from records, and the prose around it."""

    landmark = "governance"

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    parent_page_types = ["initiative.HomePage", "initiative.StandardPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("governance page")

    def search_text(self):
        return f"{self.introduction} {words(self.body)}"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["bodies"] = list(GovernanceBody.objects.all())
        context["colleges"] = list(College.objects.all())
        return context
