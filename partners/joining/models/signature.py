"""Who signed what, and when."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Signature(models.Model):
    """A signature given online. `statement` is what the organisation stated, word for word; `digest` is its SHA-256.

    An application that comes back with changes is signed anew; the last signature counts.
    """

    submission = models.ForeignKey("intake.Submission", on_delete=models.CASCADE, related_name="signatures")
    version = models.ForeignKey(
        "joining.DeclarationVersion", verbose_name=_("wording"), on_delete=models.PROTECT, related_name="signatures"
    )
    declaration = models.ForeignKey(
        "partners.Declaration", null=True, blank=True, on_delete=models.SET_NULL, related_name="signatures"
    )
    name = models.CharField(_("name"), max_length=160)
    function = models.CharField(_("function"), max_length=160)
    signed = models.DateTimeField(_("signed"))
    language = models.CharField(_("language of the statement"), max_length=12)
    statement = models.TextField(_("statement"))
    digest = models.CharField(_("SHA-256 of the statement"), max_length=64)
    agreed_to_publish = models.BooleanField(_("may be published"), default=False)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        default_permissions = ()
        ordering = ["signed"]

    def __str__(self):
        return f"{self.name}, {self.signed:%Y-%m-%d}"
