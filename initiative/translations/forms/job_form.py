"""A file with translations, as it came back."""

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from initiative.base import languages
from initiative.translations.jobs.incoming import read
from initiative.translations.jobs.unit import BrokenFile

MOST_BYTES = 10 * 1024 * 1024


class JobForm(forms.Form):
    """A file of a job. Valid: `language` and `texts` (see `jobs.incoming.read`) are what it holds."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("XLIFF 2 (.xlf) or a spreadsheet (.xlsx), as it was handed out here."),
        widget=forms.FileInput(attrs={"accept": ".xlf,.xliff,.xlsx"}),
        error_messages={"empty": _("This file is empty.")},
    )
    to_moderation = forms.BooleanField(
        label=_("Send what is complete to moderation"),
        help_text=_("Otherwise all stays as drafts. What is in part translated always does."),
        required=False,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("This file is larger than %(most)s. No job is: is it the right file?")
                % {"most": filesizeformat(MOST_BYTES)}
            )
        try:
            self.language, self.texts = read(file.read())
        except BrokenFile as broken:
            raise forms.ValidationError(str(broken)) from broken
        if self.language not in languages.codes():
            raise forms.ValidationError(
                _("This file is for a language that the site doesn’t have: %(language)s")
                % {"language": self.language or "—"}
            )
        if not self.texts:
            raise forms.ValidationError(_("There is no text in this file."))
        return file
