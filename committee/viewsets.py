"""The committee in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from committee.models import Criterion, CriterionGroup, Meeting, ResearchPriority, Term
from initiative.base.viewsets import RecordViewSet, SnippetViewSetGroup
from initiative.models import Person


class PersonViewSet(RecordViewSet):
    model = Person
    icon = "user"
    menu_label = _("People")
    list_display = ["name", "affiliation", "country"]
    search_fields = ["given_name", "family_name"]
    facts = [
        FieldRowPanel([FieldPanel("given_name"), FieldPanel("family_name")]),
        "slug",
        "country",
        "portrait",
        "orcid",
        "website",
    ]
    texts = ["affiliation", "biography"]


class TermViewSet(RecordViewSet):
    model = Term
    icon = "group"
    menu_label = _("Members and terms")
    list_display = ["person", "role", "start", "end", "is_former"]
    list_filter = ["role", "is_former"]
    facts = ["person", "role", FieldRowPanel([FieldPanel("start"), FieldPanel("end")]), "is_former"]
    texts = ["note"]


class MeetingViewSet(RecordViewSet):
    model = Meeting
    icon = "calendar"
    menu_label = _("Meetings")
    list_display = ["number", "date", "city", "place"]
    facts = [
        "number",
        "date",
        "place",
        "online",
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
        "report",
    ]
    texts = ["city", "note"]


class ResearchPriorityViewSet(RecordViewSet):
    model = ResearchPriority
    icon = "help"
    menu_label = _("Research priorities")
    list_display = ["number", "title", "sector"]
    facts = ["number", "sector", "key"]
    texts = ["title"]


class CriterionGroupViewSet(RecordViewSet):
    model = CriterionGroup
    icon = "list-ul"
    menu_label = _("Groups of criteria")
    list_display = ["number", "name"]
    facts = ["number", "key"]
    texts = ["name", "explanation"]


class CriterionViewSet(RecordViewSet):
    model = Criterion
    icon = "check"
    menu_label = _("Criteria")
    list_display = ["number", "title", "group", "confirmed"]
    list_filter = ["group", "confirmed"]
    facts = ["number", "group", "sdgs", "confirmed"]
    texts = ["title", "explanation"]


class CommitteeGroup(SnippetViewSetGroup):
    menu_label = _("Committee")
    menu_icon = "group"
    menu_order = 210
    items = [
        PersonViewSet,
        TermViewSet,
        MeetingViewSet,
        ResearchPriorityViewSet,
        CriterionViewSet,
        CriterionGroupViewSet,
    ]
