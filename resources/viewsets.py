"""The library in the admin."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from initiative.base.viewsets import RecordViewSet, SnippetViewSetGroup
from resources.forms import ResourceForm
from resources.models import Resource, ResourceFile, ResourceType, Topic


class ResourceViewSet(RecordViewSet):
    model = Resource
    form = ResourceForm
    icon = "doc-full"
    menu_label = _("Resources")
    list_display = ["title", "type", "issued", "spotlight", "archived", "live"]
    list_filter = ["type", "topics", "language", "spotlight", "archived", "live"]
    search_fields = ["title", "container", "publisher", "doi"]
    facts = [
        MultiFieldPanel(
            [FieldPanel("title"), FieldRowPanel([FieldPanel("language"), FieldPanel("slug")]), FieldPanel("type")],
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


class LibraryGroup(SnippetViewSetGroup):
    menu_label = _("Library")
    menu_icon = "folder-open-inverse"
    menu_order = 200
    items = [ResourceViewSet, TopicViewSet, ResourceTypeViewSet]
