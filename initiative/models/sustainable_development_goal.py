"""The seventeen Sustainable Development Goals of the United Nations."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from initiative.base.records import TranslatedText


class GoalQuerySet(models.QuerySet):
    def named_by_initiative(self):
        """The goals that the Initiative says it works for."""
        return self.filter(named_by_initiative=True)


class SustainableDevelopmentGoal(TranslatedText):
    """One goal, and what the Initiative does for it."""

    main_text = "title"

    number = models.PositiveSmallIntegerField(
        _("number"), unique=True, validators=[MinValueValidator(1), MaxValueValidator(17)]
    )
    title = models.CharField(_("title"), max_length=255)
    contribution = models.TextField(_("what the Initiative does for it"), blank=True)
    named_by_initiative = models.BooleanField(_("named by the Initiative"), default=False)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("Sustainable Development Goal")
        verbose_name_plural = _("Sustainable Development Goals")
        ordering = ["number"]

    def __str__(self):
        return f"{self.number}. {self.title}"
