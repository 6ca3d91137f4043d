"""Secret addresses: whoever has the link may do what it is for, and nobody can guess or make one.

A token is a random key, which the database knows, and a keyed digest of it and of its purpose, which it doesn't: neither a
copy of the database nor a token for something else opens anything. All tokens look alike (`…22 characters….…22 characters…`),
so that logs can leave them out: see `initiative.base.logs`.
"""

import base64
import secrets

from django.utils.crypto import constant_time_compare

from initiative.base.secret_keys import hmacs

LENGTH = 22


def new_key() -> str:
    """128 random bits."""
    return secrets.token_urlsafe(16)


def token(key: str, purpose: str) -> str:
    """The token of a key for a purpose."""
    return _tokens(key, purpose)[0]


def key_of(given: str, purpose: str) -> str | None:
    """The key of a token for a purpose; None where it is none."""
    key = given.partition(".")[0]
    return key if any(constant_time_compare(each, given) for each in _tokens(key, purpose)) else None


def _tokens(key: str, purpose: str) -> list[str]:
    """Today's, then those that the site's earlier secret keys made."""
    made = [each.digest() for each in hmacs(f"partners.intake {purpose}", key)]
    return [f"{key}.{base64.urlsafe_b64encode(digest).decode()[:LENGTH]}" for digest in made]


class TokenConverter:
    """A token in an address: `<token:token>`."""

    regex = rf"[\w-]{{{LENGTH}}}\.[\w-]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
