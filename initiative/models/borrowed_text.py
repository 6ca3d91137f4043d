"""Pages that are no alias any more, but still say what the page they followed says."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BorrowedText(models.Model):
    """A page that somebody has begun to translate: until it is published, its text is still in another language."""

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="borrowed_text")
    language = models.CharField(_("language"), max_length=12)

    class Meta:
        verbose_name = _("borrowed text")
        verbose_name_plural = _("borrowed texts")

    def __str__(self):
        return f"{self.page} ({self.language})"
