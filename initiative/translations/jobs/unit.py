"""What a job is made of: texts on their way out, and texts that came back."""

from dataclasses import dataclass, field

from initiative.translations.jobs.coded import Coded


class BrokenFile(Exception):
    """A file that can't be read as a job. Its text says why, in the reader's language."""


@dataclass(frozen=True)
class Unit:
    """One text to translate. `present`: what is written now, piece by piece; None where nothing is, or where it isn't built
    as the source is, and then `present_text` tells it. `made_from`: what the source said when that was written, where it
    says something else now."""

    path: str
    label: str
    source: Coded
    present: list[str] | None
    present_text: str
    target_mark: str
    is_changed: bool
    is_machine: bool
    is_published: bool
    made_from: str | None
    max_length: int | None

    @property
    def key(self) -> str:
        """Tells the text, what its source says, and what its translation says, when it is handed out."""
        return f"{self.path}:{self.source.fingerprint}-{self.target_mark}"


@dataclass(frozen=True)
class Part:
    """The texts of one page or record. `name`: see `Subject.subject`."""

    name: str
    title: str
    kind: str
    source_language: str
    url: str
    units: list[Unit]


@dataclass(frozen=True)
class Received:
    """One text as it came back. `is_right`: whoever translated says that it is right, be it changed or not."""

    name: str
    source_language: str
    path: str
    source_mark: str
    target_mark: str
    pieces: list[str] = field(default_factory=list)
    is_right: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(piece.strip() for piece in self.pieces)


def split_key(key: str) -> tuple[str, str, str]:
    """Path, source's mark and translation's mark of `Unit.key`; empty marks where it is none."""
    path, colon, marks = key.rpartition(":")
    source, dash, target = marks.partition("-")
    return (path, source, target) if colon and dash else (key, "", "")
