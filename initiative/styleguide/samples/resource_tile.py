"""Samples of `components/resource_tile.html`."""

from initiative.styleguide.things import Thing, resource, translated
from initiative.styleguide.words import say

GROUP = "Library and search"
INSIDE = ("div", "shelf")


def samples():
    return {
        "Drawn": {"resource": resource("calcisol", ("furrows", "roots"))},
        "By the same people": {
            "resource": resource("andosol"),
            "makers": [say("person"), say("institute")],
            "level": 4,
        },
        "On the same topics": {"resource": resource("loess"), "topics": [Thing(**translated(name=say("topic")))] * 2},
        "A long word": {"resource": resource("vertisol", title=say("long"))},
    }
