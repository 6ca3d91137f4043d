"""Samples of `components/country_map.html`."""

from initiative.base.atlas import CountryMap, Part
from initiative.styleguide.words import say

GROUP = "Charts"


def samples():
    counts = {"KE": 12, "FR": 160, "BR": 40, "IN": 25, "AU": 6, "MU": 1, "FJ": 2, "CA": 14}
    parts = [Part("002", say("country"), 13, "#", current=True)]
    world = {"label": say("partners"), "world_url": "#", "after": "styleguide"}
    return {
        "The world": {"map": CountryMap(counts, lambda code: "#", parts=parts), **world},
        "A part of it, with one chosen": {
            "map": CountryMap(counts, lambda code: "#", chosen=("KE",), region="002", parts=parts),
            **world,
        },
        "Empty": {"map": CountryMap({}, lambda code: "#"), **world},
    }
