"""Samples of `components/statistic.html`."""

from initiative.styleguide.things import FRENCH, statistic, translated
from initiative.styleguide.words import say

GROUP = "Charts"
NARROW = True


def samples():
    return {
        "Exact": {"statistic": statistic()},
        "Round": {"statistic": statistic(1_200_000, "2025", "about")},
        "Without a source": {"statistic": statistic(source="")},
        "In another language": {"statistic": statistic(), "attributes": FRENCH},
        "A long word": {"statistic": statistic(**translated(label=say("long")))},
    }
