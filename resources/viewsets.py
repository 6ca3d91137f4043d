"""The library in the admin."""

from django import forms
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets.slug import SlugInput
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import DeleteView

from initiative.base.viewsets import RecordViewSet, SnippetViewSetGroup
from resources.forms import ResourceForm
from resources.models import ProblemReport, Resource, ResourceFile, ResourceType, Tombstone, Topic
from resources.panels import WithdrawnPanel
from resources.withdrawing import WithdrawView, may_withdraw, withdraw_url

# Made of the title while that is written; addresses have Latin letters.
ADDRESS = SlugInput(attrs={"data-w-slug-allow-unicode-value": "false"})


class KeptRecords(ModelPermissionPolicy):
    """For records that come about elsewhere: nobody adds them by hand."""

    def user_has_permission(self, user, action):
        return action != "add" and super().user_has_permission(user, action)


class DeleteResourceView(DeleteView):
    """Says what becomes of the address, and offers to withdraw the resource instead."""

    def get_context_data(self, **kwargs):
        url = withdraw_url(self.object) if may_withdraw(self.request.user) else ""
        return {**super().get_context_data(**kwargs), "withdraw_url": url}


class ResourceViewSet(RecordViewSet):
    model = Resource
    form = ResourceForm
    icon = "doc-full"
    menu_label = _("Resources")
    list_display = [
        "title",
        "type",
        Column("date_display", label=_("Date"), sort_key="issued_on"),
        "spotlight",
        "archived",
        "live",
    ]
    list_filter = ["type", "topics", "language", "spotlight", "archived", "live"]
    search_fields = ["title", "container", "publisher", "doi"]
    delete_view_class = DeleteResourceView
    delete_template_name = "resources/admin/delete.html"
    facts = [
        WithdrawnPanel(),
        MultiFieldPanel(
            [
                TitleFieldPanel("title", placeholder=False),
                FieldRowPanel([FieldPanel("language"), FieldPanel("slug", widget=ADDRESS)]),
                FieldPanel("type"),
            ],
            heading=_("The work"),
        ),
        InlinePanel("contributions", heading=_("Who made it, in order"), label=_("contribution")),
        FieldPanel("others"),
        MultiFieldPanel(
            [
                FieldPanel("issued"),
                FieldPanel("container"),
                FieldRowPanel([FieldPanel("volume"), FieldPanel("issue"), FieldPanel("pages")]),
                FieldPanel("publisher"),
                FieldPanel("replaces"),
            ],
            heading=_("Where and when it came out"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("url"),
                FieldRowPanel([FieldPanel("doi"), FieldPanel("isbn")]),
                FieldRowPanel([FieldPanel("access"), FieldPanel("licence")]),
            ],
            heading=_("How to reach it"),
        ),
        InlinePanel("files", heading=_("Files"), label=_("file"), panels=ResourceFile.make_panels()),
        FieldPanel("video_url"),
        MultiFieldPanel(
            [
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                FieldPanel("priorities", widget=forms.CheckboxSelectMultiple),
                FieldPanel("places"),
                FieldPanel("audiences"),
            ],
            heading=_("What it is about, and for whom"),
        ),
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("take_first_page")], heading=_("Cover")),
        MultiFieldPanel([FieldPanel("spotlight"), FieldPanel("archived")], heading=_("Place in the lists")),
    ]
    texts = ["abstract", "title_translation"]

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("withdraw/<int:pk>/", WithdrawView.as_view(), name="withdraw")]


class ResourceTypeViewSet(RecordViewSet):
    model = ResourceType
    icon = "list-ul"
    menu_label = _("Types")
    list_display = ["name", "parent", "soil", "order"]
    facts = ["key", "parent", "order", "soil", "csl_type", "schema_type"]
    texts = ["name", "singular", "slug"]


class TopicViewSet(RecordViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    list_display = ["name", "parent", "inclusion", "order"]
    facts = ["key", "parent", "order", "agrovoc_uri", "inclusion"]
    texts = ["name", "synonyms", "slug"]


class TombstoneViewSet(RecordViewSet):
    model = Tombstone
    icon = "no-view"
    menu_label = _("Withdrawn")
    list_display = ["title", Column("get_reason_display", label=_("Reason")), "withdrawn_on", "successor"]
    list_filter = ["reason"]
    search_fields = ["title", "makers", "doi"]
    facts = [
        *(FieldPanel(name, read_only=True) for name in ("title", "makers", "slug", "withdrawn_on")),
        "reason",
        "successor",
    ]
    texts = ["note"]
    # Without the right to add, the facts are there all the same.
    facts_for = "change"


class ProblemReportViewSet(RecordViewSet):
    model = ProblemReport
    icon = "warning"
    menu_label = _("Reported problems")
    list_display = [
        "title",
        Column("get_problem_display", label=_("What is wrong?")),
        DateColumn("reported_at", label=_("Sent"), sort_key="reported_at"),
        Column("get_state_display", label=_("State")),
    ]
    list_filter = ["state", "problem"]
    search_fields = ["title", "text"]
    inspect_view_enabled = False
    facts = [
        *(
            FieldPanel(name, read_only=True)
            for name in ("title", "problem", "text", "email", "language", "reported_at")
        ),
        "state",
        "note",
    ]
    facts_for = "change"


class LibraryGroup(SnippetViewSetGroup):
    menu_label = _("Library")
    menu_icon = "folder-open-inverse"
    menu_order = 200
    items = [ResourceViewSet, ProblemReportViewSet, TombstoneViewSet, TopicViewSet, ResourceTypeViewSet]
