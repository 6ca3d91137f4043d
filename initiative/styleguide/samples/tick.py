"""Samples of `components/tick.html`."""

from initiative.styleguide.forms import sample_form

GROUP = "Forms"
NARROW = True


def samples():
    return {
        "To be ticked": {"field": sample_form()["agree"]},
        "Ticked": {"field": sample_form({"agree": "on", "email": "", "kind": ""})["agree"]},
        "Wrong": {"field": sample_form({"email": "", "kind": ""})["agree"]},
    }
