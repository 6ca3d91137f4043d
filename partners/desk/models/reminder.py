"""A letter that reminds of a report."""

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from partners.intake.tokens import LENGTH, new_key, token

ANSWER = "answer a reminder"


class Occasion(models.TextChoices):
    """What it reminds of."""

    SOON = "soon", pgettext_lazy("reminder", "A report is due soon")
    DUE = "due", pgettext_lazy("reminder", "A report is due")
    SILENCE = "silence", pgettext_lazy("reminder", "It will count as silent")


class Reminder(models.Model):
    """One occasion, one commitment, one representative: there is only one letter for it, ever."""

    representative = models.ForeignKey("desk.Representative", on_delete=models.CASCADE, related_name="reminders")
    commitment = models.ForeignKey("partners.Commitment", on_delete=models.CASCADE, related_name="reminders")
    occasion = models.CharField(max_length=8, choices=Occasion)
    due_on = models.DateField()
    key = models.CharField(max_length=LENGTH, unique=True, default=new_key)
    written = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["representative", "commitment", "occasion", "due_on"], name="reminded_once")
        ]

    def __str__(self):
        return f"{self.commitment}: {self.occasion} {self.due_on}"

    @property
    def token(self) -> str:
        """Answers it without signing in."""
        return token(self.key, ANSWER)
