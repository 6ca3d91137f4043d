"""What resources are about."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.enums import Inclusion
from resources.models.vocabulary import VocabularyTerm


class Topic(VocabularyTerm):
    """A subject. Its names and synonyms in every language are searchable, whatever the language of a paper."""

    # A language may have no other words for it.
    may_stay = frozenset({"synonyms"})

    synonyms = models.TextField(
        _("synonyms"), blank=True, help_text=_("Other words for it, one a line. The search finds them.")
    )
    agrovoc_uri = models.URLField(
        _("AGROVOC"), blank=True, help_text=_("The address of the same concept in FAO's vocabulary.")
    )
    inclusion = models.CharField(_("drawn on covers as"), max_length=12, choices=Inclusion, blank=True)

    class Meta(VocabularyTerm.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
