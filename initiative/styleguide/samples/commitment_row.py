"""Samples of `components/commitment_row.html`."""

from initiative.styleguide.things import Thing, organisation, translated
from initiative.styleguide.words import say

GROUP = "People and partners"
INSIDE = ("ul", "directory")


def samples():
    commitment = Thing(
        path="#",
        organisation=organisation(),
        start="2020",
        end="2030",
        status=Thing(label=say("running")),
        **translated(title=say("title")),
    )
    long = Thing(
        path="#",
        organisation=organisation(name=say("long")),
        status=Thing(label=say("due")),
        start="",
        **translated(title=say("long")),
    )
    return {
        "In full": {"commitment": commitment},
        "On the page of its partner": {"commitment": commitment, "anonymous": True, "level": 4},
        "A long word": {"commitment": long},
    }
