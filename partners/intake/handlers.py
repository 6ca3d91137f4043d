"""What the rooms that take submissions say of them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.auth.base_user import AbstractBaseUser

from partners.intake.models import Submission, SubmissionFile


@dataclass(frozen=True)
class Row:
    """One answer, to be read: a label with a text, a list of texts, a link or files. `before`: what the text is to replace."""

    label: str
    text: str = ""
    items: list[str] = field(default_factory=list)
    url: str = ""
    files: list[SubmissionFile] = field(default_factory=list)
    before: str = ""

    @property
    def is_empty(self) -> bool:
        """True where nothing was answered."""
        return not (self.text or self.items or self.url or self.files or self.before)


@dataclass(frozen=True)
class Section:
    """The answers of one step. `key` is the step's name."""

    key: str
    title: str
    rows: list[Row]
    lang: str = ""


@dataclass(frozen=True)
class Handler:
    """How one kind of submission is read and decided on.

    - `permission`: what a user needs to decide.
    - `sections`: what was answered, in the active language.
    - `missing`: what would have to be there, in words of the active language.
    - `accept(submission, user, organisation)`: make the records, within the transaction of the decision; `organisation` is the
      one that the user chose as the same, or None. Raises ValidationError where it can't be.
    - `letters`: the folder of its letters: `received.txt`, `changes.txt`, `accepted.txt`, `declined.txt`.
    - `address`: where the sender sees it, as a path, to be written into letters.
    """

    permission: str
    sections: Callable[[Submission], list[Section]]
    missing: Callable[[Submission], list[str]]
    accept: Callable[[Submission, AbstractBaseUser, object | None], None]
    letters: str
    address: Callable[[Submission], str]
    joins: bool = False  # accepting it brings in an organisation, which may be there already


_handlers: dict[str, Handler] = {}


def register(kind: str, handler: Handler) -> None:
    """Say how a kind is handled; called once for each when the apps are ready."""
    _handlers[kind] = handler


def handler_of(submission: Submission) -> Handler:
    """The handler of a submission's kind. Raises KeyError where no room takes it."""
    return _handlers[submission.kind]


def decidable_kinds(user) -> list[str]:
    """The kinds that a user may decide on."""
    return [kind for kind, handler in _handlers.items() if user.has_perm(handler.permission)]
