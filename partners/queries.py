"""Questions about partners, asked in words."""

from django.db.models import Exists, OuterRef, Prefetch, Q

from committee.queries import priorities_with_pages
from initiative.base.landmarks import landmarks
from partners.enums import PartnerType, ReportState


def partner_types() -> list[dict]:
    """The seven types: `{"key", "name", "url"}`, each leading to its part of the directory."""
    directory = landmarks().url("partners")
    return [
        {"key": key, "name": name, "url": f"{directory}?type={key}" if directory else ""}
        for key, name in PartnerType.choices
    ]


def live_partners():
    """Published organisations of the directory, by name, ready for a list."""
    return live_organisations().filter(listed=True)


def live_organisations():
    """Published organisations by name, ready for a list; also those that only made something in the library."""
    return _with_logo().prefetch_related("memberships")


def _with_logo():
    from partners.models import Organisation

    found = Organisation.objects.live().select_related("country", "logo").prefetch_related("logo__renditions")
    return found.order_by("name", "pk")


def organisation_by_slug(slug: str):
    """The live organisation of this slug with all that its page shows, or None."""
    found = live_organisations().prefetch_related("commitments", "testimonials", "declarations__joint_declaration")
    return found.filter(slug=slug).first()


def public_commitments():
    """Published commitments of published organisations; those that ended or were taken back too."""
    from partners.models import Commitment

    return Commitment.objects.live().filter(organisation__live=True)


def in_countries(codes) -> Q:
    """Carried out in any of these countries; where a commitment names none, its organisation's country stands for it."""
    from partners.models import Commitment

    places = Commitment.places.through.objects.filter(commitment=OuterRef("pk"))
    return Q(Exists(places.filter(place__in=codes))) | (Q(organisation__country__in=codes) & ~Q(Exists(places)))


def live_commitments():
    """Published commitments of published organisations, newest first, ready for a list."""
    found = public_commitments().select_related("organisation__country", "organisation__logo")
    return found.prefetch_related("organisation__logo__renditions").order_by("-start", "-pk")


def live_testimonials():
    """Published testimonials in order, ready for a list."""
    from partners.models import Testimonial

    return Testimonial.objects.live().select_related("organisation__country", "person")


def commitments_on(priority_id: int, count: int) -> list:
    """The newest commitments on a research priority."""
    return list(live_commitments().filter(priorities=priority_id)[:count])


def commitment_by_slug(slug: str):
    """The live commitment of this slug with all that its page shows, or None."""
    from partners.models import ProgressReport

    approved = ProgressReport.objects.approved().prefetch_related("evidence")
    shown = live_commitments().prefetch_related(
        "sdgs",
        "topics",
        "places",
        "changes",
        Prefetch("priorities", priorities_with_pages()),
        Prefetch("reports", approved, to_attr="approved_reports"),
    )
    return shown.filter(slug=slug).first()


def public_evidence(slug: str, pk: int):
    """The file of an approved report on the live commitment of this slug, or None."""
    from partners.models import Evidence

    shown = Evidence.objects.filter(report__commitment__in=live_commitments(), report__state=ReportState.APPROVED)
    return shown.exclude(file="").filter(report__commitment__slug=slug, pk=pk).first()
