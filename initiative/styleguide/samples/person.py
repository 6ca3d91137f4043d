"""Samples of `components/person.html`."""

from initiative.styleguide.things import SamplePicture, Thing, person, translated
from initiative.styleguide.words import say

GROUP = "People and partners"
INSIDE = ("div", "people")


def samples():
    return {
        "With a biography": {"person": person(), "role": say("kind"), "linked": True},
        "With a portrait": {"person": person(portrait=SamplePicture()), "level": 4},
        "A name alone": {"person": Thing(name=say("person"), monogram="AL", portrait=None)},
        "A long word": {"person": person(name=say("long"), **translated(affiliation=say("long"))), "role": say("long")},
    }
