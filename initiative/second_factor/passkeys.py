"""Passkeys (WebAuthn): a device proves that it has the other half of a key, for this site and for a question asked just now.

A question stands in the session, for one answer and a few minutes. Who signs in has given the password before; until the answer
has come nobody is signed in.

py_webauthn is loaded when it is first needed: it takes 30 MB, which workers that no staff meet don't have to.
"""

import logging
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from initiative.guard.events import refused
from initiative.second_factor.models import Passkey

LONGEST = timedelta(minutes=5)
_LONGEST_CREDENTIAL = 1_023  # bytes, by the standard
_ADD, _SIGN_IN = "passkey to add", "passkey to sign in with"

_log = logging.getLogger(__name__)


def passkeys(user):
    """Those of a person, the oldest first."""
    return Passkey.objects.filter(user=user, confirmed=True).order_by("pk")


def ask_to_add(request, name: str) -> str:
    """What the browser needs to make a passkey of that name, as JSON."""
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers.structs import AuthenticatorSelectionCriteria, ResidentKeyRequirement

    user = request.user
    options = generate_registration_options(
        rp_id=_party(),
        rp_name=str(settings.WAGTAIL_SITE_NAME),
        user_id=salted_hmac("initiative.second_factor.passkey", str(user.pk), algorithm="sha256").digest(),
        user_name=user.get_username(),
        user_display_name=user.get_full_name() or user.get_username(),
        timeout=_milliseconds(),
        # It stands beside a password, which tells whose it is: it needn't take one of the few places on a security key.
        authenticator_selection=AuthenticatorSelectionCriteria(resident_key=ResidentKeyRequirement.DISCOURAGED),
        exclude_credentials=_descriptors(user),
    )
    _ask(request, _ADD, options.challenge, name=name)
    return options_to_json(options)


def add(request, answer: str) -> Passkey | None:
    """Keep the passkey that a browser made; None where it isn't what was asked for."""
    from webauthn import verify_registration_response
    from webauthn.helpers import bytes_to_base64url

    asked = _asked(request, _ADD)
    made = asked and _checked(verify_registration_response, answer, asked)
    if not made or len(made.credential_id) > _LONGEST_CREDENTIAL:
        refused("passkey", request.user)
        return None
    try:
        with transaction.atomic():
            return Passkey.objects.create(
                user=request.user,
                name=asked["name"],
                credential=bytes_to_base64url(made.credential_id),
                public_key=made.credential_public_key,
                sign_count=made.sign_count,
            )
    except IntegrityError:  # somebody has it already
        refused("passkey", request.user)
        return None


def ask_to_sign_in(request, user, remember: bool) -> str:
    """What the browser of somebody whose password was right needs, as JSON; empty where they have no passkey."""
    if not passkeys(user).exists():
        return ""
    from webauthn import generate_authentication_options, options_to_json

    options = generate_authentication_options(
        rp_id=_party(), timeout=_milliseconds(), allow_credentials=_descriptors(user)
    )
    more = {"user": user.pk, "backend": user.backend, "auth": user.get_session_auth_hash(), "remember": remember}
    _ask(request, _SIGN_IN, options.challenge, **more)
    return options_to_json(options)


def sign_in(request, answer: str):
    """Who may sign in now, with `otp_device`, `backend` and `remember`; None where the answer isn't right."""
    asked = _asked(request, _SIGN_IN)
    user = asked and get_user_model()._default_manager.filter(pk=asked["user"]).first()
    # A password that was changed meanwhile was somebody else's.
    if user and constant_time_compare(asked["auth"], user.get_session_auth_hash()):
        user.otp_device = _used(user, answer, asked)
        if user.otp_device:
            user.backend, user.remember = asked["backend"], asked["remember"]
            return user
    refused("passkey", user)
    return None


@transaction.atomic
def _used(user, answer: str, asked: dict) -> Passkey | None:
    """The passkey of a person that gave an answer; that it was used is noted."""
    from webauthn import verify_authentication_response
    from webauthn.helpers import bytes_to_base64url, parse_authentication_credential_json

    shown = _tried(parse_authentication_credential_json, answer)
    credential = bytes_to_base64url(shown.raw_id) if shown else ""
    found = passkeys(user).select_for_update().filter(credential=credential).first()
    if not found:
        return None
    known = {"credential_public_key": bytes(found.public_key), "credential_current_sign_count": found.sign_count}
    shown = _checked(verify_authentication_response, answer, asked, **known)
    if not shown:
        return None
    found.sign_count = shown.new_sign_count
    found.set_last_used_timestamp(commit=False)
    found.save()
    return found


def remove(user, number: int) -> bool:
    """Take a passkey away from a person; whether they had it."""
    return bool(passkeys(user).filter(pk=number).delete()[0])


def _party() -> str:
    """The name for which passkeys are made: the host alone, whatever the port."""
    return urlsplit(settings.SITE_URL).hostname


def _milliseconds() -> int:
    return int(LONGEST.total_seconds() * 1_000)


def _descriptors(user) -> list:
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(each.credential)) for each in passkeys(user)]


def _ask(request, key: str, challenge: bytes, **more) -> None:
    request.session[key] = {"challenge": challenge.hex(), "until": (timezone.now() + LONGEST).timestamp(), **more}


def _asked(request, key: str) -> dict | None:
    """What was asked, once; None where nothing was, or long ago."""
    asked = request.session.pop(key, None)
    return asked if asked and timezone.now().timestamp() < asked["until"] else None


def _checked(verify, answer: str, asked: dict, **more):
    """What py_webauthn makes of an answer: for this site, to this question. None where it refuses."""
    return _tried(
        verify,
        credential=answer,
        expected_challenge=bytes.fromhex(asked["challenge"]),
        expected_rp_id=_party(),
        expected_origin=settings.SITE_URL,
        **more,
    )


def _tried(work, *arguments, **more):
    """What `work` makes of what a browser sent; None where it is nonsense, whatever the library makes of that: it has an
    exception for most of it, and lets others through from what it is made of (a text that is no base64, a key on no curve)."""
    try:
        return work(*arguments, **more)
    except Exception:  # noqa: BLE001  (as above: a list of them would have holes with each new version)
        _log.debug("A passkey's answer was no use", exc_info=True)
        return None
