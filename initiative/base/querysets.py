"""QuerySets that read like sentences."""

from django.db import models
from django.db.models.functions import Coalesce, Length, Substr
from wagtail.models import PageViewRestriction


class DraftedQuerySet(models.QuerySet):
    """Records with a draft state."""

    def live(self):
        """Only what is published."""
        return self.filter(live=True)


def borrowed_language() -> Coalesce:
    """To annotate pages with: the language that one borrows its text from, empty where the text is its own. A page borrows
    as an alias, or while what it says itself isn't published."""
    return Coalesce("alias_of__locale__language_code", "borrowed_text__language", models.Value(""))


def with_language(pages: models.QuerySet) -> models.QuerySet:
    """Pages with the language their text is in (`text_language`), for lists: of the tree, or of what they borrow."""
    return pages.annotate(
        text_language=Coalesce("alias_of__locale__language_code", "borrowed_text__language", "locale__language_code")
    )


def restrictions_above(path: str) -> models.QuerySet:
    """Inside `Exists`: what makes the page at a treebeard path (a field of the outer query) private, there or above it."""
    beginning = Substr(models.OuterRef(path), 1, Length("page__path"))
    return PageViewRestriction.objects.filter(page__path=beginning)


def open_to_all(pages: models.QuerySet) -> models.QuerySet:
    """Of these pages, those that anybody may read: neither they nor any page above them is private, nor what they are an
    alias of.

    Wagtail's `public()` does the same with a statement more, each time, and without a look at aliases.
    """
    return pages.exclude(models.Exists(restrictions_above("path"))).exclude(
        models.Exists(restrictions_above("alias_of__path"))
    )
