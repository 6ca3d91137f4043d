"""Samples of `components/entry.html`."""

from initiative.styleguide.things import SamplePicture, organisation
from initiative.styleguide.words import say

GROUP = "People and partners"
INSIDE = ("ul", "directory")


def samples():
    return {
        "In full": {"organisation": organisation(), "note": say("kind"), "count": 3},
        "With a logo": {"organisation": organisation(logo=SamplePicture()), "level": 4},
        "Without a country": {"organisation": organisation(country=None, acronym="")},
        "A long word": {"organisation": organisation(name=say("long"), get_type_display=say("long")), "count": 1},
    }
