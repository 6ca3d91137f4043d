"""Questions about partners, asked in words."""

from collections import defaultdict

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from committee.queries import priorities_with_pages
from initiative.base.landmarks import landmarks
from initiative.base.prepared import Prepared
from initiative.base.records import bring_along, columns
from partners.enums import PartnerType, ReportState

# What a row of a list shows: records read whole took three times as long.
_PARTNER_ROW = ("slug", "name", "acronym", "type", "country", "logo")


def _commitment_row() -> list[str]:
    shown = [f"organisation__{name}" for name in ("live", *_PARTNER_ROW)]
    return ["slug", *columns("title"), "start", "end", "course", "due_on", "silent_on", *shown]


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


def partners_in_order(keys: list[int]) -> list:
    """The partners of these primary keys, in this order, each with `commitment_count` and just what a row shows; those no longer
    public are left out. Three statements at most, each written once."""
    found = {partner.pk: partner for partner in with_seats(_partners.among(*keys))}
    return [found[key] for key in keys if key in found]


def partners_in(country: str, count: int) -> list:
    """So many partners of a country, by name, with just what a row shows. Three statements at most."""
    found = live_partners().prefetch_related(None).prefetch_related("logo__renditions").filter(country=country)
    return with_seats(list(found.only(*_PARTNER_ROW)[:count]))


def with_seats(partners: list) -> list:
    """These partners, each told its memberships in order; one statement."""
    seats = defaultdict(list)
    for seat in _seats.among(*(partner.pk for partner in partners)):
        seats[seat.organisation_id].append(seat)
    for partner in partners:
        bring_along(partner, "memberships", seats[partner.pk])
    return partners


def _partners_of(*keys: int):
    counted = models.Count("commitments", filter=models.Q(commitments__live=True))
    found = _with_logo().filter(listed=True, pk__in=keys).annotate(commitment_count=counted)
    return found.only(*_PARTNER_ROW)


def _seats_of(*keys: int):
    from partners.models import Membership

    return Membership.objects.filter(organisation__in=keys)


_partners, _seats = Prepared(_partners_of), Prepared(_seats_of)


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


def commitments_in_order(keys: list[int]) -> list:
    """The public commitments of these primary keys, in this order, with just what a row shows. One statement, written once,
    and one more where any has a logo."""
    found = {commitment.pk: commitment for commitment in _commitments.among(*keys)}
    return [found[key] for key in keys if key in found]


def _commitments_of(*keys: int):
    return live_commitments().filter(pk__in=keys).only(*_commitment_row())


_commitments = Prepared(_commitments_of)


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
