"""Samples of `components/find.html`."""

from initiative.styleguide.words import say

GROUP = "Library and search"


def samples():
    return {
        "A form of its own": {"action": "#", "id": "find-alone", "placeholder": say("topic")},
        "With what was asked": {"id": "find-asked", "label": say("title"), "value": say("topic")},
        "Suggests": {"action": "#", "id": "find-suggests", "suggest": "/en/resources/"},
        "A long word": {"id": "find-long", "value": say("long")},
    }
