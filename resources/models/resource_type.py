"""What kinds of thing the library holds: one two-level list kept by editors."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.enums import CslType, SchemaType, Soil
from resources.models.vocabulary import VocabularyTerm


class ResourceType(VocabularyTerm):
    """A kind of resource: how it is named, drawn and cited."""

    max_depth = 2

    singular = models.CharField(
        _("name of one"), max_length=120, help_text=_("Article, for articles and publications.")
    )
    soil = models.CharField(_("soil of its covers"), max_length=16, choices=Soil, default=Soil.CHERNOZEM)
    csl_type = models.CharField(_("type in citations"), max_length=24, choices=CslType, default=CslType.DOCUMENT)
    schema_type = models.CharField(
        _("type for search engines"), max_length=24, choices=SchemaType, default=SchemaType.CREATIVE_WORK
    )

    class Meta(VocabularyTerm.Meta):
        verbose_name = _("resource type")
        verbose_name_plural = _("resource types")
