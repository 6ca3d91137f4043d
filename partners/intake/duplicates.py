"""Organisations that may be the same: by name without case, accents and signs, or by their site."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from initiative.search.analysis import words
from partners.intake.enums import CLOSED, Kind
from partners.intake.models import Submission
from partners.models import Organisation

# Sites and mail that many have in common.
_SHARED = {
    "facebook.com", "gmail.com", "googlemail.com", "hotmail.com", "hotmail.fr", "icloud.com", "instagram.com",
    "linkedin.com", "live.com", "orange.fr", "outlook.com", "outlook.fr", "proton.me", "protonmail.com", "twitter.com",
    "wanadoo.fr", "x.com", "yahoo.com", "yahoo.es", "yahoo.fr", "youtube.com",
}  # fmt: skip


@dataclass(frozen=True)
class Likeness:
    """An organisation, or another submission, that looks like the same; and what they share."""

    record: Organisation | Submission
    reasons: tuple[str, ...]


def folded(name: str) -> str:
    """A name without case, accents, spaces and signs."""
    return "".join(words(name))


def domain(address: str) -> str:
    """The site of a web address or an e-mail address, without `www.`; empty for those that many share."""
    _user, at, host = address.rpartition("@")
    try:
        host = host if at and "/" not in address else urlsplit(address).hostname
    except ValueError:
        host = ""
    host = (host or "").lower().removeprefix("www.")
    return "" if host in _SHARED else host


class Register:
    """All organisations, and all applications that aren't closed, read once to compare many submissions with. Two statements."""

    def __init__(self):
        self._organisations = [
            (record, folded(record.name), folded(record.acronym), {domain(record.website)} - {""})
            for record in Organisation.objects.only("name", "acronym", "website", "slug", "live")
        ]
        applications = Submission.objects.received().filter(kind=Kind.APPLICATION).exclude(state__in=CLOSED)
        self._applications = [
            (record, folded(record.subject), "", self._domains(record)) for record in applications.defer("reason")
        ]

    def like(self, submission: Submission) -> list[Likeness]:
        """What may be the same organisation as that of an application."""
        wanted, domains = folded(submission.subject), self._domains(submission)
        found = (
            Likeness(record, _shared(wanted, domains, name, acronym, others))
            for record, name, acronym, others in [*self._organisations, *self._applications]
            if record != submission and record != submission.organisation
        )
        return [likeness for likeness in found if likeness.reasons]

    @staticmethod
    def _domains(submission: Submission) -> set[str]:
        website = str(submission.typed("organisation").get("website", ""))
        return {domain(website), domain(submission.email)} - {""}


def _shared(name: str, domains: set[str], other: str, acronym: str, others: set[str]) -> tuple[str, ...]:
    found = []
    if name and name in (other, acronym):
        found.append(_("same name"))
    if shared := domains & others:
        found.append(_("same site: %(site)s") % {"site": min(shared)})
    return tuple(found)
