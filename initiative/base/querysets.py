"""QuerySets that read like sentences."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models
from django.db.models.functions import Coalesce
from wagtail.models import Page, PageViewRestriction

_all_are_open: ContextVar[bool] = ContextVar("all_are_open", default=False)


class DraftedQuerySet(models.QuerySet):
    """Records with a draft state."""

    def live(self):
        """Only what is published."""
        return self.filter(live=True)


class JoinedKeys(models.Func):
    """To annotate records with: the keys that a relation of theirs to many others (`field`) leads to, joined by commas; null
    where it leads to none."""

    # A part of the statement that reads the records: one of its own takes as long again.
    template = "(SELECT %(joined)s FROM %(table)s tied WHERE tied.%(own)s = %(expressions)s)"
    arity = 1
    output_field = models.TextField()

    def as_sql(self, compiler, connection, **more):
        relation = compiler.query.model._meta.get_field(self.extra["field"])
        key = relation.m2m_reverse_name()
        joined = f"group_concat({key})" if connection.vendor == "sqlite" else f"string_agg(CAST({key} AS text), ',')"
        names = {"table": relation.remote_field.through._meta.db_table, "own": relation.m2m_column_name()}
        return super().as_sql(compiler, connection, joined=joined, **names, **more)


def borrowed_language() -> Coalesce:
    """To annotate pages with: the language that one borrows its text from, empty where the text is its own. A page borrows
    as an alias, or while what it says itself isn't published."""
    return Coalesce("alias_of__locale__language_code", "borrowed_text__language", models.Value(""))


def with_language(pages: models.QuerySet) -> models.QuerySet:
    """Pages with the language their text is in (`text_language`), for lists: of the tree, or of what they borrow."""
    return pages.annotate(
        text_language=Coalesce("alias_of__locale__language_code", "borrowed_text__language", "locale__language_code")
    )


class _IsPrivate(models.Func):
    # Written out: of models Django took two milliseconds to make it, for each list of each page.
    template = """EXISTS (
        SELECT 1 FROM %(restrictions)s restriction
        JOIN %(pages)s private ON private.id = restriction.page_id
        LEFT JOIN %(pages)s same ON same.alias_of_id = private.id
        WHERE private.path = SUBSTR(%(expressions)s, 1, LENGTH(private.path))
        OR same.path = SUBSTR(%(expressions)s, 1, LENGTH(same.path))
    )"""
    arity = 1
    output_field = models.BooleanField()

    def as_sql(self, compiler, connection, **more):
        tables = {"restrictions": PageViewRestriction._meta.db_table, "pages": Page._meta.db_table}
        return super().as_sql(compiler, connection, **tables, **more)


def is_private(path: str) -> models.Expression:
    """Whether the page at a treebeard path (a field) is private: something makes it so, there or above it, or on what a page
    there or above it is an alias of."""
    return _IsPrivate(path)


def private_with(page: Page) -> models.QuerySet:
    """The pages that what stands at a page and above it can make private: it and those below it, their aliases, and what is
    below its own aliases."""
    concerned = models.Q(path__startswith=page.path) | models.Q(alias_of__path__startswith=page.path)
    for path in page.aliases.values_list("path", flat=True):
        concerned |= models.Q(path__startswith=path)
    return Page.objects.filter(concerned)


@contextmanager
def where_all_are_open(known: bool) -> Iterator[None]:
    """Within this, nothing on the site is private, where that is `known`, as it was read a moment ago: lists needn't ask it of
    each page, for which PostgreSQL makes a plan as long as for all else."""
    token = _all_are_open.set(known)
    try:
        yield
    finally:
        _all_are_open.reset(token)


def all_are_open() -> bool:
    """Whether that is known here. What `open_to_all` asks hangs on it, so a `Prepared` question with that in it says so."""
    return _all_are_open.get()


def open_to_all(pages: models.QuerySet) -> models.QuerySet:
    """Of these pages, those that anybody may read: neither they nor any page above them is private, nor what they are an
    alias of, nor any page above that.

    Wagtail's `public()` does the same with a statement more, each time, and without a look at aliases.
    """
    if all_are_open():
        return pages
    return pages.filter(~is_private("path"), ~is_private("alias_of__path"))
