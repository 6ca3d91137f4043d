"""What somebody pastes into a form of ours is never cut by the browser."""

import pytest

from initiative.follow.forms import AskForm
from partners.desk import forms as desk
from partners.intake.forms.commitment import CommitmentForm
from partners.joining import forms as joining
from resources.reader_forms import ReportForm


@pytest.mark.parametrize(
    "form",
    [
        AskForm, CommitmentForm, ReportForm,
        desk.DoorForm, desk.InviteForm, desk.PledgeForm, desk.ProfileForm, desk.ReportForm, desk.ResourceForm,
        joining.BeginForm, joining.ContactForm, joining.OrganisationForm, joining.SigningForm,
    ],
)  # fmt: skip
def test_no_public_form_has_a_field_that_a_browser_cuts(form):
    limited = {name: field for name, field in form.base_fields.items() if getattr(field, "max_length", None)}
    assert limited
    assert [name for name, field in limited.items() if "maxlength" in field.widget.attrs] == []
