"""Samples of `components/errors.html`."""

from initiative.styleguide.forms import sample_form
from initiative.styleguide.words import say

GROUP = "Forms"


def samples():
    return {
        "Two mistakes": {"form": sample_form({"email": "ada@", "kind": ""})},
        "With a heading of its own": {"form": sample_form({"email": "", "kind": "a"}), "heading": say("title")},
        "Empty": {"form": sample_form()},
    }
