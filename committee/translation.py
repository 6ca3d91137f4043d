"""Which texts of the committee's records are written in each language."""

from modeltranslation.translator import TranslationOptions, register

from committee.models import Criterion, CriterionGroup, Meeting, ResearchPriority, Term


@register(ResearchPriority)
class ResearchPriorityTranslation(TranslationOptions):
    fields = ("title",)


@register(Term)
class TermTranslation(TranslationOptions):
    fields = ("note",)


@register(Meeting)
class MeetingTranslation(TranslationOptions):
    fields = ("city", "note")


@register(CriterionGroup)
class CriterionGroupTranslation(TranslationOptions):
    fields = ("name", "explanation")


@register(Criterion)
class CriterionTranslation(TranslationOptions):
    fields = ("title", "explanation")
