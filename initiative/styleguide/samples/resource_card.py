"""Samples of `components/resource_card.html`."""

from initiative.styleguide.things import SamplePicture, resource
from initiative.styleguide.words import say

GROUP = "Library and search"
NARROW = True


def samples():
    return {
        "Drawn": {"resource": resource()},
        "With a cover": {"resource": resource(cover=SamplePicture()), "level": 4},
        "A long word": {"resource": resource("podzol", title=say("long"), source_parts=[say("long")])},
    }
