"""A sign-in begins, is seen, ends, is forgotten."""

from datetime import timedelta

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from initiative.accounts.letters import write_to
from initiative.staff_sessions import devices
from initiative.staff_sessions.models import KEPT, SignIn

KEY = "sign_in"
# A moment is noted so often, so that reading is no writing.
_NOTED = timedelta(minutes=5)


@transaction.atomic
def begin(sender, request, user, **more) -> None:
    """Note that a person has signed in, and write to them where they never did on this device before. So of the first of all,
    which may be somebody else's, who knew the password of a new account before its owner came, or after a year without them."""
    token = request.COOKIES.get(devices.COOKIE, "")
    is_known = bool(token) and SignIn.objects.filter(user=user, device__in=devices.digests(token)).exists()
    if not is_known:
        token = devices.new_token()  # one that somebody else set or took counts for nothing
    request.new_device = token
    sign_in = _note(request, user, token)
    if not is_known:
        _tell(sign_in)


def known_device(request, username: str) -> str:
    """A digest of the device that a request comes from, where that account was signed in on it; empty elsewhere."""
    token = request.COOKIES.get(devices.COOKIE, "")
    known = SignIn.objects.filter(device__in=devices.digests(token), user__username__iexact=username)
    return devices.digests(token)[0] if token and known.exists() else ""


def _note(request, user, token: str) -> SignIn:
    browser, system = devices.named(request.META.get("HTTP_USER_AGENT", ""))
    sign_in = SignIn.objects.create(
        user=user,
        device=devices.digests(token)[0],
        browser=browser,
        system=system,
        auth=request.session.get(HASH_SESSION_KEY, ""),
    )
    request.session[KEY] = sign_in.pk
    return sign_in


def _tell(sign_in: SignIn) -> None:
    """The letter about a new device. An account without an address gets none."""
    more = {"device": sign_in, "moment": sign_in.begun, "path": reverse("signed_in")}
    write_to(sign_in.user, f"new device {sign_in.pk}", "staff_sessions/letters/new_device.txt", **more)


def is_alive(request) -> bool:
    """Whether the session of somebody signed in may go on; that it was seen is noted. One statement, now and then two."""
    number = request.session.get(KEY)
    if number is None:  # from before sign-ins were noted
        _note(request, request.user, devices.new_token())
        return True
    sign_in = SignIn.objects.living().filter(pk=number, user=request.session[SESSION_KEY]).first()
    if sign_in is None:
        return False
    auth, now = request.session.get(HASH_SESSION_KEY, ""), timezone.now()
    if sign_in.auth != auth or sign_in.seen < now - _NOTED:
        SignIn.objects.filter(pk=number, ended=False).update(auth=auth, seen=now)
    return True


def leave(sender, request, user, **more) -> None:
    """Somebody signs out."""
    if number := request.session.get(KEY):
        SignIn.objects.filter(pk=number).update(ended=True)


def end(user, number: str) -> int:
    """End a sign-in of a person, by number; how many were alive: 1 or 0."""
    alive = [sign_in.pk for sign_in in SignIn.objects.living().filter(user=user) if str(sign_in.pk) == number]
    return SignIn.objects.filter(pk__in=alive).update(ended=True)


def end_others(user, but: int | None) -> int:
    """End all of a person's sign-ins but one; how many were alive."""
    return SignIn.objects.living().filter(user=user).exclude(pk=but).update(ended=True)


def sign_out_elsewhere(request) -> None:
    """After a change of what one signs in with: only this session goes on."""
    end_others(request.user, request.session.get(KEY))


def forget() -> int:
    """Delete what was not seen for a year; how many."""
    return SignIn.objects.filter(seen__lt=timezone.now() - KEPT).delete()[0]
