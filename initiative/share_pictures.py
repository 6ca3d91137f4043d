"""The pictures that other sites show beside links to pages and records: drawn when somebody first asks, then kept."""

from contextlib import suppress

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from initiative.base import languages
from initiative.base.head import Head
from initiative.base.share import Card
from initiative.registry import public_kinds


def card_of(head: Head) -> Card:
    """The card of what a head speaks of, in the active language."""
    return Card.of(head.subject, head.title, head.cover)


def share_path(head: Head) -> str:
    """Where the picture of a page or record is; empty for what has none: what is not for everybody, or has no title."""
    kind, _colon, key = head.subject.partition(":")
    if head.noindex or not head.title or not key or not (kind == "page" or kind in public_kinds()):
        return ""
    return reverse("share_picture", args=[languages.current(), kind, key, card_of(head).digest])


def stored(card: Card, subject: str) -> bytes | None:
    """The picture of a card, if it was drawn before."""
    try:
        with default_storage.open(_path(card, subject)) as file:
            # An empty one is only about to be written: browsers would keep it for ever.
            return file.read() or None
    except FileNotFoundError:
        return None


def draw(card: Card, subject: str) -> bytes:
    """Draw a card and keep it, where there is room, in the place of the one that its page or record had before."""
    picture = card.png()
    with suppress(OSError):
        _keep(picture, _path(card, subject))
    return picture


def _keep(picture: bytes, path: str) -> None:
    folder = path.rpartition("/")[0]
    try:
        _folders, old = default_storage.listdir(folder)
    except FileNotFoundError:
        old = []
    for name in old:
        # Not what others are just writing, nor the very same.
        if not name.startswith(".") and f"{folder}/{name}" != path:
            default_storage.delete(f"{folder}/{name}")
    saved = default_storage.save(path, ContentFile(picture))
    if saved != path:  # somebody else was quicker
        default_storage.delete(saved)


def _path(card: Card, subject: str) -> str:
    return f"share/{card.language}/{subject.replace(':', '/')}/{card.digest}.png"
