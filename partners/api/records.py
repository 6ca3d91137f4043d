"""Partners and commitments as the open data has them. What isn't named here isn't public."""

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from initiative.base import languages
from initiative.base.dates import is_over
from initiative.base.landmarks import landmarks
from initiative.base.records import columns
from partners.enums import Status
from partners.models import Commitment, Membership
from partners.queries import live_partners, public_commitments
from partners.status import status_on

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_OF_PARTNERS = ("slug", "name", "acronym", "type", "country", "website")


def partners() -> QuerySet:
    """Partners in the order of their ids, to be narrowed and read by `partner_records`."""
    return live_partners().select_related(None).prefetch_related(None).order_by("slug")


def commitments() -> QuerySet:
    """Commitments in the order of their ids, with all that is public of them."""
    found = public_commitments().select_related("organisation__country")
    return found.prefetch_related("places", "sdgs", "topics").order_by("slug")


def partner_records(found: QuerySet) -> list[dict]:
    """Partners as PartnerOut takes them. Three statements: just what is public is read, as values; whole records take four times
    as long."""
    rows = list(found.values_list("pk", *_OF_PARTNERS, *columns("description")))
    keys = [pk for pk, *_rest in rows]
    seats = Membership.objects.filter(organisation__in=keys).order_by().values_list("organisation", "body", "until")
    bodies = _together((pk, body) for pk, body, until in seats if not is_over(until))
    made = Commitment.objects.live().filter(organisation__in=keys).order_by().values_list("organisation", "slug")
    slugs = _together(made)
    start, codes = _landing("partners"), languages.codes()
    return [
        {
            "id": slug,
            "url": f"{start}{slug}/" if start else "",
            "name": name,
            "acronym": acronym,
            "type": kind,
            "country": _country(place),
            "website": website,
            "bodies": sorted(bodies[pk]),
            "description": {code: text for code, text in zip(codes, descriptions, strict=True) if text},
            "commitments": sorted(slugs[pk]),
        }
        for pk, slug, name, acronym, kind, place, website, *descriptions in rows
    ]


def commitment_records(found: Iterable) -> list[dict]:
    """Commitments as CommitmentOut takes them."""
    return [commitment_record(one) for one in found]


def commitment_record(commitment) -> dict:
    """One commitment as CommitmentOut takes it."""
    start = _landing("commitments")
    places = sorted(place.code for place in commitment.places.all() if not place.is_region)
    own = _country(commitment.organisation.country_id)
    status = status_on(timezone.localdate(), commitment)
    rests_on = commitment.rests_on
    if status == Status.SILENT:
        rests_on = commitment.reported_on or rests_on
    elif status == Status.REPORT_DUE:
        rests_on = commitment.due_on
    return {
        "id": commitment.slug,
        "url": f"{start}{commitment.slug}/" if start else "",
        "partner": commitment.organisation.slug,
        "partner_name": commitment.organisation.name,
        "countries": places or ([own] if own else []),
        "status": status.value,
        "status_rests_on": rests_on,
        "title": _texts(commitment, "title"),
        "goal": _texts(commitment, "goal"),
        "start": commitment.start,
        "end": commitment.end,
        "unit": commitment.unit,
        "baseline": _number(commitment.baseline),
        "target": _number(commitment.target),
        "value": _number(commitment.value),
        "reported_on": commitment.reported_on,
        "next_report_due": commitment.due_on,
        "outcome_on": commitment.outcome_on,
        "sdgs": sorted(goal.number for goal in commitment.sdgs.all()),
        "topics": sorted(topic.key for topic in commitment.topics.all()),
    }


def report_record(report) -> dict:
    """One approved report as ReportOut takes it."""
    return {
        "reported_on": report.reported_on,
        "value": _number(report.value),
        "unchanged": report.unchanged,
        "checked_on": report.decided_on,
        "language": report.language,
        "story": _texts(report, "story"),
    }


def _country(code: str | None) -> str | None:
    """The code of a country; a region's is none."""
    return None if code is None or code.isdigit() else code


def _number(value) -> int | float | None:
    """A figure as a number of JSON, whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def _texts(record, field: str) -> dict[str, str]:
    return {code: text for code in languages.codes() if (text := record.text_in(field, code))}


def _landing(role: str) -> str:
    """The address of the page of this role, in English where there is one; empty where there is none."""
    paths = (landmarks().url(role, code) for code in languages.codes())
    path = next((path for path in paths if path), "")
    return f"{settings.SITE_URL}{path}" if path else ""


def _together(pairs: Iterable[tuple[int, str]]) -> dict[int, set[str]]:
    """All that belongs to each key."""
    found = defaultdict(set)
    for key, text in pairs:
        found[key].add(text)
    return found
