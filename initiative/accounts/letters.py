"""What people are written about their own account."""

from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import get_random_string
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _
from wagtail.users.models import UserProfile

from initiative.letters.services import write

EMAIL = _("The e-mail address of your account was changed. Letters about it go to another one now.")
PASSWORD = _("The password of your account was changed.")
AUTHENTICATOR = _("An authenticator was set up: one signs in with the password and a code now.")
NO_SECOND_FACTOR = _("The second factor was taken away: neither codes nor passkeys count any more.")
RECOVERY_CODES = _("New recovery codes were made; those from before count no more.")
PASSKEY = _("A passkey was added.")
NO_PASSKEY = _("A passkey was removed.")


def write_to(user, key: str, template: str, to: str = "", language: str = "", **context) -> None:
    """A letter about a person's account, in their language (or else in `language`, or the site's) and time; none where they
    have no address. `to`: another one of theirs."""
    to = to or user.email
    if not to:
        return
    profile = UserProfile.get_for_user(user)
    language = profile.preferred_language or language or profile.get_preferred_language()
    with timezone.override(profile.get_current_time_zone()):
        write(key, to, template, language, {"name": user.get_username(), **context})


def tell(user, what: str, to: str = "") -> None:
    """That something was changed by which they sign in: one of the sentences above."""
    key = f"account changed {user.pk} {get_random_string(12)}"
    more = {"what": what, "moment": timezone.now(), "path": reverse("wagtailadmin_account")}
    write_to(user, key, "accounts/letters/changed.txt", to, **more)


def tell_administrators(user, by) -> None:
    """The others, and who has done it, that somebody is an administrator now."""
    key = f"administrator {user.pk} {get_random_string(12)}"
    more = {"new": user.get_username(), "by": by.get_username(), "moment": timezone.now()}
    path = reverse("wagtailusers_users:edit", args=[user.pk])
    for other in get_user_model()._default_manager.filter(is_superuser=True, is_active=True).exclude(pk=user.pk):
        write_to(other, f"{key} {other.pk}", "accounts/letters/administrator.txt", path=path, **more)


def invite(user, language: str = "", *, asked: bool = False) -> None:
    """A link by which they choose a password themselves: for three days, and until one is chosen or somebody signs in.

    `asked`: somebody who gave their address has asked for it.
    """
    token = default_token_generator.make_token(user)
    path = reverse("wagtailadmin_password_reset_confirm", args=[urlsafe_base64_encode(force_bytes(user.pk)), token])
    key = f"invitation {user.pk} {get_random_string(12)}"
    more = {"path": path, "asked": asked}
    write_to(user, key, "accounts/letters/invitation.txt", language=language or translation.get_language(), **more)


def write_resets(email: str, language: str) -> None:
    """Such a link for everybody with an address who may sign in, also who has no password yet."""
    for user in get_user_model()._default_manager.filter(email__iexact=email, is_active=True):
        # A database may take other letters for the same.
        if user.email.casefold() == email.casefold():
            invite(user, language, asked=True)
