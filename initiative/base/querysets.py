"""QuerySets that read like sentences."""

from django.db import models
from django.db.models.functions import Length, Substr
from wagtail.models import PageViewRestriction


class DraftedQuerySet(models.QuerySet):
    """Records with a draft state."""

    def live(self):
        """Only what is published."""
        return self.filter(live=True)


def open_to_all(pages: models.QuerySet) -> models.QuerySet:
    """Of these pages, those that anybody may read: neither they nor any page above them is private.

    Wagtail's `public()` does the same with a statement more, each time.
    """
    beginning = Substr(models.OuterRef("path"), 1, Length("page__path"))
    return pages.exclude(models.Exists(PageViewRestriction.objects.filter(page__path=beginning)))
