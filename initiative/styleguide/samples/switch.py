"""Samples of `components/switch.html`."""

from django.http import QueryDict

from initiative.base.facets import Selection, Switch
from initiative.styleguide.words import say

GROUP = "Library and search"
NARROW = True


def samples():
    def shown(name, asked, count):
        switch = Switch(name, say("topic" if name == "open" else "long"))
        return {"facet": switch, "choices": Selection([switch], QueryDict(asked)).choices(switch, {"yes": count})}

    return {
        "Off": shown("open", "", 1204),
        "On": shown("open", "open=1", 12),
        "A long word": shown("long", "", 1),
    }
