"""Organisations, and the bodies they belong to."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from initiative.base.choices import choice_label
from initiative.base.dates import PartialDateField
from initiative.base.head import Head
from initiative.base.querysets import DraftedQuerySet
from initiative.base.records import EditedRecord, ShownRecord
from initiative.follow import follow_path
from partners.countries import country_url
from partners.enums import Body, PartnerType
from partners.rows import monogram_of


class Organisation(EditedRecord, ShownRecord):
    """A partner, or an organisation that made something in the library. Its name is its own in every language."""

    landmark = "partners"
    main_text = "description"
    preview_template = "partners/organisation.html"

    name = models.CharField(_("name"), max_length=255)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    type = models.CharField(_("type"), max_length=16, choices=PartnerType, blank=True)
    listed = models.BooleanField(
        _("in the directory of partners"),
        default=False,
        help_text=_("Not for organisations that are here only because they made something in the library."),
    )
    country = models.ForeignKey(
        "initiative.Place",
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="organisations",
    )
    website = models.URLField(_("website"), blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    description = models.TextField(
        _("what it is and does"), blank=True, help_text=_("Paragraphs separated by an empty line.")
    )

    objects = DraftedQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_type_display(self) -> str:
        return choice_label(PartnerType, self.type)

    @property
    def monogram(self) -> str:
        """Up to two letters for an organisation without a logo."""
        return monogram_of(self.name, self.acronym)

    def get_head(self) -> Head:
        return self.head(self.name, self.best("description"))

    def get_detail_context(self) -> dict:
        from resources.queries import resources_of

        place = self.country
        return {
            "organisation": self,
            "follow_url": follow_path("organisation", [("slug", self.slug)]),
            "country_url": country_url(place.code) if place and not place.is_region else "",
            # A preview before the first save has nothing to its name yet.
            "commitments": [commitment for commitment in self.commitments.all() if commitment.live] if self.pk else [],
            "testimonials": [said for said in self.testimonials.all() if said.live] if self.pk else [],
            "resources": resources_of(self) if self.pk else [],
        }


class Membership(models.Model):
    """An organisation's time in the Forum or the Consortium."""

    organisation = ParentalKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="memberships"
    )
    body = models.CharField(_("body"), max_length=12, choices=Body)
    since = PartialDateField(_("since"), blank=True)
    until = PartialDateField(_("until"), blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["body", "since"]

    def __str__(self):
        return f"{self.organisation}: {self.get_body_display()}"

    def get_body_display(self) -> str:
        return choice_label(Body, self.body)
