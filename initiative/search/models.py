"""The index: an entry per public object and site language, and what makes finding, counting and spelling quick.

The words themselves are kept by the engine of the database at hand, in tables of its own (see `engines`). All of it is of
one generation (see `generation`): these tables are made and dropped by `generations`, not by migrations. What several
generations share comes last.
"""

import json

from django.db import models
from django.db.models.lookups import Lookup
from django.utils.translation import gettext_lazy as _

from initiative.search.generation import table


class SearchEntry(models.Model):
    """One object as the search shows it in one language. `source` names the indexer it came from.

    `names` has one a line; `facets` is `{facet: [values]}`; `digest` tells whether a document differs from what is stored;
    while it is empty, the entry's words are not.
    """

    source = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64)
    language = models.CharField(max_length=12)
    kind = models.CharField(max_length=40)
    title = models.TextField()
    names = models.TextField(blank=True, default="")
    body = models.TextField(blank=True)
    keywords = models.TextField(blank=True)
    attached = models.TextField(blank=True, default="")
    attached_language = models.CharField(max_length=12, blank=True, default="")
    url = models.TextField()
    date = models.DateField(null=True)
    shown_language = models.CharField(max_length=12)
    sort_key = models.CharField(max_length=200)
    facets = models.JSONField(default=dict)
    digest = models.CharField(max_length=32)

    class Meta:
        managed = False
        db_table = table("entry")
        constraints = [
            models.UniqueConstraint(fields=["source", "object_id", "language"], name=table("entry_object")),
        ]

    def __str__(self):
        return f"{self.source} {self.object_id} ({self.language}): {self.title}"


class SearchFacet(models.Model):
    """Who has a value: the ids of the entries of one language, as a compressed bitmap (pyroaring).

    Kinds, dates and the beginnings of titles are kept as facets too, under names that begin with `~`. `version` is
    that of the SearchIndex at the last change. A value that nobody has any more keeps its row, so that every worker
    hears of it.
    """

    language = models.CharField(max_length=12)
    facet = models.CharField(max_length=60)
    value = models.CharField(max_length=200)
    members = models.BinaryField()
    version = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = table("facet")
        constraints = [
            models.UniqueConstraint(fields=["language", "facet", "value"], name=table("facet_value")),
        ]
        indexes = [models.Index(fields=["language", "version"], name=table("facet_version"))]

    def __str__(self):
        return f"{self.facet}={self.value} ({self.language})"


class SearchIndex(models.Model):
    """The state of the index of a language. Writers hold its row, so versions appear in the order they count.

    `epoch` is new whenever the row is, so that nobody mistakes another database's versions for this one's.
    """

    language = models.CharField(max_length=12, primary_key=True)
    epoch = models.CharField(max_length=32)
    version = models.BigIntegerField(default=0)

    class Meta:
        managed = False
        db_table = table("index")

    def __str__(self):
        return f"{self.language} at {self.version}"


class SearchWord(models.Model):
    """A word that occurs in entries of a language, for spelling: folded, as it is written, and in about how many."""

    language = models.CharField(max_length=12)
    word = models.CharField(max_length=60)
    written = models.CharField(max_length=120)
    entries = models.PositiveIntegerField(default=0)

    class Meta:
        managed = False
        db_table = table("word")
        constraints = [
            models.UniqueConstraint(fields=["language", "word"], name=table("word_language")),
        ]

    def __str__(self):
        return f"{self.written} ({self.language})"


class SearchNameWord(models.Model):
    """A word of titles and other names in a language, folded: the ids of the entries that have it, as a compressed bitmap,
    and how many they are."""

    language = models.CharField(max_length=12)
    word = models.CharField(max_length=60)
    members = models.BinaryField()
    entries = models.PositiveIntegerField()

    class Meta:
        managed = False
        db_table = table("name_word")
        constraints = [
            models.UniqueConstraint(fields=["language", "word"], name=table("name_word_language")),
        ]
        indexes = [
            # PostgreSQL finds beginnings only by an index in the order of code points.
            models.Index(
                fields=["language", "word"], opclasses=["varchar_pattern_ops"] * 2, name=table("name_word_begins")
            ),
        ]

    def __str__(self):
        return f"{self.word} ({self.language})"


class SearchProblem(models.Model):
    """An object that could not be indexed. Kept until indexing it works; the admin's home page shows them."""

    source = models.CharField(_("kind"), max_length=40)
    object_id = models.CharField(max_length=64)
    label = models.CharField(_("title"), max_length=255)
    message = models.TextField(_("message"))
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        managed = False
        db_table = table("problem")
        constraints = [
            models.UniqueConstraint(fields=["source", "object_id"], name=table("problem_object")),
        ]
        ordering = ["-since"]

    def __str__(self):
        return f"{self.source} {self.object_id}: {self.message}"


class SearchGeneration(models.Model):
    """An index that there is. `whole`: since when it has everything; None until it was built. `used`: when code of this
    generation was last seen, by its worker or because it changed something."""

    number = models.PositiveIntegerField(primary_key=True)
    whole = models.DateTimeField(null=True)
    used = models.DateTimeField()

    def __str__(self):
        return f"generation {self.number}"


class SearchChange(models.Model):
    """An object that code of another generation has indexed, and code of this generation has still to. Written only while
    there are several."""

    generation = models.ForeignKey(SearchGeneration, on_delete=models.CASCADE, related_name="changes")
    source = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64)

    def __str__(self):
        return f"{self.source} {self.object_id} for {self.generation}"


@models.BigAutoField.register_lookup
class Among(Lookup):
    """`id__among=ids`: like `in`, for any number of ids, sent as one parameter."""

    lookup_name = "among"
    prepare_rhs = False

    def get_prep_lookup(self):
        return [int(number) for number in self.rhs]

    def as_sqlite(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        return f"{column} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(self.rhs)]  # noqa: S608  (Django wrote the column)

    def as_postgresql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        # As text: an array of its own elements is written and read one by one, which takes as long as all else.
        return f"{column} = ANY(%s::bigint[])", [*params, f"{{{','.join(map(str, self.rhs))}}}"]


@models.CharField.register_lookup
class Begins(Lookup):
    """`word__begins="carb"`: like `startswith`, for letters and digits only, found by an index on both databases."""

    lookup_name = "begins"

    def as_sqlite(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        (beginning,) = self.process_rhs(compiler, connection)[1]
        return f"({column} >= %s AND {column} < %s)", [*params, beginning, *params, f"{beginning}\U0010ffff"]

    def as_postgresql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        (beginning,) = self.process_rhs(compiler, connection)[1]
        return f"{column} LIKE %s", [*params, f"{beginning}%"]
