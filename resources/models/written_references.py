"""How a work is cited, written down before anybody asks: to write a reference takes a seventh of the time of a page."""

from django.db import models


class WrittenReferences(models.Model):
    """A resource's reference in each language: `texts` is `{language: [digest of what it was written from, HTML]}`.

    What a digest doesn't fit any more is written anew (`resources/citations/written.py`), so nothing here can be out of date.
    """

    # It leads to nothing, and nobody is to read of it where Wagtail tells who uses a resource.
    wagtail_reference_index_ignore = True

    resource = models.OneToOneField(
        "resources.Resource", primary_key=True, on_delete=models.CASCADE, related_name="written_references"
    )
    texts = models.JSONField()

    def __str__(self):
        return str(self.resource)
