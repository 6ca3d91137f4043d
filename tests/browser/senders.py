"""Those who wrote to the site of the browser tests, one in each language: somebody who applies, follows, or is at the desk."""

from django.http import QueryDict
from django.utils import timezone

from initiative.follow.models import Follow, Follower, digest_of
from initiative.follow.subjects import subject_of
from partners.desk.models import DeskSession, Representative
from partners.intake.enums import Kind, State
from partners.intake.models import Submission
from tests.factories import LANGUAGES
from tests.partners.joining.applicant import COMMITMENT, CONTACT, ORGANISATION

ANSWERS = {"contact": CONTACT, "organisation": ORGANISATION, "commitment": COMMITMENT}


def address(language: str) -> str:
    return f"ada.{language}@valle-hondo.example"


def add_senders(organisation) -> None:
    """An application begun and one sent, a follow confirmed and one asked for, and a representative who is signed in."""
    now = timezone.now()
    for code in LANGUAGES:
        who = {"name": "Ada Loam", "email": address(code), "language": code, "answers": ANSWERS}
        written = {"kind": Kind.APPLICATION, "subject": ORGANISATION["organisation"], **who}
        Submission.objects.create(press=f"begun-{code}", **written)
        Submission.objects.create(press=f"sent-{code}", state=State.SENT, rounds=1, sent=now, **written)
        follower = Follower.objects.create(email=address(code), language=code)
        confirmed = {"confirmed_at": now, "seen_until": now, "next_on": now.date()}
        _follow(follower, "organisation", f"slug={organisation.slug}", **confirmed)
        _follow(follower, "search", "q=soils")
        Representative.objects.create(organisation=organisation, name="Ada Loam", email=address(code), language=code)
        DeskSession.objects.create(email=address(code))


def _follow(follower, kind, query, **more):
    key = subject_of(kind).read(QueryDict(query))
    Follow.objects.create(
        follower=follower, kind=kind, key=key, digest=digest_of(kind, key), asked_at=timezone.now(), **more
    )


def application(language: str, state: str) -> Submission:
    return Submission.objects.get(press=f"{state}-{language}")


def follow(language: str, is_confirmed: bool) -> Follow:
    return Follow.objects.get(follower__email=address(language), confirmed_at__isnull=not is_confirmed)


def desk_cookie(language: str) -> str:
    """What the browser of a representative holds."""
    return DeskSession.objects.get(email=address(language)).token
