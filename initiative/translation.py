"""Which texts of site-wide records are written in each language."""

from modeltranslation.translator import TranslationOptions, register

from initiative.models import College, GovernanceBody, Person, Statistic, SustainableDevelopmentGoal


@register(SustainableDevelopmentGoal)
class SustainableDevelopmentGoalTranslation(TranslationOptions):
    fields = ("title", "contribution")


@register(Statistic)
class StatisticTranslation(TranslationOptions):
    fields = ("label", "unit", "source")


@register(Person)
class PersonTranslation(TranslationOptions):
    fields = ("affiliation", "biography")


@register(GovernanceBody)
class GovernanceBodyTranslation(TranslationOptions):
    fields = ("name", "role", "members")


@register(College)
class CollegeTranslation(TranslationOptions):
    fields = ("name",)
