"""Samples of `components/status_strata.html`."""

from initiative.styleguide.words import say

GROUP = "Charts"


def samples():
    shares = (("on-course", "running", 30), ("report-due", "due", 50), ("completed", "done", 20))
    start, statuses = 0, []
    for key, word, share in shares:
        statuses.append(
            {"key": key, "label": say(word), "count": share, "url": "#", "start": f"{start}%", "share": f"{share}%"}
        )
        start += share
    return {
        "Three": {"statuses": statuses},
        "A long word": {"statuses": [statuses[0] | {"start": "0%", "share": "100%", "label": say("long")}]},
        "Empty": {"statuses": []},
    }
