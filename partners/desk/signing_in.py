"""Signing in by a link in a letter, and out."""

from functools import partial

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from initiative.guard.events import noted, refused
from initiative.letters.delivery import do_beside
from initiative.letters.services import write
from partners.desk.models import DeskSession, Representative, SignInLink
from partners.desk.models.desk_session import LASTS as SESSION_LASTS
from partners.desk.models.desk_session import SESSION
from partners.desk.models.sign_in_link import LASTS as LINK_LASTS
from partners.desk.models.sign_in_link import SIGN_IN
from partners.intake.tokens import key_of

ROOT = "/desk/"


def ask_to_sign_in(email: str, language: str, onward: str = "") -> None:
    """Send a link to an address, if it is a representative's. Whether it is one is looked up beside the request, so that
    neither the answer nor its time tells."""
    link = SignInLink.objects.create(email=email.lower(), language=language, onward=own_path(onward))
    transaction.on_commit(lambda: do_beside(partial(send_link, link)))


def send_link(link: SignInLink) -> None:
    """Write the letter, in the language of the representative."""
    representative = Representative.objects.of(link.email).first()
    if representative is None:
        return
    address = settings.SITE_URL + reverse("desk:come_in", args=[link.token])
    context = {"address": address, "name": representative.name}
    write(f"sign in {link.pk}", link.email, "partners/desk/letters/sign_in.txt", representative.language, context)


def own_path(path: str) -> str:
    """The path where it leads to the desk; empty for any other, so that nobody is sent elsewhere."""
    is_own = path.startswith(ROOT) and ".." not in path and url_has_allowed_host_and_scheme(path, None)
    return path if is_own and len(path) <= 300 else ""


def link_of(token: str) -> SignInLink | None:
    """The link that a token is of, while it can be used; None for any other."""
    link = _usable().filter(key=key_of(token, SIGN_IN) or "").first()
    if link is None:
        refused("link to the desk")
    return link


def _usable():
    return SignInLink.objects.filter(used=None, asked__gt=timezone.now() - LINK_LASTS)


def sign_in(link: SignInLink) -> DeskSession | None:
    """A new session for the address of the link; None where the link was used meanwhile, or nobody is behind the address."""
    once = _usable().filter(pk=link.pk).update(used=timezone.now())
    if not once or not Representative.objects.of(link.email).exists():
        refused("link to the desk")
        return None
    noted("signed in at the desk")
    return DeskSession.objects.create(email=link.email)


def session_of(cookie: str) -> DeskSession | None:
    """The session that a cookie is of; None where it is over."""
    since = timezone.now() - SESSION_LASTS
    return DeskSession.objects.filter(key=key_of(cookie, SESSION) or "", seen__gt=since).first()


def keep_alive(session: DeskSession) -> None:
    """Note that it is used; at most once a minute."""
    now = timezone.now()
    if (now - session.seen).total_seconds() > 60:
        DeskSession.objects.filter(pk=session.pk).update(seen=now)


def sign_out(session: DeskSession) -> None:
    """End a session."""
    noted("signed out at the desk")
    session.delete()


def forget() -> None:
    """Delete links and sessions that are over."""
    now = timezone.now()
    SignInLink.objects.filter(asked__lt=now - LINK_LASTS).delete()
    DeskSession.objects.filter(seen__lt=now - SESSION_LASTS).delete()
