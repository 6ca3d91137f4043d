"""What organisations and people say of the Initiative, told in the project's own words, and the page that lists it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from initiative.base.languages import language_name
from initiative.base.pages import BasePage
from initiative.base.querysets import DraftedQuerySet
from initiative.base.records import EditedRecord, TranslatedText
from initiative.base.validators import validate_language
from initiative.blocks import BodyBlock, words
from partners.queries import live_testimonials


class Testimonial(EditedRecord, TranslatedText):
    """The stance of one organisation or person."""

    main_text = "stance"
    preview_template = "partners/testimonial.html"

    slug = models.SlugField(_("key"), unique=True)
    organisation = models.ForeignKey(
        "partners.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="testimonials",
    )
    person = models.ForeignKey(
        "initiative.Person",
        verbose_name=_("or person"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="testimonials",
    )
    stance = models.TextField(_("what it stands for"), help_text=_("In our own words, not a quotation."))
    source_language = models.CharField(
        _("language of the source"),
        max_length=12,
        blank=True,
        validators=[validate_language],
        help_text=_("A code such as en, fr, pt-br."),
    )
    source_title = models.CharField(_("source"), max_length=255, blank=True)
    source_url = models.URLField(_("where it can be read"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = DraftedQuerySet.as_manager()

    class Meta:
        verbose_name = _("testimonial")
        verbose_name_plural = _("testimonials")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.speaker

    def clean(self):
        super().clean()
        if bool(self.organisation_id) == bool(self.person_id):
            raise ValidationError({"person": _("Choose an organisation or a person, one of the two.")})

    @property
    def speaker(self) -> str:
        """Whose stance it is."""
        found = self.organisation or self.person
        return found.name if found else ""

    speaker.fget.short_description = _("speaker")  # over its column in the admin

    @property
    def source_language_name(self) -> str:
        """The language of the source in the reader's language; empty where it isn't known."""
        return language_name(self.source_language) if self.source_language else ""

    @property
    def is_translated(self) -> bool:
        """True where the reader is shown another language than that of the source."""
        return bool(self.source_language) and self.shown_language() != self.source_language

    def get_head(self):
        from initiative.base.head import Head

        return Head(self.speaker, shown_language=self.shown_language())

    def get_detail_context(self) -> dict:
        return {"testimonials": [self]}


class TestimonialsPage(BasePage):
    """What others say."""

    landmark = "testimonials"
    __test__ = False  # its name doesn't make it a test

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    parent_page_types = ["initiative.HomePage"]
    subpage_types = []

    class Meta:
        verbose_name = _("testimonials page")

    def search_text(self):
        return f"{self.introduction} {words(self.body)}"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["testimonials"] = list(live_testimonials())
        return context
