"""What a commitment's page tells of its progress: reports as rows, the drawing, what has changed."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import cached_property
from django.utils.translation import gettext

from initiative.base import dates, languages, strata
from initiative.base.strata.deposit import Deposit, Layer
from partners.amounts import amount, number, signed
from partners.enums import Outcome, Status, Unit
from partners.explanations import explanation
from partners.status import share_passed


@dataclass(frozen=True)
class Row:
    """A report as a line of the table. `added`, `total` are empty where it gave no figure."""

    report: object
    added: str
    total: str


@dataclass(frozen=True)
class Change:
    """A published fact or text that is another now. `before`, `after` are short; `text` is what a changed text was."""

    day: str
    what: str
    before: str = ""
    after: str = ""
    text: str = ""
    language: str = ""


class Progress:
    """All of it for one commitment, whose approved reports (with their evidence) and changes are prefetched."""

    def __init__(self, commitment):
        self.commitment = commitment
        self.unit = commitment.unit
        # Oldest first.
        self.reports = sorted(commitment.public_reports, key=lambda report: (report.reported_on, report.pk))

    @property
    def is_measurable(self) -> bool:
        """True where baseline and target say so."""
        goal = self.commitment
        return goal.baseline is not None and goal.target is not None and goal.baseline != goal.target

    @cached_property
    def status(self) -> Status:
        return self.commitment.status

    @property
    def tone(self) -> str:
        """How the status is drawn: `behind`, `unknown`, or nothing for all is well."""
        if self.status in (Status.BEHIND, Status.REPORT_DUE):
            return "behind"
        return "unknown" if self.status in (Status.SILENT, Status.ENDED_EARLY, Status.REMOVED) else ""

    @property
    def why(self) -> list[str]:
        """The sentences that explain the status."""
        return explanation(self.commitment)

    @property
    def next_due(self) -> str:
        """The day of the next report (ISO); empty once it is over."""
        return self.commitment.due_on.isoformat() if self.commitment.due_on else ""

    @property
    def is_overdue(self) -> bool:
        """True where that day has passed."""
        return self.status in (Status.REPORT_DUE, Status.SILENT)

    @property
    def rows(self) -> list[Row]:
        """The reports, newest first."""
        found, before = [], self.commitment.baseline
        for report in self.reports:
            added = "" if report.value is None or before is None else signed(report.value - before, self.unit)
            total = "" if report.value is None else amount(report.value, self.unit)
            before = before if report.value is None else report.value
            found.append(Row(report, added, total))
        return found[::-1]

    @property
    def stories(self) -> list[Row]:
        """Those that tell something, newest first."""
        return [row for row in self.rows if row.report.best("story")]

    @property
    def has_figures(self) -> bool:
        """True where the table needs columns for figures."""
        return self.is_measurable or any(report.value is not None for report in self.reports)

    @property
    def baseline(self) -> str:
        """The baseline with its unit."""
        return amount(self.commitment.baseline, self.unit)

    @property
    def target(self) -> str:
        """The target with its unit."""
        return amount(self.commitment.target, self.unit)

    @property
    def today(self) -> str:
        """The last figure with its unit; empty without one."""
        return amount(self.commitment.value, self.unit) if self.commitment.value is not None else ""

    @cached_property
    def _told(self) -> list:
        return [report for report in self.reports if report.value is not None]

    @property
    def leads_down(self) -> bool:
        """True where the target is below the baseline: layers are then what was taken off."""
        return self.is_measurable and self.commitment.target < self.commitment.baseline

    def _grown(self, value: Decimal) -> Decimal:
        return self.commitment.baseline - value if self.leads_down else value

    @cached_property
    def expected(self) -> Decimal | None:
        """What the time that had passed by the last figure asked for; None where nothing says so, or where it is over."""
        goal = self.commitment
        if not goal.valued_on:
            return None
        passed = share_passed(
            dates.day_or_none(goal.start, dates.first_day), dates.day_or_none(goal.end, dates.last_day), goal.valued_on
        )
        if passed is None or passed in (0, 1):
            return None
        return goal.baseline + (goal.target - goal.baseline) * passed.numerator / passed.denominator

    @property
    def expected_amount(self) -> str:
        """The same in words, in whole units."""
        return amount(round(self.expected), self.unit)

    @cached_property
    def drawing(self) -> Deposit | None:
        """The deposit; None where nothing can be measured or no figure was reported."""
        if not self.is_measurable or not self._told:
            return None
        goal = self.commitment
        amounts = [self._grown(value) for value in (goal.baseline, *(report.value for report in self._told))]
        expected = None if self.expected is None else self._grown(self.expected)
        return strata.deposit(goal.slug, amounts, self._grown(goal.target), expected)

    @property
    def labels(self) -> list[dict]:
        """Words beside the layers: `{"y", "day", "amount"}`."""
        return [self._label(layer) for layer in self.drawing.layers if layer.label_y is not None]

    def _label(self, layer: Layer) -> dict:
        if layer.place == 0:
            return {"y": layer.label_y, "day": gettext("Baseline"), "amount": self.baseline}
        report = self._told[layer.place - 1]
        before = self._told[layer.place - 2].value if layer.place > 1 else self.commitment.baseline
        years = [one.reported_on.year for one in self._told]
        precision = 4 if len(set(years)) == len(years) else 7
        return {
            "y": layer.label_y,
            "day": dates.display(report.reported_on.isoformat()[:precision]),
            "amount": signed(report.value - before, self.unit),
        }

    @property
    def is_rtl(self) -> bool:
        """True for readers from right to left: the words of the drawing then stand on its left."""
        return languages.direction(languages.current()) == "rtl"

    @property
    def is_close(self) -> bool:
        """True where the last figure stands too near the target for two lines of words."""
        return abs(self.drawing.today_y - self.drawing.target_y) < 52

    @property
    def changes(self) -> list[Change]:
        """What has changed since it was first published, newest first, and that it was published."""
        found = [self._change(change) for change in self.commitment.changes.all()]
        if self.commitment.first_published_at:
            found.append(Change(self.commitment.first_published_at.date().isoformat(), gettext("Published")))
        return found

    def _change(self, change) -> Change:
        day = change.day.isoformat()
        if change.language:
            names = {
                "title": gettext("Its sentence was reworded"),
                "goal": gettext("The goal was reworded"),
                "actions": gettext("The types of action were changed"),
                "timetable": gettext("The timetable was changed"),
                "resources": gettext("The resources were changed"),
            }
            return Change(day, names[change.field], text=change.before, language=change.language)
        names = {
            "start": gettext("Start"),
            "end": gettext("End"),
            "baseline": gettext("Baseline"),
            "target": gettext("Target"),
            "unit": gettext("Unit"),
            "outcome": gettext("Outcome"),
        }
        return Change(
            day, names[change.field], self._fact(change.field, change.before), self._fact(change.field, change.after)
        )

    def _fact(self, field: str, value: str) -> str:
        if not value:
            return gettext("nothing")
        if field in ("baseline", "target"):
            return number(Decimal(value))
        if field in ("unit", "outcome"):
            known = dict((Unit if field == "unit" else Outcome).choices)
            return str(known.get(value, value))
        return dates.display(value)
