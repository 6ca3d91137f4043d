"""Samples of `components/button.html`."""

from initiative.styleguide.words import say

GROUP = "Marks and small parts"
NARROW = True


def samples():
    return {
        "Sends a form": {"label": say("go")},
        "Sends a choice": {"label": say("go"), "name": "then", "value": "on"},
        "A link that points on": {"label": say("go"), "url": "#", "arrow": True},
        "Quiet": {"label": say("go"), "url": "#", "quiet": True},
        "Quiet, sends": {"label": say("go"), "quiet": True},
        "Downloads": {"label": say("go"), "url": "#", "attachment": True},
        "A long word": {"label": say("long"), "url": "#", "arrow": True},
    }
