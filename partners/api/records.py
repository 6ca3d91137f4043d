"""Partners and commitments as the open data has them. What isn't named here isn't public."""

from django.conf import settings
from django.utils import timezone

from initiative.base import languages
from initiative.base.dates import is_over
from partners.enums import Status
from partners.queries import live_partners, public_commitments
from partners.status import status_on

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def partners():
    """Partners in the order of their ids, with all that is public of them."""
    return live_partners().prefetch_related("commitments").order_by("slug")


def commitments():
    """Commitments in the order of their ids, with all that is public of them."""
    found = public_commitments().select_related("organisation__country")
    return found.prefetch_related("places", "sdgs", "topics").order_by("slug")


def partner_record(partner) -> dict:
    """One partner as PartnerOut takes it."""
    return {
        "id": partner.slug,
        "url": _url(partner),
        "name": partner.name,
        "acronym": partner.acronym,
        "type": partner.type,
        "country": _country(partner),
        "website": partner.website,
        "bodies": sorted({one.body for one in partner.memberships.all() if not is_over(one.until)}),
        "description": _texts(partner, "description"),
        "commitments": sorted(one.slug for one in partner.commitments.all() if one.live),
    }


def commitment_record(commitment) -> dict:
    """One commitment as CommitmentOut takes it."""
    places = sorted(place.code for place in commitment.places.all() if not place.is_region)
    own = _country(commitment.organisation)
    status = status_on(timezone.localdate(), commitment)
    rests_on = commitment.rests_on
    if status == Status.SILENT:
        rests_on = commitment.reported_on or rests_on
    elif status == Status.REPORT_DUE:
        rests_on = commitment.due_on
    return {
        "id": commitment.slug,
        "url": _url(commitment),
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


def _country(organisation) -> str | None:
    place = organisation.country
    return place.code if place and not place.is_region else None


def _number(value) -> int | float | None:
    """A figure as a number of JSON, whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def _texts(record, field: str) -> dict[str, str]:
    return {code: text for code in languages.codes() if (text := record.text_in(field, code))}


def _url(record) -> str:
    paths = (record.get_url(code) for code in languages.codes())
    path = next((path for path in paths if path), "")
    return f"{settings.SITE_URL}{path}" if path else ""
