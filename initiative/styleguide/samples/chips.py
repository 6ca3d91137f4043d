"""Samples of `components/chips.html`."""

from initiative.styleguide.words import say

GROUP = "Library and search"
NARROW = True


def samples():
    chips = [{"label": say(name), "url": "#", "facet": say("kind")} for name in ("article", "topic", "country")]
    return {
        "Three": {"chips": chips, "clear_url": "#"},
        "One": {"chips": chips[:1], "clear_url": "#"},
        "A long word": {"chips": [{"label": say("long"), "url": "#"}]},
        "Empty": {"chips": []},
    }
