"""The partners in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from initiative.base.viewsets import RecordViewSet, SnippetViewSetGroup
from partners.desk.viewsets import RepresentativeViewSet
from partners.intake.viewsets import SubmissionViewSet
from partners.models import Commitment, JointDeclaration, Organisation, ProgressReport, Testimonial


class OrganisationViewSet(RecordViewSet):
    model = Organisation
    icon = "site"
    menu_label = _("Organisations")
    list_display = ["name", "type", "country", "listed", "live"]
    list_filter = ["type", "country", "listed", "live"]
    search_fields = ["name", "acronym"]
    facts = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("acronym")]),
        "slug",
        FieldRowPanel([FieldPanel("type"), FieldPanel("country")]),
        "listed",
        "website",
        "logo",
        InlinePanel("memberships", heading=_("Memberships"), label=_("membership")),
        InlinePanel("declarations", heading=_("Signatures"), label=_("signature")),
    ]
    texts = ["description"]


class CommitmentViewSet(RecordViewSet):
    model = Commitment
    icon = "pick"
    menu_label = _("Commitments")
    list_display = ["title", "organisation", "start", "end", "live"]
    list_filter = ["organisation", "course", "live"]
    facts = [
        FieldRowPanel([FieldPanel("organisation"), FieldPanel("slug")]),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("baseline"), FieldPanel("baseline_on")]),
                FieldRowPanel([FieldPanel("target"), FieldPanel("unit")]),
            ],
            heading=_("Where it can be measured"),
        ),
        FieldPanel("places"),
        FieldPanel("sdgs"),
        FieldPanel("priorities"),
        FieldPanel("topics"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("outcome"), FieldPanel("outcome_on")])], heading=_("When it is over")
        ),
    ]
    texts = ["title", "goal", "actions", "timetable", "resources", "measure", "outcome_note"]


class ProgressReportViewSet(RecordViewSet):
    model = ProgressReport
    icon = "history"
    menu_label = _("Progress reports")
    list_display = ["commitment", "reported_on", "value", "state"]
    list_filter = ["state", "commitment"]
    facts = [
        "commitment",
        FieldRowPanel([FieldPanel("reported_on"), FieldPanel("value")]),
        "unchanged",
        "language",
        FieldRowPanel([FieldPanel("state"), FieldPanel("decided_on")]),
        "submitted_by",
        InlinePanel("evidence", heading=_("Evidence"), label=_("evidence")),
    ]
    texts = ["story"]


class TestimonialViewSet(RecordViewSet):
    model = Testimonial
    icon = "openquote"
    menu_label = _("Testimonials")
    list_display = ["speaker", "order", "source_language", "live"]
    facts = ["slug", "organisation", "person", "order", "source_language", "source_title", "source_url"]
    texts = ["stance"]


class JointDeclarationViewSet(RecordViewSet):
    model = JointDeclaration
    icon = "doc-full-inverse"
    menu_label = _("Joint declarations")
    list_display = ["title", "adopted"]
    facts = ["key", "adopted"]
    texts = ["title", "place", "summary", "text"]


class PartnersGroup(SnippetViewSetGroup):
    menu_label = _("Partners")
    menu_icon = "site"
    menu_order = 220
    items = [
        SubmissionViewSet,
        OrganisationViewSet,
        RepresentativeViewSet,
        CommitmentViewSet,
        ProgressReportViewSet,
        TestimonialViewSet,
        JointDeclarationViewSet,
    ]
