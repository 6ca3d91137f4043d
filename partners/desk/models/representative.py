"""Somebody who speaks for an organisation."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RepresentativeQuerySet(models.QuerySet):
    def active(self):
        """Those who haven't been removed, of organisations that readers see."""
        return self.filter(removed=None, organisation__live=True)

    def of(self, email: str):
        """All that an address stands for."""
        return self.active().filter(email=email.lower())


class Representative(models.Model):
    """One person at one organisation, known by an e-mail address. Removed ones stay, so that it is known who sent what."""

    organisation = models.ForeignKey(
        "partners.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="representatives",
    )
    name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail"), max_length=254)
    language = models.CharField(
        _("language"), max_length=12, choices=settings.LANGUAGES, help_text=_("Of letters, and of the desk.")
    )
    invited_by = models.CharField(_("invited by"), max_length=254, blank=True)
    since = models.DateTimeField(_("since"), default=timezone.now)
    removed = models.DateTimeField(_("removed"), null=True, blank=True)

    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        ordering = ["organisation", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"], condition=models.Q(removed=None), name="representative_once"
            )
        ]
        indexes = [models.Index(fields=["email"], name="representative_email")]

    def __str__(self):
        return f"{self.name}, {self.organisation}"

    def save(self, *args, **kwargs):
        self.email = self.email.lower()
        super().save(*args, **kwargs)
