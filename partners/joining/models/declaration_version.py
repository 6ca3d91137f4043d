"""A wording of a joint declaration that somebody was asked to sign."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DeclarationVersion(models.Model):
    """The text as it was shown, kept for good: editors may change the declaration, not what was signed.

    `is_summary`: the wording itself had not been entered, so what was shown and signed is the summary.
    """

    joint_declaration = models.ForeignKey(
        "partners.JointDeclaration",
        verbose_name=_("declaration"),
        on_delete=models.PROTECT,
        related_name="versions",
    )
    language = models.CharField(_("language"), max_length=12)
    number = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=255)
    text = models.TextField(_("text"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    is_summary = models.BooleanField(_("summary"), default=False)
    since = models.DateField(_("since"), default=timezone.localdate)

    class Meta:
        verbose_name = _("wording of a declaration")
        verbose_name_plural = _("wordings of declarations")
        default_permissions = ()
        ordering = ["joint_declaration", "language", "number"]
        constraints = [
            models.UniqueConstraint(fields=["joint_declaration", "language", "digest"], name="wording_kept_once"),
            models.UniqueConstraint(fields=["joint_declaration", "language", "number"], name="wording_numbered_once"),
        ]

    def __str__(self):
        return f"{self.title}, {self.language} {self.number}"
