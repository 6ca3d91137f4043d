"""Samples of `components/guard.html`."""

from initiative.guard.forms import GuardedForm

GROUP = "Forms"


def samples():
    return {"Out of sight": {"form": GuardedForm(auto_id="guard_%s")}}
