"""What is signed: the wording of the declaration as it is shown, and what the organisation states under it."""

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from initiative.base import languages
from partners.enums import Body
from partners.intake.answers import rows_of
from partners.intake.models import Submission
from partners.joining.models import DeclarationVersion
from partners.joining.steps import BY_NAME
from partners.models import JointDeclaration

_INDENT = "  "
SIGNED_BY = {Body.FORUM: "paris", Body.CONSORTIUM: "marrakech"}


def digest(text: str) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Wording:
    """A declaration's text as a reader is shown it. `is_summary`: the secretariat hasn't entered the text itself."""

    declaration: JointDeclaration
    language: str
    title: str
    text: str
    is_summary: bool

    @property
    def digest(self) -> str:
        """SHA-256 of the text."""
        return digest(self.text)

    @transaction.atomic
    def kept(self) -> DeclarationVersion:
        """The same text for good, with the number of its version; made where nobody signed it before."""
        own = {"joint_declaration": self.declaration, "language": self.language}
        # Locked, so that two who sign a new wording at once number it once.
        JointDeclaration.objects.select_for_update().get(pk=self.declaration.pk)
        found = DeclarationVersion.objects.filter(**own, digest=self.digest).first()
        if found is None:
            last = DeclarationVersion.objects.filter(**own).aggregate(last=Max("number"))["last"] or 0
            found = DeclarationVersion.objects.create(
                **own,
                number=last + 1,
                title=self.title,
                text=self.text,
                digest=self.digest,
                is_summary=self.is_summary,
            )
        return found


def wording_for(body: str) -> Wording | None:
    """What is signed to join a body, in the reader's language or the best other; None where nobody has entered anything."""
    declaration = JointDeclaration.objects.filter(key=SIGNED_BY.get(body, "")).first()
    if declaration is None:
        return None
    for field in ("text", "summary"):
        for code in languages.fallbacks(languages.current()):
            if text := declaration.text_in(field, code).replace("\r\n", "\n").strip():
                title = declaration.text_in("title", code) or declaration.best("title")
                return Wording(declaration, code, title, text, is_summary=field == "summary")
    return None


def statement_of(submission: Submission) -> str:
    """What an organisation states, word for word: each question, in the reader's language, in a line, and the answer below it
    in lines that begin with two spaces."""
    lines = []
    for name in ("organisation", "commitment"):
        for row in rows_of(BY_NAME[name].blank(submission), submission):
            answer = (row.text or row.url or "\n".join(row.items)).strip()
            if answer:
                lines += [row.label, *(f"{_INDENT}{line}" for line in answer.splitlines())]
    return "\n".join(lines)


def stated(statement: str) -> list[tuple[str, str]]:
    """Question and answer of a statement, in order."""
    pairs: list[tuple[str, list[str]]] = []
    for line in statement.split("\n"):
        if line.startswith(_INDENT) and pairs:
            pairs[-1][1].append(line.removeprefix(_INDENT))
        else:
            pairs.append((line, []))
    return [(question, "\n".join(answer)) for question, answer in pairs]


def fingerprint(wording: Wording, statement: str) -> str:
    """One digest of all that is signed: it changes with a letter of either."""
    return digest(f"{wording.digest} {digest(statement)}")
