"""Asking clamd, by its own protocol: https://docs.clamav.net (INSTREAM)."""

import logging
import socket
import struct
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from initiative.guard.events import refused

logger = logging.getLogger(__name__)

PATIENCE = 30  # seconds
_PORTION = 1 << 16
_LONGEST_ANSWER = 4096


class CannotScan(Exception):
    """The daemon can't be asked, or didn't say yes or no; the text says why."""


def refuse_viruses(content: bytes) -> None:
    """Raises ValidationError where a virus is found, or where the daemon can't be asked. Nothing where there is none to ask."""
    if not settings.CLAMD_ADDRESS:
        return
    try:
        found = scan(content, settings.CLAMD_ADDRESS)
    except CannotScan as error:
        logger.error("clamd can't be asked, so no file is taken: %s", error)
        raise ValidationError(
            gettext("Files can’t be looked at for viruses just now. Nothing is lost: send it again in a while."),
            code="not_scanned",
        ) from error
    if found:
        refused(f"virus {found}")
        raise ValidationError(gettext("A virus was found in this file. It isn’t taken."), code="virus")


def scan(content: bytes, address: str) -> str:
    """The name of what is found in a content, empty where nothing is. `address`: `tcp://host:3310` or `unix:///path`.

    Raises CannotScan.
    """
    try:
        with _connected(address) as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), _PORTION):
                portion = content[start : start + _PORTION]
                line.sendall(struct.pack("!I", len(portion)) + portion)
            line.sendall(struct.pack("!I", 0))
            answer = _answer(line)
    except OSError as error:
        raise CannotScan(str(error)) from error
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise CannotScan(answer or "no answer")


def _connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(PATIENCE)
            line.connect(parts.path)
        except OSError:
            line.close()
            raise
        return line
    return socket.create_connection((parts.hostname or "localhost", parts.port or 3310), timeout=PATIENCE)


def _answer(line: socket.socket) -> str:
    """One answer, to its closing zero byte or the end of the line."""
    answer = b""
    while b"\0" not in answer and len(answer) < _LONGEST_ANSWER and (more := line.recv(_LONGEST_ANSWER)):
        answer += more
    return answer.partition(b"\0")[0].decode("utf-8", "replace").strip()
