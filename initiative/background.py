"""Whether the work that nobody waits for is done: what stays silent in the background has to be seen by who runs the site.

Pages are as well without it, so `/readyz` doesn't fail for it: it tells staff and who has the token; `/metrics` has the numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min
from django.utils import timezone
from wagtail.models import Revision

from initiative.keeping.duties import NIGHTLY, SILENT, known, last_tried, missed
from initiative.keeping.models import Duty
from initiative.letters.delivery import due_since, none_taken_since
from initiative.letters.models import Letter

# What is due each minute, for so long: then somebody looks.
LATE = timedelta(minutes=30)
# What can't be mended any more is told for so long.
LATELY = timedelta(days=7)


@dataclass(frozen=True)
class Background:
    """How it stands with the work in the background.

    - `seen`: when the worker last did anything; None where none ever has.
    - `duties`: each with when it was last done, and how often in a row it has failed since.
    - `missed`: what should have been done by night.
    - `letter`, `revision`: since when the oldest that is due waits; None where none does. A letter that was tried is due
      again after its pause.
    - `mail`: since when letters to several were tried and none was taken; None where that isn't so.
    - `given_up`: letters that no mail server took and that nobody tries any more, of the last days.
    """

    now: datetime
    seen: datetime | None
    duties: list[Duty]
    missed: list[Duty]
    letter: datetime | None
    mail: datetime | None
    revision: datetime | None
    given_up: int

    @classmethod
    def look(cls) -> "Background":
        """As it is now: seven statements, and one where something that the settings ask of each night was never done."""
        now = timezone.now()
        duties = list(known().order_by("name"))
        due = Revision.objects.filter(approved_go_live_at__lte=now)
        return cls(
            now=now,
            seen=last_tried(),
            duties=duties,
            missed=missed(duties, now),
            letter=due_since(now),
            mail=none_taken_since(),
            revision=due.aggregate(first=Min("approved_go_live_at"))["first"],
            given_up=Letter.objects.given_up().filter(tried__gt=now - LATELY).count(),
        )

    def problems(self) -> dict[str, str]:
        """Every part by name, with what is wrong with it; empty where nothing is."""
        return {
            "worker": self._worker(),
            "duties": "; ".join((*self._failing(), *self._missed())),
            "letters": "; ".join(self._letters()),
            "scheduled": self._since("The oldest has been due", self.revision),
        }

    def _worker(self) -> str:
        if self.seen is None:
            return "None was ever here: start manage.py publish_on_time."
        return f"Nothing done since {_said(self.seen)}." if self.seen < self.now - SILENT else ""

    def _failing(self) -> Iterator[str]:
        for duty in self.duties:
            if duty.failures and duty.name not in NIGHTLY:
                done = f"last done {_said(duty.done)}" if duty.done else "never done"
                yield f"{duty.name}: failed {duty.failures} times, {done}: {duty.problem}"

    def _missed(self) -> Iterator[str]:
        for duty in self.missed:
            done = f"not done since {_said(duty.done)}" if duty.done else "never done"
            yield f"{duty.name}: {done}. {duty.problem}".rstrip()

    def _letters(self) -> Iterator[str]:
        if waits := self._since("The oldest has been due", self.letter):
            yield waits
        if stands := self._since("Of several that were tried none was taken", self.mail):
            yield stands
        if self.given_up:
            yield f"Given up for good in the last week: {self.given_up}."

    def _since(self, words: str, moment: datetime | None) -> str:
        return f"{words} since {_said(moment)}." if moment and moment < self.now - LATE else ""


def _said(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
