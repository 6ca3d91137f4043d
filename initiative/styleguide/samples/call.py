"""Samples of `components/call.html`."""

from initiative.styleguide.words import say

GROUP = "Texts"
NARROW = True


def samples():
    return {
        "In full": {"title": say("title"), "text": say("sentence"), "label": say("go"), "url": "#"},
        "A reason and a button": {"text": say("sentence"), "label": say("go"), "url": "#"},
        "A long word": {"title": say("long"), "label": say("go"), "url": "#"},
    }
