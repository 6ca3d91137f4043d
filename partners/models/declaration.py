"""The joint declarations, and who signed them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from initiative.base.dates import PartialDateField
from initiative.base.records import TranslatedText


class JointDeclaration(TranslatedText):
    """A text that partners sign. The secretariat publishes its wording; until then only the summary is shown."""

    main_text = "title"

    key = models.SlugField(_("key"), unique=True)
    title = models.CharField(_("title"), max_length=255)
    adopted = PartialDateField(_("adopted"), blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("What it says, in our own words. Paragraphs separated by an empty line.")
    )
    text = models.TextField(
        _("full text"), blank=True, help_text=_("The wording that is signed. Paragraphs separated by an empty line.")
    )

    class Meta:
        verbose_name = _("joint declaration")
        verbose_name_plural = _("joint declarations")
        ordering = ["adopted"]

    def __str__(self):
        return self.title


class Declaration(models.Model):
    """An organisation's signature under a joint declaration."""

    organisation = ParentalKey(
        "partners.Organisation", verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="declarations"
    )
    joint_declaration = models.ForeignKey(
        JointDeclaration, verbose_name=_("declaration"), on_delete=models.PROTECT, related_name="signatures"
    )
    signed = PartialDateField(_("signed"), blank=True)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["signed"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "joint_declaration"], name="declaration_signed_once")
        ]

    def __str__(self):
        return f"{self.organisation}: {self.joint_declaration}"
