"""A letter by e-mail."""

from django.db import models
from django.utils import timezone

# A mail server that is down is back after a day or two; one that refuses an address for so long means it.
MOST_TRIES = 24


class LetterQuerySet(models.QuerySet):
    def waiting(self):
        """Not sent yet, and not given up."""
        return self.filter(sent=None, tries__lt=MOST_TRIES)

    def given_up(self):
        """Never sent: the mail server refused them too often."""
        return self.filter(sent=None, tries__gte=MOST_TRIES)


class Letter(models.Model):
    """What is told to one address. `key` says what it is about; of letters with one key there is only one, ever."""

    key = models.CharField(max_length=200, unique=True)
    to = models.EmailField(max_length=254)
    language = models.CharField(max_length=12)
    subject = models.CharField(max_length=255)
    text = models.TextField()
    attachment = models.BinaryField(null=True)
    attachment_name = models.CharField(max_length=120, blank=True)
    written = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    tried = models.DateTimeField(null=True)
    sent = models.DateTimeField(null=True)
    problem = models.CharField(max_length=500, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["sent", "tries"], name="letter_waiting")]

    def __str__(self):
        return self.key
