"""A form that anybody may send: machines give themselves away, people hardly notice."""

from datetime import datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# Nobody reads a form, writes an address and sends it in less.
SHORTEST = timedelta(seconds=2)
LONGEST = timedelta(hours=12)

_signer = Signer(salt="initiative.guard.opened")


def opened_at(moment: datetime) -> str:
    """The proof that a form was opened at a moment."""
    return _signer.sign(str(int(moment.timestamp())))


class GuardedForm(forms.Form):
    """Two fields that no reader fills in: `url`, out of sight, which machines do fill in, and `opened`, a signed time.

    The trap is no error: ask `is_trapped` of a valid form, answer as if all were well, and do nothing.
    """

    url = forms.CharField(label=_("Leave this empty"), required=False)
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def is_trapped(self) -> bool:
        """Whether the field was filled in that no reader sees."""
        return bool(self.data.get(self.add_prefix("url")))

    @property
    def stamp(self) -> str:
        """What the page has in `opened`: what was sent, or anew where that doesn't count any more."""
        sent = self.data.get(self.add_prefix("opened"), "") if self.is_bound else ""
        return sent if sent and self._age is not None and self._age < LONGEST else opened_at(timezone.now())

    @cached_property
    def _age(self) -> timedelta | None:
        """How long the form has been open; None without a proof."""
        try:
            seconds = int(_signer.unsign(self.data.get(self.add_prefix("opened"), "")))
        except (BadSignature, ValueError):
            return None
        return timezone.now() - datetime.fromtimestamp(seconds, tz=timezone.get_default_timezone())

    def clean(self):
        super().clean()
        if self.is_trapped:
            return
        if self._age is None or self._age >= LONGEST:
            raise ValidationError(gettext("This page was open for a long time. Nothing is lost: send it once more."))
        if self._age < SHORTEST:
            raise ValidationError(gettext("That was quicker than a person writes. Nothing is lost: send it once more."))
