"""The authenticator of a person, and their recovery codes."""

import logging
from base64 import b32encode

import segno
from django.conf import settings
from django.db import transaction
from django.utils.safestring import SafeString, mark_safe
from django_otp.models import Device

from initiative.guard.events import refused
from initiative.second_factor.models import Authenticator, Passkey, RecoveryCode, RecoveryCodes
from initiative.second_factor.seeds import SeedError

logger = logging.getLogger(__name__)

_WAITING = "authenticator to confirm"  # its number, in the session


def authenticator(user) -> Authenticator | None:
    """The one that a person has confirmed."""
    return Authenticator.objects.filter(user=user, confirmed=True).first()


def waiting(user, session) -> Authenticator | None:
    """The one that this session is about to confirm: the same each time, until it has, or another session asks for one."""
    found = Authenticator.objects.filter(user=user, confirmed=False, pk=session.get(_WAITING)).first()
    return found if found and _opens(found) else None


@transaction.atomic
def new_authenticator(user, session) -> Authenticator:
    """One for this session to confirm. Those of other sessions go: who knew the password first has seen their seeds, and would
    make the same codes for ever if its owner took one of them."""
    forget_waiting(user)
    made = Authenticator.objects.create(user=user, name=settings.WAGTAIL_SITE_NAME, confirmed=False)
    session[_WAITING] = made.pk
    return made


def forget_waiting(user) -> None:
    """Delete what a person has not confirmed yet."""
    Authenticator.objects.filter(user=user, confirmed=False).delete()


def _opens(device: Authenticator) -> bool:
    try:
        return bool(device.bin_key)
    except SeedError:
        return False


def check(user, code: str) -> Device | None:
    """What a code is of, where it is right: it is used up. Whoever guesses has to wait, longer each time."""
    code = "".join(code.split()).replace("-", "").lower()
    kind = Authenticator if code.isascii() and code.isdigit() else RecoveryCodes
    with transaction.atomic():
        for device in kind.objects.devices_for_user(user, confirmed=True).select_for_update():
            if _is_right(device, code):
                return device
    refused("code", user)
    return None


def _is_right(device: Device, code: str) -> bool:
    try:
        return device.verify_token(code)
    except SeedError as error:
        # Recovery codes and passkeys still let them in. Who guesses waits here, too.
        logger.error("The authenticator of account %s can't be used: %s", device.user_id, error)
        device.throttle_increment()
        return False


def confirm(device: Authenticator, code: str) -> bool:
    """Let a new authenticator count from now on, if it gives the right code, and is still there."""
    with transaction.atomic():
        # All of a person's, in one order: of two sessions that confirm at once, one does.
        found = Authenticator.objects.select_for_update().filter(user=device.user_id).order_by("pk")
        locked = next((each for each in found if each.pk == device.pk), None)
        if locked is None or not locked.verify_token("".join(code.split())):
            return False
        locked.confirmed = True
        locked.save()
        forget_waiting(device.user_id)
        # What was added beside another authenticator went with it; a version that knew of none has left it.
        Passkey.objects.filter(user=device.user).delete()
    return True


@transaction.atomic
def new_recovery_codes(user) -> list[str]:
    """Ten codes, each for once; those given before count no more. Takes as long as checking ten passwords."""
    list(Authenticator.objects.select_for_update().filter(user=user))  # two at once would each leave ten
    RecoveryCodes.objects.filter(user=user).delete()
    return RecoveryCodes.objects.create(user=user, name="recovery", confirmed=True).fill()


def recovery_codes_left(user) -> int:
    return RecoveryCode.objects.filter(codes__user=user).count()


@transaction.atomic
def remove(user) -> bool:
    """Let a person have no second factor any more; whether they had one."""
    removed, _by_kind = Authenticator.objects.filter(user=user).delete()
    for kind in (RecoveryCodes, Passkey):
        kind.objects.filter(user=user).delete()
    return bool(removed)


def secret(device: Authenticator) -> str:
    """What one types into an authenticator that can't read a picture, in groups of four."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def picture(device: Authenticator) -> SafeString:
    """What an authenticator reads, as SVG: dark on light, whatever the page's colours are."""
    drawn = segno.make(device.config_url, error="m", micro=False)
    return mark_safe(drawn.svg_inline(scale=5, border=4, light="#fff", dark="#000", svgclass=None, lineclass=None))  # noqa: S308
