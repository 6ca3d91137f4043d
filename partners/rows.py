"""Rows of partners and of commitments: just what they show, read as values, in half of the time of whole records."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db import models
from django.utils import timezone

from initiative.base import languages
from initiative.base.choices import choice_label
from initiative.base.dates import is_over
from initiative.base.landmarks import landmarks
from initiative.base.prepared import Prepared
from initiative.base.records import best_of, columns, pictures
from partners.enums import Body, PartnerType, Status
from partners.queries import live_commitments, live_partners
from partners.status import Standing, status_on

_PARTNER = ("name", "acronym", "type", "country", "logo")
_COMMITMENT = ("start", "end", "course", "due_on", "silent_on")


@dataclass(frozen=True)
class PartnerRow:
    """An organisation as a row shows it, in the active language. Its properties are those of `Organisation`; `bodies` are the
    names of those in which it sits now, and `commitment_count` is empty where nobody counted."""

    path: str
    name: str
    acronym: str
    get_type_display: str
    country: object
    logo: object
    bodies: tuple[str, ...] = ()
    commitment_count: int | str = ""

    @property
    def monogram(self) -> str:
        """Up to two letters for an organisation without a logo."""
        return monogram_of(self.name, self.acronym)


@dataclass(frozen=True)
class CommitmentRow:
    """A public commitment as a row shows it, in the active language. Its properties are those of `Commitment`;
    `title_language` is empty where that is the reader's."""

    path: str
    title: str
    title_language: str
    start: str
    end: str
    status: Status
    organisation: PartnerRow


def monogram_of(name: str, acronym: str) -> str:
    """Up to two letters for an organisation of this name."""
    words = [word for word in (acronym or name).split() if word[:1].isalnum()]
    return "".join(word[0] for word in words[:2]).upper()


def partners_in_order(keys: list[int]) -> list[PartnerRow]:
    """The partners of these primary keys, in this order, each with `commitment_count`; those no longer public are left out. Two
    statements, two more where any has a logo."""
    found = {row[0]: row for row in _partners.among(*keys)}
    return _partner_rows([found[key] for key in keys if key in found])


def partners_in(country: str, count: int) -> tuple[list[PartnerRow], int]:
    """So many partners of a country, by name, and how many there are in all. Two statements, two more where any has a logo."""
    found = _by_name.part(0, count, country)
    return _partner_rows([row[:-1] for row in found]), found[0][-1] if found else 0


def commitments_in_order(keys: list[int]) -> list[CommitmentRow]:
    """The public commitments of these primary keys, in this order. One statement, two more where any has a logo."""
    found = {row[0]: row for row in _commitments.among(*keys)}
    logos = pictures({row[-1] for row in found.values()} - {None})
    here, today, codes = landmarks().url("commitments"), timezone.localdate(), languages.codes()
    directory, reader = landmarks().url("partners"), languages.current()
    rows = []
    for key in keys:
        if key not in found:
            continue
        _pk, slug, start, end, course, due_on, silent_on, *titles, owner_slug, name, acronym, kind, country, logo = (
            found[key]
        )
        language, title = best_of(dict(zip(codes, titles, strict=True)))
        rows.append(
            CommitmentRow(
                path=f"{here}{slug}/" if here else "",
                title=title,
                title_language="" if language == reader else language,
                start=start,
                end=end,
                status=status_on(today, Standing(course, due_on=due_on, silent_on=silent_on)),
                organisation=_partner(directory, owner_slug, name, acronym, kind, country, logos.get(logo)),
            )
        )
    return rows


def _partner_rows(found: list[tuple]) -> list[PartnerRow]:
    """Of rows of key, slug, `_PARTNER`, and, where it was counted, the number of commitments. One statement, two more where any
    has a logo."""
    seats: dict[int, dict[str, None]] = defaultdict(dict)
    for pk, body, until in _seats.among(*(row[0] for row in found)):
        if not is_over(until):
            seats[pk][body] = None
    logos = pictures({row[6] for row in found} - {None})
    directory = landmarks().url("partners")
    return [
        _partner(
            directory, slug, name, acronym, kind, country, logos.get(logo),
            tuple(choice_label(Body, body) for body in seats[pk]), *counted,
        )
        for pk, slug, name, acronym, kind, country, logo, *counted in found
    ]  # fmt: skip


def _partner(
    directory: str, slug: str, name: str, acronym: str, kind: str, country: str | None, logo, *more
) -> PartnerRow:
    """`directory`: the path of the page of partners, or nothing."""
    path = f"{directory}{slug}/" if directory else ""
    return PartnerRow(path, name, acronym, choice_label(PartnerType, kind), country and _place(country), logo, *more)


@cache  # some hundreds, and the name that each has hangs on its code alone
def _place(code: str):
    return apps.get_model("initiative", "Place")(code=code)


def _partners_of(*keys: int):
    counted = models.Count("commitments", filter=models.Q(commitments__live=True))
    found = _plain(live_partners()).filter(pk__in=keys).order_by()
    return found.annotate(commitment_count=counted).values_list("pk", "slug", *_PARTNER, "commitment_count")


def _partners_there(country: str):
    there = _plain(live_partners()).filter(country=country)
    return there.values_list("pk", "slug", *_PARTNER, models.Window(models.Count("pk")))


def _seats_of(*keys: int):
    membership = apps.get_model("partners", "Membership")
    return membership.objects.filter(organisation__in=keys).values_list("organisation", "body", "until")


def _commitments_of(*keys: int):
    owner = [f"organisation__{name}" for name in ("slug", *_PARTNER)]
    found = _plain(live_commitments()).filter(pk__in=keys).order_by()
    return found.values_list("pk", "slug", *_COMMITMENT, *columns("title"), *owner)


def _plain(found: models.QuerySet) -> models.QuerySet:
    """Without what is read along with whole records."""
    return found.select_related(None).prefetch_related(None)


_partners, _by_name = Prepared(_partners_of), Prepared(_partners_there)
_seats, _commitments = Prepared(_seats_of), Prepared(_commitments_of)
