"""Samples of `components/map.html`."""

from initiative.styleguide.things import Thing
from initiative.styleguide.words import say

GROUP = "Charts"


def samples():
    spots = ((-1.3, 36.8), (48.9, 2.4), (-33.9, 18.4))
    places = [
        Thing(latitude=north, longitude=east, title=say("title"), path="#", city=say("city"), date="2024-10")
        for north, east in spots
    ]
    long = Thing(latitude=20, longitude=78, title=say("long"), path="#", line=say("long"))
    return {
        "Three places, and more": {
            "places": places,
            "label": say("partners"),
            "more": {"title": say("go"), "url": "#", "text": say("sentence")},
        },
        "A long word": {"places": [long], "label": say("partners")},
        "Empty": {"places": [], "label": say("partners")},
    }
