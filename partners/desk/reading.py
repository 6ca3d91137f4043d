"""The reading room: what research asks and finds on what an organisation has committed to."""

from dataclasses import dataclass

from committee.queries import priorities_with_pages
from partners.models import Commitment, Organisation
from resources.queries import new_on

SHOWN = 12


@dataclass(frozen=True)
class ReadingRoom:
    """Research priorities that its commitments touch, each with the path of its page, and new resources on them and on its
    topics. `topics`: their names in the reader's language."""

    priorities: list
    topics: list[str]
    resources: list


def reading_room(organisation: Organisation) -> ReadingRoom:
    """What there is to read for an organisation. At most eight statements, whatever the number of commitments."""
    commitments = Commitment.objects.live().filter(organisation=organisation).prefetch_related("topics", "priorities")
    topics = {topic.pk: topic for commitment in commitments for topic in commitment.topics.all()}
    touched = {priority.pk for commitment in commitments for priority in commitment.priorities.all()}
    priorities = list(priorities_with_pages().filter(pk__in=touched)) if touched else []
    resources = new_on(topics, touched, SHOWN) if topics or touched else []
    return ReadingRoom(priorities, [topic.best("name") for topic in topics.values()], resources)
