"""The research priorities to read: an index of the two sectors, and a page per question."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from initiative.base.landmarks import landmarks
from initiative.base.pages import BasePage
from initiative.base.querysets import with_language
from initiative.blocks import BodyBlock, NotesBlock, words

_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]

# The five layers of a priority, from the surface down: the letter of the soil horizon and the fields that fill it.
LAYERS = [
    ("o", "question", _("The question")),
    ("a", "why", _("Why it matters")),
    ("b", "known", _("What is known")),
    ("c", "missing", _("What is missing")),
    ("r", "linked", _("Linked work")),
]


class PrioritiesIndexPage(BasePage):
    """The two sectors of action and the questions of the second."""

    landmark = "priorities"

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    parent_page_types = ["initiative.HomePage"]
    subpage_types = ["committee.ResearchPriorityPage"]

    class Meta:
        verbose_name = _("research priorities index")

    def search_text(self):
        return f"{self.introduction} {words(self.body)}"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["priorities"] = (
            with_language(ResearchPriorityPage.objects.live().child_of(self))
            .select_related("priority")
            .order_by("priority__number")
        )
        return context


class ResearchPriorityPage(BasePage):
    """One question, read downwards through five layers."""

    priority = models.ForeignKey(
        "committee.ResearchPriority",
        verbose_name=_("research priority"),
        on_delete=models.PROTECT,
        related_name="pages",
    )
    question = RichTextField(_("the question"), features=_FEATURES, blank=True)
    question_notes = StreamField(NotesBlock(), verbose_name=_("notes beside it"), blank=True)
    why = RichTextField(_("why it matters"), features=_FEATURES, blank=True)
    why_notes = StreamField(NotesBlock(), verbose_name=_("notes beside it"), blank=True)
    known = RichTextField(_("what is known"), features=_FEATURES, blank=True)
    known_notes = StreamField(NotesBlock(), verbose_name=_("notes beside it"), blank=True)
    missing = RichTextField(_("what is missing"), features=_FEATURES, blank=True)
    missing_notes = StreamField(NotesBlock(), verbose_name=_("notes beside it"), blank=True)
    gaps = StreamField([("gap", blocks.CharBlock(label=_("gap")))], verbose_name=_("gaps, one a line"), blank=True)
    linked = RichTextField(_("linked work"), features=_FEATURES, blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("priority"),
        *(
            MultiFieldPanel([FieldPanel(name), FieldPanel(f"{name}_notes")], heading=heading)
            for _letter, name, heading in LAYERS[:3]
        ),
        MultiFieldPanel([FieldPanel("missing"), FieldPanel("gaps"), FieldPanel("missing_notes")], heading=LAYERS[3][2]),
        FieldPanel("linked"),
    ]
    parent_page_types = ["committee.PrioritiesIndexPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("research priority page")

    def search_text(self):
        gaps = " ".join(str(gap.value) for gap in self.gaps)
        return " ".join([self.introduction, self.question, self.why, self.known, self.missing, gaps, self.linked])

    def get_context(self, request, *args, **kwargs):
        from partners.queries import commitments_on
        from resources.queries import resources_on

        context = super().get_context(request, *args, **kwargs)
        siblings = self._siblings()
        context.update(
            layers=[
                {
                    "letter": letter.upper(),
                    "id": letter,
                    "name": name,
                    "notes_name": f"{name}_notes",
                    "title": title,
                    "text": getattr(self, name),
                    "notes": getattr(self, f"{name}_notes", None),
                    "gaps": self.gaps if name == "missing" else None,
                    "linked": name == "linked",
                }
                for letter, name, title in LAYERS
            ],
            resources=resources_on(self.priority_id, 8),
            commitments=commitments_on(self.priority_id, 8),
            siblings=siblings,
            library_url=landmarks().url("library"),
        )
        return context

    def _siblings(self) -> list["ResearchPriorityPage"]:
        """All live priority pages beside this one, itself among them, by number."""
        pages = with_language(ResearchPriorityPage.objects.live().sibling_of(self)).select_related("priority")
        found = sorted(pages, key=lambda page: page.priority.number)
        for page in found:
            if page.pk == self.pk:
                self.priority = page.priority  # needs no statement of its own then
        return found
