"""How a work is cited, written down before anybody asks: to write a reference takes a third of the time of a page."""

from django.db import models


class WrittenReferences(models.Model):
    """A resource's reference in each language: `texts` is `{language: [digest of what it was written from, HTML]}`.

    A page that says something else than a digest stands for has its reference written anew (`resources/citations/written.py`), so
    none is ever shown that is out of date. Of a work that changes, `made` is emptied (`resources/signals.py`), and the worker
    writes what is missing or was `made` with something else (`resources/services/references.py`).
    """

    # It leads to nothing, and nobody is to read of it where Wagtail tells who uses a resource.
    wagtail_reference_index_ignore = True

    # Without a constraint in the database: a version that doesn't know this table deletes resources, too.
    resource = models.OneToOneField(
        "resources.Resource",
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="written_references",
        db_constraint=False,
    )
    made = models.CharField(max_length=32, blank=True)
    texts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["resource", "made"], name="written_references_made")]

    def __str__(self):
        return str(self.resource_id)
