"""Questions about follows, asked in words. None gives an address."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone

from initiative.follow.days import day_of
from initiative.follow.enums import Frequency
from initiative.follow.models import Follow, Follower
from initiative.follow.subjects import subject_of

# A run of the command may be missed once.
_LATE = timedelta(days=2)


@dataclass(frozen=True)
class Followed:
    """One thing that readers follow, and how many hear of it how often."""

    kind: str
    key: str
    daily: int
    weekly: int

    @property
    def label(self) -> str:
        """What kind of thing it is; empty where no app offers that any more."""
        subject = subject_of(self.kind)
        return subject.label if subject else ""

    @property
    def words(self) -> str:
        """What it is, in the active language; empty where it is no longer there."""
        subject = subject_of(self.kind)
        return subject.describe(self.key) if subject else ""

    @property
    def url(self) -> str:
        """Where it is shown, in the active language."""
        subject = subject_of(self.kind)
        return subject.url(self.key) if subject else ""


def most_followed(count: int) -> list[Followed]:
    """What readers follow, most followed first. One statement."""
    of = {frequency: Count("pk", filter=Q(frequency=frequency)) for frequency in Frequency.values}
    rows = Follow.objects.confirmed().values("digest", "kind", "key").annotate(readers=Count("pk"), **of)
    return [
        Followed(row["kind"], row["key"], row[Frequency.DAILY], row[Frequency.WEEKLY])
        for row in rows.order_by("-readers", "digest")[:count]
    ]


def totals() -> dict[str, int]:
    """How many addresses follow something, how many things are followed, how many follows wait for a yes, and how many
    followers' mails are refused. Two statements."""
    confirmed = Q(confirmed_at__isnull=False)
    counts = Follow.objects.aggregate(
        addresses=Count("follower__email", filter=confirmed, distinct=True),
        things=Count("digest", filter=confirmed, distinct=True),
        waiting=Count("pk", filter=~confirmed),
    )
    return {**counts, "refused": Follower.objects.filter(failing_since__isnull=False).count()}


def overdue_since() -> datetime | None:
    """The last moment up to which daily readers were told, where that is longer ago than it can be while the command runs
    every day; else None. One statement."""
    late = Follow.objects.due(day_of(timezone.now()) - _LATE).filter(follower__failing_since__isnull=True)
    return late.aggregate(since=Min("seen_until"))["since"]
