"""An address at which readers found something once."""

from django.db import models


class GoneAddress(models.Model):
    """What was there was deleted, or is a document's file, and has another name. Of a record's address only the SHA-256 is kept:
    a person's names them, though whoever knows a name can try whether it was there.

    `page_path` is where a page was last, as it was written: in that place its translation may be shown now, or it may be back. Of
    a document it is what all its addresses begin with, and has no name in it: `/documents/7/`.
    """

    digest = models.CharField(max_length=64, unique=True)
    gone_on = models.DateField()
    page_path = models.CharField(max_length=2_000, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.page_path or self.digest
