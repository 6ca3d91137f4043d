"""The authenticator of a person, and their recovery codes."""

from base64 import b32encode

import segno
from django.conf import settings
from django.db import transaction
from django.utils.safestring import SafeString, mark_safe
from django_otp.models import Device
from django_otp.plugins.otp_totp.models import TOTPDevice

from initiative.guard.events import refused
from initiative.second_factor.models import Passkey, RecoveryCode, RecoveryCodes


def authenticator(user) -> TOTPDevice | None:
    """The one that a person has confirmed."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def new_authenticator(user) -> TOTPDevice:
    """The one that they are about to confirm: the same each time, until they have."""
    found = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return found or TOTPDevice.objects.create(user=user, name=settings.WAGTAIL_SITE_NAME, confirmed=False)


def check(user, code: str) -> Device | None:
    """What a code is of, where it is right: it is used up. Whoever guesses has to wait, longer each time."""
    code = "".join(code.split()).replace("-", "").lower()
    kind = TOTPDevice if code.isascii() and code.isdigit() else RecoveryCodes
    with transaction.atomic():
        for device in kind.objects.devices_for_user(user, confirmed=True).select_for_update():
            if device.verify_token(code):
                return device
    refused("code", user)
    return None


def confirm(device: TOTPDevice, code: str) -> bool:
    """Let a new authenticator count from now on, if it gives the right code."""
    with transaction.atomic():
        locked = TOTPDevice.objects.select_for_update().get(pk=device.pk)
        if not locked.verify_token("".join(code.split())):
            return False
        locked.confirmed = True
        locked.save()
        # What was added beside another authenticator went with it; a version that knew of none has left it.
        Passkey.objects.filter(user=device.user).delete()
    return True


@transaction.atomic
def new_recovery_codes(user) -> list[str]:
    """Ten codes, each for once; those given before count no more. Takes as long as checking ten passwords."""
    list(TOTPDevice.objects.select_for_update().filter(user=user))  # two at once would each leave ten
    RecoveryCodes.objects.filter(user=user).delete()
    return RecoveryCodes.objects.create(user=user, name="recovery", confirmed=True).fill()


def recovery_codes_left(user) -> int:
    return RecoveryCode.objects.filter(codes__user=user).count()


@transaction.atomic
def remove(user) -> bool:
    """Let a person have no second factor any more; whether they had one."""
    removed, _by_kind = TOTPDevice.objects.filter(user=user).delete()
    for kind in (RecoveryCodes, Passkey):
        kind.objects.filter(user=user).delete()
    return bool(removed)


def secret(device: TOTPDevice) -> str:
    """What one types into an authenticator that can't read a picture, in groups of four."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def picture(device: TOTPDevice) -> SafeString:
    """What an authenticator reads, as SVG: dark on light, whatever the page's colours are."""
    drawn = segno.make(device.config_url, error="m", micro=False)
    return mark_safe(drawn.svg_inline(scale=5, border=4, light="#fff", dark="#000", svgclass=None, lineclass=None))  # noqa: S308
