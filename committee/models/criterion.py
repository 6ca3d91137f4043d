"""The reference criteria against which projects are assessed, and the page that explains the assessment."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from initiative.base.pages import BasePage
from initiative.base.records import TranslatedText
from initiative.blocks import BodyBlock, words


class CriterionGroup(TranslatedText):
    """A step of the assessment, such as the safeguards."""

    main_text = "name"

    key = models.SlugField(_("key"), unique=True)
    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name = models.CharField(_("name"), max_length=160)
    explanation = models.TextField(_("explanation"), blank=True)

    class Meta:
        verbose_name = _("group of criteria")
        verbose_name_plural = _("groups of criteria")
        ordering = ["number"]

    def __str__(self):
        return f"{self.number}. {self.name}"


class CriterionQuerySet(models.QuerySet):
    def confirmed(self):
        """Only those whose wording the secretariat has confirmed; readers see no others."""
        return self.filter(confirmed=True)


class Criterion(TranslatedText):
    """One criterion, with the goals it is tied to."""

    main_text = "title"

    number = models.CharField(_("number"), max_length=8, unique=True, help_text=_("As published: 2.1"))
    group = models.ForeignKey(
        CriterionGroup, verbose_name=_("group"), on_delete=models.PROTECT, related_name="criteria"
    )
    title = models.CharField(_("title"), max_length=255)
    explanation = models.TextField(_("explanation"), blank=True)
    sdgs = models.ManyToManyField(
        "initiative.SustainableDevelopmentGoal", verbose_name=_("goals"), blank=True, related_name="criteria"
    )
    confirmed = models.BooleanField(
        _("wording confirmed"),
        default=False,
        help_text=_("Readers see a criterion only once its wording is confirmed."),
    )

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["group__number", "number"]

    def __str__(self):
        return f"{self.number} {self.title}"


class CriteriaPage(BasePage):
    """Indicators and criteria: the published list, how a project is assessed, and what it gains."""

    landmark = "criteria"

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    parent_page_types = ["initiative.HomePage"]
    subpage_types = []

    class Meta:
        verbose_name = _("indicators and criteria page")

    def search_text(self):
        return f"{self.introduction} {words(self.body)}"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        criteria = Criterion.objects.confirmed().prefetch_related("sdgs")
        context["groups"] = [
            group
            for group in CriterionGroup.objects.prefetch_related(models.Prefetch("criteria", criteria))
            if group.criteria.all()
        ]
        return context
