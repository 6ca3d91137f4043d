"""Samples of `components/follow_link.html`."""

from initiative.styleguide.words import say

GROUP = "Library and search"


def samples():
    return {
        "A link": {"url": "#", "label": say("go")},
        "A long word": {"url": "#", "label": say("long")},
        "Empty": {"url": "", "label": say("go")},
    }
