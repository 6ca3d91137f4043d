"""Which texts of the partners' records are written in each language. An organisation's name is not one of them."""

from modeltranslation.translator import TranslationOptions, register

from partners.models import Commitment, JointDeclaration, Organisation, ProgressReport, Testimonial


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("description",)


@register(JointDeclaration)
class JointDeclarationTranslation(TranslationOptions):
    fields = ("title", "place", "summary", "text")


@register(Commitment)
class CommitmentTranslation(TranslationOptions):
    fields = ("title", "goal", "actions", "timetable", "resources", "measure", "outcome_note")


@register(ProgressReport)
class ProgressReportTranslation(TranslationOptions):
    fields = ("story",)


@register(Testimonial)
class TestimonialTranslation(TranslationOptions):
    fields = ("stance",)
