"""QuerySets that read like sentences."""

from django.db import models


class DraftedQuerySet(models.QuerySet):
    """Records with a draft state."""

    def live(self):
        """Only what is published."""
        return self.filter(live=True)
