"""What a set of commitments comes to: only what can be added, and in words what is not known."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import ngettext

from partners.amounts import number
from partners.enums import ADDABLE, Outcome, Status, Unit

_MEASURABLE = Q(baseline__isnull=False, target__isnull=False) & ~Q(baseline=F("target"))
_UP = _MEASURABLE & Q(target__gt=F("baseline"))
# What was given up promises nothing any more; what was taken back and what is silent has nothing to show.
_PROMISED = _UP & ~Q(outcome__in=[Outcome.ENDED_EARLY, Outcome.REMOVED])
_REPORTED = _UP & Q(value__isnull=False) & ~Q(status_then__in=[Status.REMOVED, Status.SILENT])
_PRESENT = ~Q(outcome=Outcome.REMOVED)


@dataclass(frozen=True)
class Total:
    """One unit. `promised`: from the baselines to the targets, by so many `commitments`; `reported`: from the baselines to
    the last figures, by so many `reports`."""

    unit: Unit
    promised: Decimal
    commitments: int
    reported: Decimal
    reports: int

    @property
    def promised_shown(self) -> str:
        """As the reader's language writes it."""
        return number(self.promised)

    @property
    def reported_shown(self) -> str:
        """As the reader's language writes it."""
        return number(self.reported)

    @property
    def share(self) -> int:
        """How much of the promise is reported, in whole per cent from 0 to 100."""
        return max(0, min(100, int(100 * self.reported / self.promised))) if self.promised else 0


def totals(commitments: QuerySet) -> list[Total]:
    """The units that can be added up and in which something was promised or reported; one statement."""
    way = F("target") - F("baseline")
    done = F("value") - F("baseline")
    rows = (
        commitments.with_status()
        .filter(unit__in=ADDABLE)
        .order_by()
        .values("unit")
        .annotate(
            promised=Sum(way, filter=_PROMISED),
            promises=Count("pk", filter=_PROMISED),
            reported=Sum(done, filter=_REPORTED),
            reports=Count("pk", filter=_REPORTED),
        )
    )
    found = {
        row["unit"]: Total(
            Unit(row["unit"]), _exact(row["promised"]), row["promises"], _exact(row["reported"]), row["reports"]
        )
        for row in rows
        if row["promises"] or row["reports"]
    }
    return [found[unit] for unit in ADDABLE if unit in found]


def _exact(value) -> Decimal:
    """A sum to the three decimals that its parts have: SQLite adds floating point numbers."""
    return round(Decimal(value or 0), 3)


def unknown(commitments: QuerySet) -> list[str]:
    """What the totals don't say, in sentences; one statement."""
    counted = commitments.with_status().aggregate(
        unmeasured=Count("pk", filter=_PRESENT & ~_MEASURABLE),
        elsewhere=Count("pk", filter=_PRESENT & _UP & ~Q(unit__in=ADDABLE)),
        down=Count("pk", filter=_PRESENT & _MEASURABLE & Q(target__lt=F("baseline"))),
        unreported=Count("pk", filter=_PRESENT & _UP & Q(unit__in=ADDABLE, value__isnull=True)),
        silent=Count("pk", filter=_UP & Q(unit__in=ADDABLE, status_then=Status.SILENT, value__isnull=False)),
    )
    sentences = {
        "unmeasured": ngettext(
            "%(n)s commitment has no baseline and target: what comes of it can’t be counted.",
            "%(n)s commitments have no baseline and target: what comes of them can’t be counted.",
            counted["unmeasured"],
        ),
        "elsewhere": ngettext(
            "%(n)s is measured in something that can’t be added up.",
            "%(n)s are measured in something that can’t be added up.",
            counted["elsewhere"],
        ),
        "down": ngettext(
            "%(n)s means to bring something down, which is not added to what others build up.",
            "%(n)s mean to bring something down, which is not added to what others build up.",
            counted["down"],
        ),
        "unreported": ngettext(
            "%(n)s has not reported a figure yet.",
            "%(n)s have not reported a figure yet.",
            counted["unreported"],
        ),
        "silent": ngettext(
            "%(n)s has been silent for 24 months: its last figure is not counted any more.",
            "%(n)s have been silent for 24 months: their last figures are not counted any more.",
            counted["silent"],
        ),
    }
    return [sentence % {"n": number(counted[name])} for name, sentence in sentences.items() if counted[name]]
