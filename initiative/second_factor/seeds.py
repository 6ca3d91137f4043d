"""Seeds of authenticators as the database has them: sealed with the site's secret key, so that who reads the database alone makes
no codes. AES-256 in GCM, for one person: a seed moved to another's row doesn't open.

A seed in clear, as earlier versions kept them, is taken as it is, and sealed when it is next kept; see `manage.py seal_seeds`.
cryptography is loaded when it is first needed, as py_webauthn is.
"""

import secrets
from base64 import b64decode, urlsafe_b64encode
from binascii import unhexlify

from initiative.base.secret_keys import hmacs

_MARK = "sealed:"
_NONCE = 12  # bytes, before what is sealed


class SeedError(Exception):
    """No secret key of this site opens a seed."""


def seal(seed: bytes, user_id: int) -> str:
    """71 characters for 20 bytes; other ones each time."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE)
    sealed = AESGCM(_keys()[0]).encrypt(nonce, seed, _owner(user_id))
    return _MARK + urlsafe_b64encode(nonce + sealed).decode()


def unseal(kept: str, user_id: int) -> bytes:
    """The seed. Raises SeedError."""
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
    try:
        if kept.startswith(_MARK):
            return _decrypt(b64decode(kept.removeprefix(_MARK), altchars=b"-_", validate=True), user_id)
        seed = unhexlify(kept)
    except ValueError as error:
        raise SeedError("Neither sealed nor in clear") from error
    if not seed:
        raise SeedError("Empty")
    return seed, False


def _decrypt(content: bytes, user_id: int) -> tuple[bytes, bool]:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

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
    return f"seed of {user_id}".encode()
