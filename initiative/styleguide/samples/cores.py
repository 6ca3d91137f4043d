"""Samples of `components/cores.html`."""

from initiative.styleguide.things import FRENCH, statistic, translated
from initiative.styleguide.words import say

GROUP = "Charts"


def samples():
    growing = [statistic(value, str(year)) for value, year in ((103, 2016), (320, 2019), (650, 2022), (810, 2025))]
    return {
        "A series with a heading": {"statistics": growing, "heading": say("title"), "note": say("sentence")},
        "Round numbers, with a table": {
            "table": True,
            "statistics": [statistic(30, "2016", "about"), statistic(1_200_000, "2025", "about")],
        },
        "In another language": {
            "statistics": growing[:2],
            "heading": "Le sol se souvient",
            "heading_lang": FRENCH,
            "note": "Le sol se souvient.",
            "note_lang": FRENCH,
            "reader": FRENCH,
        },
        "A long word": {"statistics": [statistic(1, "2025", **translated(unit=say("long")))]},
        "Empty": {"statistics": []},
    }
