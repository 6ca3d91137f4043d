"""Who made a work, in order."""

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from resources.enums import Role

# Of people and organisations, with all that is written of them in each language, just this.
_TOLD = (
    "resource", "sort_order", "role", "person__slug", "person__given_name", "person__family_name", "person__orcid",
    "organisation__slug", "organisation__name", "organisation__website", "organisation__live",
)  # fmt: skip


class ContributionQuerySet(models.QuerySet):
    def with_pages(self):
        """With what a page says of who contributed, and whether a person has a page of their own, as members of the committee
        have. No statement more."""
        people = apps.get_model("initiative", "Person").objects
        member = people.filter(pk=models.OuterRef("person"), terms__isnull=False)
        told = self.select_related("person", "organisation").only(*_TOLD)
        return told.annotate(is_member=models.Exists(member))


class Contribution(Orderable):
    """A person or an organisation, and what it did for the work."""

    resource = ParentalKey("resources.Resource", on_delete=models.CASCADE, related_name="contributions")
    person = models.ForeignKey(
        "initiative.Person",
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    organisation = models.ForeignKey(
        "partners.Organisation",
        verbose_name=_("or organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.AUTHOR)

    objects = ContributionQuerySet.as_manager()

    panels = [FieldPanel("person"), FieldPanel("organisation"), FieldPanel("role")]

    class Meta(Orderable.Meta):
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            models.CheckConstraint(
                name="contribution_by_one",
                condition=models.Q(person__isnull=False, organisation__isnull=True)
                | models.Q(person__isnull=True, organisation__isnull=False),
                violation_error_message=_("Choose a person or an organisation, one of the two."),
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.get_role_display()})"

    @property
    def maker(self):
        """The person or the organisation."""
        return self.person or self.organisation

    @property
    def path(self) -> str:
        """The page of whoever contributed, in the active language; empty where they have none. People's only `with_pages`."""
        has_page = self.organisation.live if self.organisation else getattr(self, "is_member", False)
        return self.maker.path if has_page else ""

    @property
    def name(self) -> str:
        """The maker's name as it is shown."""
        return self.maker.name if self.maker else ""
