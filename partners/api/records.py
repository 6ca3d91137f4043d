"""Partners and commitments as the open data has them. What isn't named here isn't public."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields

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
from partners.status import Standing, status_on

PORTION = 100
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_OF_COMMITMENTS = (
    "slug", "organisation__slug", "organisation__name", "organisation__country", "start", "end", "unit", "baseline",
    "target", "outcome_on",
)  # fmt: skip
_STANDING = tuple(field.name for field in fields(Standing))
_GOAL = "sustainabledevelopmentgoal__number"
_OF_PARTNERS = ("slug", "name", "acronym", "type", "country", "website")


def partners() -> QuerySet:
    """Partners in the order of their ids, to be narrowed and read by `partner_records`."""
    return live_partners().select_related(None).prefetch_related(None).order_by("slug")


def commitments() -> QuerySet:
    """Commitments in the order of their ids, to be narrowed and read by `commitment_records`."""
    return public_commitments().order_by("slug")


def every(found: QuerySet, records_of: Callable[[QuerySet], list[dict]]) -> Iterator[dict]:
    """All that was found as `records_of` takes them, so many read at a time: five thousand whole commitments took 120 MiB. One
    statement, and those of `records_of` for each portion."""
    keys = list(found.values_list("pk", flat=True))
    for start in range(0, len(keys), PORTION):
        yield from records_of(found.filter(pk__in=keys[start : start + PORTION]))


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
            "description": _texts(codes, descriptions),
            "commitments": sorted(slugs[pk]),
        }
        for pk, slug, name, acronym, kind, place, website, *descriptions in rows
    ]


def commitment_records(found: QuerySet) -> list[dict]:
    """Commitments as CommitmentOut takes them. Four statements, of values as well."""
    rows = found.values_list("pk", *_OF_COMMITMENTS, *_STANDING, *columns("title"), *columns("goal"))
    rows, start, codes, today = list(rows), _landing("commitments"), languages.codes(), timezone.localdate()
    keys = [row[0] for row in rows]
    places, goals, topics = (
        _held(keys, *one) for one in (("places", "place"), ("sdgs", _GOAL), ("topics", "topic__key"))
    )
    records = []
    for pk, slug, partner, name, country, begins, ends, unit, baseline, target, outcome_on, *rest in rows:
        now, texts = Standing(*rest[: len(_STANDING)]), rest[len(_STANDING) :]
        status, rests_on, own = status_on(today, now), now.rests_on, _country(country)
        if status == Status.SILENT:
            rests_on = now.reported_on or rests_on
        elif status == Status.REPORT_DUE:
            rests_on = now.due_on
        records.append(
            {
                "id": slug,
                "url": f"{start}{slug}/" if start else "",
                "partner": partner,
                "partner_name": name,
                "countries": sorted(filter(_country, places[pk])) or ([own] if own else []),
                "status": status.value,
                "status_rests_on": rests_on,
                "title": _texts(codes, texts),
                "goal": _texts(codes, texts[len(codes) :]),
                "start": begins,
                "end": ends,
                "unit": unit,
                "baseline": _number(baseline),
                "target": _number(target),
                "value": _number(now.value),
                "reported_on": now.reported_on,
                "next_report_due": now.due_on,
                "outcome_on": outcome_on,
                "sdgs": sorted(goals[pk]),
                "topics": sorted(topics[pk]),
            }
        )
    return records


def _held(keys: list[int], field: str, what: str) -> dict[int, set]:
    """Of commitments, what they have of a field to many."""
    through = getattr(Commitment, field).through.objects
    return _together(through.filter(commitment__in=keys).order_by().values_list("commitment", what))


def report_record(report) -> dict:
    """One approved report as ReportOut takes it."""
    return {
        "reported_on": report.reported_on,
        "value": _number(report.value),
        "unchanged": report.unchanged,
        "checked_on": report.decided_on,
        "language": report.language,
        "story": {code: text for code in languages.codes() if (text := report.text_in("story", code))},
    }


def _country(code: str | None) -> str | None:
    """The code of a country; a region's is none."""
    return None if code is None or code.isdigit() else code


def _number(value) -> int | float | None:
    """A figure as a number of JSON, whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def _texts(codes: list[str], texts: Iterable[str | None]) -> dict[str, str]:
    """The texts of a field in each of these languages; what isn't written is left out."""
    return {code: text for code, text in zip(codes, texts, strict=False) if text}


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
