"""Accounts are made and edited without passwords."""

from datetime import timedelta
from functools import partial

from django import forms
from django.contrib.auth import get_user_model
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import PasswordChangeForm as WagtailPasswordChangeForm
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm
from wagtail.users import forms as wagtail_forms

from initiative.accounts.letters import write_resets
from initiative.accounts.password_again import PasswordField, require_password
from initiative.guard.limits import Limit, visitor
from initiative.letters.delivery import do_beside

# An office may share one; nobody is written to more often than that, whoever asks.
RESETS_BY_VISITOR = Limit("links to choose a password from", times=20, period=timedelta(hours=1))
RESETS_BY_ADDRESS = Limit("links to choose a password to", times=5, period=timedelta(days=1))


class _ByEditorForm(forms.Form):
    """The editor types their own password, whatever is changed."""

    editor_password = PasswordField()

    def __init__(self, *args, editor, **kwargs):
        super().__init__(*args, **kwargs)
        self.editor = editor

    def clean_editor_password(self):
        require_password(self.editor, self.cleaned_data["editor_password"])
        return self.cleaned_data["editor_password"]


class UserCreationForm(_ByEditorForm, wagtail_forms.UserCreationForm):
    """A new account has no password until its owner has chosen one."""

    password_enabled = False

    def save(self, commit=True):
        self.instance.set_unusable_password()
        return super().save(commit)


class UserEditForm(wagtail_forms.UserEditForm):
    """The editor types their own password to change how somebody signs in, and what they may do then; a mere name needs none.
    One's own address is changed in one's account."""

    password_enabled = False
    # With any of these a screen that somebody left open is turned into a way in that lasts.
    guarded = frozenset({"username", "email", "is_active", "is_superuser", "groups", "send_link"})

    send_link = forms.BooleanField(
        label=_("Send a letter with a link to choose a password"),
        required=False,
        help_text=_(
            "For who has lost the first letter or forgot the password. The link works once, within three days."
        ),
    )

    editor_password = PasswordField(
        required=False, help_text=_("Only needed to change more than the first and last name.")
    )

    def __init__(self, *args, editor, editing_self=False, **kwargs):
        super().__init__(*args, editing_self=editing_self, **kwargs)
        self.editor = editor
        if editing_self:
            del self.fields["send_link"]
            self.fields["email"].disabled = True
            self.fields["email"].required = False  # who has none may go on without
            self.fields["email"].help_text = _("Change it in your account, where you give your password as well.")

    def clean_editor_password(self):
        if self.guarded.intersection(self.changed_data):
            require_password(self.editor, self.cleaned_data["editor_password"])
        return self.cleaned_data["editor_password"]


class GroupForm(_ByEditorForm, wagtail_forms.GroupForm):
    """What a group may do, its members may."""


class EmailForm(forms.ModelForm):
    """One's own address; a new one wants the password."""

    email = forms.EmailField(label=_("E-mail address"))
    password = PasswordField(required=False, help_text=_("Only to change the address. The old one gets a letter."))

    class Meta:
        model = get_user_model()
        fields = ["email"]

    def clean_password(self):
        if "email" in self.changed_data:
            require_password(self.instance, self.cleaned_data["password"])
        return self.cleaned_data["password"]


class PasswordChangeForm(WagtailPasswordChangeForm):
    """One's own password; the old one counts among the times that one may type it."""

    def clean_old_password(self):
        require_password(self.user, self.cleaned_data["old_password"])
        return self.cleaned_data["old_password"]


class PasswordResetForm(WagtailPasswordResetForm):
    """Also for who let the first letter's link run out and so has no password yet."""

    def save(self, *, request, **options):
        """Look and write beside the request, which takes as long for an address that nobody has. Over a limit do nothing, and
        don't say so: whoever asks in somebody else's name learns nothing."""
        email = self.cleaned_data["email"]
        if RESETS_BY_VISITOR.take(visitor(request)) and RESETS_BY_ADDRESS.take(email.casefold()):
            do_beside(partial(write_resets, email, translation.get_language()))
