"""What has changed in a commitment since readers first saw it."""

from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiative.base import languages

# What a commitment stands by. Texts are followed in each language; writing a translation changes nothing.
FACTS = ("start", "end", "baseline", "target", "unit", "outcome")
TEXTS = ("title", "goal", "actions", "timetable", "resources")


class CommitmentChange(models.Model):
    """One field of a published commitment that was published with another content. Written by the record itself."""

    commitment = models.ForeignKey("partners.Commitment", on_delete=models.CASCADE, related_name="changes")
    day = models.DateField(_("day"))
    field = models.CharField(_("what changed"), max_length=20)
    language = models.CharField(_("language"), max_length=12, blank=True)
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)

    class Meta:
        verbose_name = _("change of a commitment")
        verbose_name_plural = _("changes of commitments")
        ordering = ["-day", "-pk"]

    def __str__(self):
        return f"{self.commitment}, {self.day}: {self.field}"

    @classmethod
    def told_of(cls, commitment) -> dict | None:
        """What the database tells readers of a commitment before it is saved: (field, language) → text. None for a draft."""
        stored = type(commitment).objects.filter(pk=commitment.pk, live=True).first()
        return _told(stored) if stored else None

    @classmethod
    def note(cls, commitment, before: dict) -> None:
        """Keep what is different now."""
        if not commitment.live:
            return
        after, today = _told(commitment), timezone.localdate()
        cls.objects.bulk_create(
            cls(
                commitment=commitment,
                day=today,
                field=field,
                language=language,
                before=was,
                after=after[field, language],
            )
            for (field, language), was in before.items()
            if was != after[field, language] and (was or not language)
        )


def _told(commitment) -> dict[tuple[str, str], str]:
    facts = {(field, ""): _plain(getattr(commitment, field)) for field in FACTS}
    texts = {(field, code): commitment.text_in(field, code) for field in TEXTS for code in languages.codes()}
    return facts | texts


def _plain(value) -> str:
    """A fact as text, the same for 4000 and 4000.000."""
    if value is None:
        return ""
    return value if isinstance(value, str) else f"{Decimal(value).normalize():f}"
