"""Samples of `components/event_row.html`."""

from initiative.styleguide.things import event
from initiative.styleguide.words import say

GROUP = "News and events"
INSIDE = ("ul", "events")


def samples():
    return {
        "In full": {"event": event(time="14:00", online=True), "say": True, "calendar": True},
        "A line": {"event": event(date="2026-10"), "level": 4},
        "In another language": {"event": event(display_title="Le jour des sols", text_language="fr", city="")},
        "A long word": {"event": event(display_title=say("long"), city=say("long"))},
    }
