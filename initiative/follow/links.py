"""The links in mails. Each holds a random identity and a signature: nobody can make one, and it names nobody."""

import uuid

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from initiative.follow.models import Follow, Follower

# A confirmation is good for a follow, the other two links for a follower; one can't stand in for another.
_confirm = Signer(salt="initiative.follow.confirm", sep=".")
_follower = Signer(salt="initiative.follow.follower", sep=".")


class WrongLink(Exception):
    """The link was not made by this site, or not as a whole."""


def confirm_url(follow: Follow) -> str:
    """Where a follow is confirmed, in the active language."""
    return _absolute("follow_confirm", _confirm, follow.identity)


def mine_url(follower: Follower) -> str:
    """Where a reader sees and changes all follows, in the active language."""
    return _absolute("follow_mine", _follower, follower.identity)


def stop_url(follower: Follower) -> str:
    """Where everything ends with one click, in the active language."""
    return _absolute("follow_stop", _follower, follower.identity)


def token_of(follower: Follower) -> str:
    """The part of these addresses that stands for a follower."""
    return _follower.sign(_short(follower.identity))


def follow_of(token: str) -> Follow | None:
    """The follow of a confirmation; None where there is none any more. Raises WrongLink."""
    return Follow.objects.select_related("follower").filter(identity=_identity(_confirm, token)).first()


def follower_of(token: str) -> Follower | None:
    """The follower of a link; None where there is none any more. Raises WrongLink."""
    return Follower.objects.filter(identity=_identity(_follower, token)).first()


def _absolute(name: str, signer: Signer, identity: uuid.UUID) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=[signer.sign(_short(identity))])}"


def _short(identity: uuid.UUID) -> str:
    return urlsafe_base64_encode(identity.bytes)


def _identity(signer: Signer, token: str) -> uuid.UUID:
    try:
        return uuid.UUID(bytes=urlsafe_base64_decode(signer.unsign(token)))
    except (BadSignature, ValueError) as error:
        raise WrongLink from error
