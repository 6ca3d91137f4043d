"""How often somebody tried something lately."""

from django.db import models


class Attempt(models.Model):
    """Somebody tried something at a moment. `who` is a keyed digest of the limit's name and of an address: nobody can read
    an address from it, or tell that two limits met the same person."""

    who = models.CharField(max_length=64)
    moment = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["who", "moment"], name="guard_attempt_who"),
            models.Index(fields=["moment"], name="guard_attempt_moment"),
        ]

    def __str__(self):
        return f"{self.who[:8]} at {self.moment:%Y-%m-%d %H:%M}"
