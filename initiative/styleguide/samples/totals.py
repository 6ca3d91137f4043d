"""Samples of `components/totals.html`."""

from initiative.base.numbers import display
from initiative.styleguide.things import Thing
from initiative.styleguide.words import say

GROUP = "Charts"


def samples():
    total = {"unit": Thing(label=say("hectares")), "reports": 12, "commitments": 40}
    return {
        "Two units": {
            "totals": [
                Thing(**total, promised_shown=display(120_000), reported_shown=display(48_500), share=40),
                Thing(**total, promised_shown=display(300), reported_shown=display(0), share=0),
            ],
            "unknown": [say("sentence")],
        },
        "A long word": {"totals": [], "unknown": [say("sentence"), say("long")], "level": 3},
        "Empty": {"totals": []},
    }
