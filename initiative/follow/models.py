"""Who follows what. Nothing else is known of a reader, and it is gone with the last follow."""

import hashlib
import uuid

from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from initiative.follow.enums import Frequency
from initiative.follow.subjects import Subject, subject_of


class Follower(models.Model):
    """An address that follows something in one language. Who follows in two gets a mail in each.

    - `identity` stands for it in links. A new one has another, so old links die with what they were made for.
    - `claim`, `claimed_at`: the run that works on its digest, since when; see `digests`.
    - `failing_since`, `failures`: when mails to it began to be refused, and how many were in a row.
    """

    identity = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))  # in small letters
    language = models.CharField(_("language"), max_length=12)
    claim = models.UUIDField(null=True, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)
    failing_since = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        constraints = [models.UniqueConstraint(fields=["email", "language"], name="follow_follower_email")]

    def __str__(self):
        return f"{self.identity} ({self.language})"  # never the address: this ends up in logs


class FollowQuerySet(models.QuerySet):
    def confirmed(self):
        """Only what the owner of the address has said yes to."""
        return self.filter(confirmed_at__isnull=False)

    def due(self, day):
        """Confirmed ones whose next digest may go out on a day (see `days`)."""
        return self.confirmed().filter(next_on__lte=day)

    def in_order(self):
        """As readers see them: in the order they were asked for."""
        return self.order_by("confirmed_at", "pk")


class Follow(models.Model):
    """One thing that a reader follows: a subject's kind and key.

    Once confirmed, `seen_until` says up to which moment of publication its reader has been told, or could see it;
    `next_on` from which day on (see `days`) the next digest may go out.
    """

    identity = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    follower = models.ForeignKey(Follower, verbose_name=_("follower"), on_delete=models.CASCADE, related_name="follows")
    kind = models.CharField(max_length=40)
    key = models.TextField(blank=True)
    digest = models.CharField(max_length=64, editable=False)  # of kind and key, which are too long for an index
    frequency = models.CharField(_("how often"), max_length=8, choices=Frequency, default=Frequency.WEEKLY)
    asked_at = models.DateTimeField(_("asked for"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    seen_until = models.DateTimeField(null=True, editable=False)
    next_on = models.DateField(null=True, editable=False)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [
            models.UniqueConstraint(fields=["follower", "digest"], name="follow_follow_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, seen_until__isnull=True, next_on__isnull=True)
                | Q(confirmed_at__isnull=False, seen_until__isnull=False, next_on__isnull=False),
                name="follow_follow_confirmed",
            ),
        ]
        indexes = [models.Index(fields=["next_on"], name="follow_follow_next_on")]

    def __str__(self):
        return f"{self.kind} {self.key}"

    @property
    def subject(self) -> Subject | None:
        """What kind of thing it is; None where no app offers that any more."""
        return subject_of(self.kind)

    @property
    def words(self) -> str:
        """What is followed, in the active language; empty where it is no longer there."""
        return self.subject.describe(self.key) if self.subject else ""

    @property
    def url(self) -> str:
        """The path of the page that shows what is followed, in the language it was asked for; empty without one."""
        if not self.subject:
            return ""
        with translation.override(self.follower.language):
            return self.subject.url(self.key)


def digest_of(kind: str, key: str) -> str:
    """What tells one followed thing from another."""
    return hashlib.sha256(f"{kind}\n{key}".encode()).hexdigest()
