"""Which texts of the library's records are written in each language. A work's own title is not one of them."""

from modeltranslation.translator import TranslationOptions, register

from resources.models import Resource, ResourceFile, ResourceType, Tombstone, Topic


@register(ResourceType)
class ResourceTypeTranslation(TranslationOptions):
    fields = ("name", "singular", "slug")


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ("name", "synonyms", "slug")


@register(Resource)
class ResourceTranslation(TranslationOptions):
    fields = ("title_translation", "abstract")


@register(ResourceFile)
class ResourceFileTranslation(TranslationOptions):
    fields = ("label",)


@register(Tombstone)
class TombstoneTranslation(TranslationOptions):
    fields = ("note",)
