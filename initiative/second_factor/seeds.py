"""Seeds of authenticators as the database has them: sealed with the site's secret key, so that a copy of the database alone makes
no codes. AES-256 in GCM, for one person: a seed moved to another's row doesn't open."""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import unhexlify

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from initiative.base.secret_keys import hmacs

_MARK = "sealed:"
_NONCE = 12  # bytes, before what is sealed


class SeedError(Exception):
    """No secret key of this site opens a seed."""


def seal(seed: bytes, user_id: int) -> str:
    """71 characters for 20 bytes; other ones each time."""
    nonce = secrets.token_bytes(_NONCE)
    sealed = AESGCM(_keys()[0]).encrypt(nonce, seed, _owner(user_id))
    return _MARK + urlsafe_b64encode(nonce + sealed).decode()


def unseal(kept: str, user_id: int) -> bytes:
    """The seed, also of what an earlier version kept in clear (in hexadecimal). Raises SeedError."""
    return _open(kept, user_id)[0]


def sealed(kept: str, user_id: int) -> str:
    """What should be kept from now on: the same where it is sealed with today's key, or doesn't open."""
    try:
        seed, is_todays = _open(kept, user_id)
    except SeedError:
        return kept
    return kept if is_todays else seal(seed, user_id)


def _open(kept: str, user_id: int) -> tuple[bytes, bool]:
    """The seed, and whether it is sealed with today's key."""
    if not kept.startswith(_MARK):
        return unhexlify(kept), False
    content = urlsafe_b64decode(kept.removeprefix(_MARK))
    for number, key in enumerate(_keys()):
        try:
            seed = AESGCM(key).decrypt(content[:_NONCE], content[_NONCE:], _owner(user_id))
        except InvalidTag:
            continue
        return seed, number == 0
    raise SeedError("Sealed with another SECRET_KEY, or for somebody else")


def _keys() -> list[bytes]:
    return [made.digest() for made in hmacs("initiative.second_factor.seeds", "")]


def _owner(user_id: int) -> bytes:
    return str(user_id).encode()
