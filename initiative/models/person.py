"""People: authors, members of the committee, those who speak for a partner."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import RevisionMixin

from initiative.base.head import Head
from initiative.base.records import ShownRecord


class Person(RevisionMixin, ShownRecord, ClusterableModel):
    """Somebody by name. Members of the committee have a page; for others the name leads to what they made."""

    landmark = "committee"
    main_text = "biography"

    given_name = models.CharField(_("given name"), max_length=120, blank=True)
    family_name = models.CharField(_("family name"), max_length=120)
    affiliation = models.CharField(_("affiliation"), max_length=255, blank=True)
    country = models.ForeignKey(
        "initiative.Place",
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    portrait = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    biography = models.TextField(_("biography"), blank=True, help_text=_("Paragraphs separated by an empty line."))
    orcid = models.CharField(_("ORCID"), max_length=19, blank=True, help_text=_("0000-0000-0000-0000"))
    website = models.URLField(_("website"), blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["family_name", "given_name"]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        """The full name, given name first."""
        return f"{self.given_name} {self.family_name}".strip()

    name.fget.short_description = _("name")  # over its column in the admin

    @property
    def monogram(self) -> str:
        """Two letters for a person without a portrait."""
        return (self.given_name[:1] + self.family_name[:1]).upper()

    def get_head(self) -> Head:
        return self.head(self.name, self.best("biography") or self.best("affiliation"))
