"""What a set of commitments comes to: only what can be added, and in words what is not known."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import ngettext
from pyroaring import BitMap

from partners.amounts import number
from partners.enums import ADDABLE, Outcome, Status, Unit
from partners.ledger import Entries


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


def totals(commitments: Entries) -> list[Total]:
    """The units that can be added up and in which something was promised or reported."""
    # What was given up promises nothing any more; what was taken back and what is silent has nothing to show.
    promised = commitments.having("way", "up") - commitments.having("outcome", Outcome.ENDED_EARLY, Outcome.REMOVED)
    reported = _with_figure(commitments) - commitments.having("status", Status.REMOVED, Status.SILENT)
    found = []
    for unit in ADDABLE:
        those = commitments.having("unit", unit)
        promises, reports = promised & those, reported & those
        if promises or reports:
            sums = _sum(commitments.ledger.to_come, promises), _sum(commitments.ledger.done, reports)
            found.append(Total(unit, sums[0], len(promises), sums[1], len(reports)))
    return found


def _with_figure(commitments: Entries) -> BitMap:
    """Those that build something up and have reported how far they are."""
    return commitments.having("way", "up") & commitments.having("figure", "yes")


def _sum(amounts: dict[int, Decimal], ids: BitMap) -> Decimal:
    return sum((amounts[pk] for pk in ids), Decimal())


def unknown(commitments: Entries) -> list[str]:
    """What the totals don't say, in sentences."""
    present = commitments.ids - commitments.having("outcome", Outcome.REMOVED)
    up, down = commitments.having("way", "up"), commitments.having("way", "down")
    addable, with_figure = commitments.having("unit", *ADDABLE), _with_figure(commitments)
    counted = {
        "unmeasured": len(present - up - down),
        "elsewhere": len((present & up) - addable),
        "down": len(present & down),
        "unreported": len((present & up & addable) - with_figure),
        "silent": len(with_figure & addable & commitments.having("status", Status.SILENT)),
    }
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
