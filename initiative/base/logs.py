"""What logs never hold: the secret part of an address."""

import logging
import re

from gunicorn.glogging import Logger

# As `partners.intake.tokens` makes them.
_SECRET = re.compile(r"(?<![\w-])[\w-]{22}\.[\w-]{22}(?![\w-])")
MASK = "…"


def mask(text: str) -> str:
    """The text with every secret token left out."""
    return _SECRET.sub(MASK, text)


class WithoutSecrets(logging.Filter):
    """Leaves tokens out of messages and of what is put into them."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.msg, str):
            record.msg = mask(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(mask(arg) if isinstance(arg, str) else arg for arg in record.args)
        return True


class ServerLog(Logger):
    """gunicorn's log, without secrets in the addresses and referrers of its access log."""

    def atoms(self, *args, **kwargs):
        return {
            name: mask(value) if isinstance(value, str) else value
            for name, value in super().atoms(*args, **kwargs).items()
        }
