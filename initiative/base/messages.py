"""Compile the interface's messages (`locale/*/LC_MESSAGES/*.po`) with Babel: no machine needs gettext for it."""

import os
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from django.conf import settings
from django.utils.translation import to_locale

from initiative.base import languages


class MessagesError(Exception):
    """A `.po` file that can't be read; the text names the file and says why."""


def wanted_locales() -> list[str]:
    """The locales that want messages, by the names of their folders: every language of the site but that of the source."""
    return [to_locale(code) for code in languages.codes() if code != settings.LANGUAGE_CODE]


def compile_stale(folders: Iterable[Path]) -> list[Path]:
    """Compile each `.po` under `folders` whose `.mo` is missing or older; return the `.mo` files written, sorted.

    Fuzzy entries are left out, as gettext does. Raises MessagesError.
    """
    return [compile_file(source) for source in _sources(folders) if _is_stale(source)]


def compile_file(source: Path) -> Path:
    """Write the `.mo` beside `source` and return its path. Raises MessagesError."""
    catalog = read_catalog(source)
    target = source.with_suffix(".mo")
    # Written beside and moved into place: several test processes may compile at the same time.
    unfinished = target.with_suffix(f".{os.getpid()}.tmp")
    with unfinished.open("wb") as file:
        write_mo(file, catalog)
    unfinished.replace(target)
    return target


def read_catalog(source: Path) -> Catalog:
    """The messages of a `.po` file. Raises MessagesError."""
    language = source.parent.parent.name
    try:
        with source.open("rb") as file:
            return read_po(file, locale=language, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise MessagesError(f"{source} cannot be read: {error}") from error


def problems(source: Path) -> list[str]:
    """A line for each translation whose placeholders differ from the English, as `file:line: reason`.

    Only messages that xgettext marked as format strings are checked.
    """
    return [
        f"{source}:{message.lineno}: {error}"
        for message, errors in read_catalog(source).check()
        for error in errors
        if message.string
    ]


def _sources(folders: Iterable[Path]) -> list[Path]:
    return sorted(source for folder in folders for source in Path(folder).glob("*/LC_MESSAGES/*.po"))


def _is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime
