"""What is said about the texts of a job that came back."""

from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext_lazy as _

# A text with one of these isn't taken, and without a person's word nothing of its file is.
PROBLEMS = {
    "gone": _("This page or record isn’t there any more, or isn’t public."),
    "unknown": _("There is no such text (any more), or the key of the line was changed."),
    "twice": _("This text is in the file twice, with different translations."),
    "source_language": _("It is translated from another language now than when the file was made."),
    "language": _("You may not write this language."),
    "right": _("You may not change this page or record."),
    "locked": _("It is locked, or in moderation: nobody else may change it now."),
    "stale": _("The source has changed since the file was made."),
    "written": _("Somebody has changed this translation since the file was made."),
    "pieces": _("It doesn’t have as many parts as its source."),
    "part_empty": _("Some of its parts are translated, and some are empty."),
    "lost": _("A link is missing: %(marks)s"),
    "unknown_mark": _("A sign that isn’t in the source: %(marks)s"),
    "tangled": _("Signs that stand there twice, aren’t closed, or cross: %(marks)s"),
    "long": _("It is too long: %(letters)d letters, and at most %(most)d fit."),
    "refused": _("It can’t be saved: %(why)s"),
}
# These are only said.
REMARKS = {
    "empty": _("Empty: left as it is."),
    "unchanged": _("The same as before, so it still needs an update."),
    "plain": _("Bold, italics or a line break of the source are missing: %(marks)s"),
    "address": _("An address of the source is missing: %(addresses)s"),
    "unconfirmed": _("Still as the machine wrote it."),
}


@dataclass(frozen=True)
class Finding:
    """One thing to say about a text, or about all of a page or record (`label` is empty then)."""

    code: str
    title: str = ""
    label: str = ""
    cell: int | None = None
    values: dict = field(default_factory=dict)

    @property
    def is_problem(self) -> bool:
        return self.code in PROBLEMS

    @property
    def text(self) -> str:
        """In the reader's language."""
        said = str((PROBLEMS | REMARKS)[self.code])
        return said % self.values if self.values else said

    def stored(self) -> dict:
        """As JSON; `Finding(**stored)` gives it back."""
        return asdict(self)
