"""Samples of `components/spotlight.html`."""

from initiative.styleguide.things import resource
from initiative.styleguide.words import say

GROUP = "Library and search"


def samples():
    soils = ("chernozem", "terra_rossa", "gleysol", "podzol")
    return {
        "Four": {"resources": [resource(soil) for soil in soils], "library_url": "#"},
        "A long word": {"resources": [resource("andosol", ("cracks",), title=say("long"))]},
        "Empty": {"resources": []},
    }
