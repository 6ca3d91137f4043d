"""Samples of `components/statistic_note.html`."""

from initiative.styleguide.things import FRENCH, statistic, translated
from initiative.styleguide.words import say

GROUP = "Charts"
NARROW = True
INSIDE = ("div", "asides")


def samples():
    return {
        "Exact": {"statistic": statistic()},
        "Round, with a unit": {"statistic": statistic(40, "2025", "about", **translated(unit=say("hectares")))},
        "In another language": {"statistic": statistic(), "attributes": FRENCH},
        "A long word": {"statistic": statistic(**translated(label=say("long")), source="")},
    }
