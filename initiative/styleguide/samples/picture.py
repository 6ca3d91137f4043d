"""Samples of `components/picture.html`."""

from initiative.styleguide.things import SamplePicture
from initiative.styleguide.words import say

GROUP = "Texts"


def samples():
    return {
        "With words": {"image": SamplePicture(), "alt": say("title"), "sizes": "40rem"},
        "Decoration, on the first screen": {"image": SamplePicture(), "eager": True},
        "Empty": {"image": None},
    }
