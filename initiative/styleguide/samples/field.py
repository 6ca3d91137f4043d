"""Samples of `components/field.html`."""

from initiative.styleguide.forms import sample_form

GROUP = "Forms"
NARROW = True


def samples():
    fresh, wrong = sample_form(), sample_form({"email": "ada@", "kind": ""})
    return {
        "A line with a hint": {"field": fresh["email"]},
        "Not required": {"field": fresh["note"]},
        "One of a few": {"field": fresh["kind"]},
        "Some of a few": {"field": fresh["topics"]},
        "From a list": {"field": fresh["country"]},
        "A file": {"field": fresh["file"]},
        "Wrong": {"field": wrong["email"]},
        "Nothing chosen": {"field": wrong["kind"]},
        "A long word": {"field": fresh["long"]},
    }
