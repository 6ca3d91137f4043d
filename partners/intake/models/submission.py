"""Something that is sent in and decided on."""

import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.intake.enums import CLOSED, OPEN, Kind, State
from partners.intake.tokens import LENGTH, key_of, new_key, token

# Without the letters and digits that look alike.
_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"

# Purposes of secret addresses.
WRITE = "write"
COME_BACK = "come back"


def new_reference() -> str:
    """A number to quote in letters, such as `K7QM-2XTE`."""
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


class SubmissionQuerySet(models.QuerySet):
    def waiting(self):
        """Sent, and not decided on."""
        return self.filter(state=State.SENT)

    def received(self):
        """All that was sent once; what is still being written for the first time is its writer's alone."""
        return self.exclude(rounds=0)


class Submission(models.Model):
    """What somebody writes, sends, and gets an answer to.

    - `answers`: step → field → what was typed, as it was typed; forms say what it means.
    - `press`: a digest of the page that it was begun on; sent twice, a page makes one submission.
    - `rounds`: how often it was sent; whoever decides on it has read this round.
    """

    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    reference = models.CharField(_("reference"), max_length=9, unique=True, default=new_reference)
    key = models.CharField(max_length=LENGTH, unique=True, default=new_key)
    press = models.CharField(max_length=64, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    rounds = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(_("language"), max_length=12)
    name = models.CharField(_("sent by"), max_length=200)
    email = models.EmailField(_("e-mail"), max_length=254)
    subject = models.CharField(_("subject"), max_length=255, blank=True)
    organisation = models.ForeignKey(
        "partners.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="submissions",
    )
    commitment = models.ForeignKey(
        "partners.Commitment",
        verbose_name=_("commitment"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="submissions",
    )
    answers = models.JSONField(default=dict)
    reason = models.TextField(_("what was answered"), blank=True)
    begun = models.DateTimeField(_("begun"), default=timezone.now)
    saved = models.DateTimeField(_("last written"), default=timezone.now)
    sent = models.DateTimeField(_("sent"), null=True)
    decided = models.DateTimeField(_("decided"), null=True)
    address_confirmed = models.DateTimeField(_("address confirmed"), null=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-sent", "-pk"]
        default_permissions = ("view", "change")
        indexes = [models.Index(fields=["state", "sent"], name="submission_state")]

    def __str__(self):
        return f"{self.reference} {self.subject}".strip()

    @property
    def is_open(self) -> bool:
        """Whether who sends it may still change it."""
        return self.state in OPEN

    @property
    def is_closed(self) -> bool:
        """Whether nobody changes it any more."""
        return self.state in CLOSED

    @property
    def asked(self) -> str:
        """What the secretariat wants changed; empty where it doesn't ask for anything now."""
        return self.reason if self.state == State.CHANGES else ""

    @property
    def token(self) -> str:
        """Opens it to who writes it."""
        return token(self.key, WRITE)

    @property
    def letter_token(self) -> str:
        """The same, for links in letters."""
        return token(self.key, COME_BACK)

    @property
    def address_proof(self) -> str:
        """What a letter's link has beside its token: coming by it shows that the address it was written to is right, and of no
        other that may be put in its place."""
        return token(self.key, f"{COME_BACK} {self.email.lower()}").partition(".")[2]

    def proves_address(self, given: str) -> bool:
        """Whether this is the proof of today's address."""
        return key_of(f"{self.key}.{given}", f"{COME_BACK} {self.email.lower()}") is not None

    def typed(self, step: str) -> dict:
        """What was typed in a step: field → text, or list of texts."""
        return self.answers.get(step, {})

    def files_of(self, field: str) -> list:
        """The files given for a field, oldest first; no statement where `files` are prefetched."""
        return sorted((file for file in self.files.all() if file.field == field), key=lambda file: file.pk)
