"""Samples of `components/resource_line.html`."""

from initiative.styleguide.things import Thing, resource
from initiative.styleguide.words import say

GROUP = "Marks and small parts"


def samples():
    return {
        "Kind, where and when": {"resource": resource()},
        "And by whom": {"resource": resource(), "who": True},
        "A kind alone": {"resource": Thing(kind=say("film"))},
        "A long word": {"resource": resource(source_parts=[say("long"), "2024"])},
    }
