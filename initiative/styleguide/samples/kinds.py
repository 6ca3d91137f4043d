"""Samples of `components/kinds.html`."""

from initiative.styleguide.words import say

GROUP = "People and partners"


def samples():
    kinds = [
        {"name": say(name), "url": "#", "count": count} for name, count in (("kind", 160), ("report", 12), ("topic", 0))
    ]
    return {
        "Three": {"kinds": kinds},
        "Without links": {"kinds": [{"name": say("kind")}]},
        "A long word": {"kinds": [{"name": say("long"), "url": "#", "count": 1}]},
    }
