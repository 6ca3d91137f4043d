"""The committee's landing page, and a page for each member."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import StreamField

from committee.models.meeting import Meeting
from committee.models.term import Term
from committee.queries import member, members_by_role
from initiative.base.pages import LandingPage
from initiative.blocks import BodyBlock, words
from resources.queries import resources_by


class CommitteePage(LandingPage):
    """Members, former members, meetings, and what the committee is for."""

    landmark = "committee"

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [*LandingPage.content_panels, FieldPanel("body")]
    parent_page_types = ["initiative.HomePage"]
    subpage_types = []

    class Meta:
        verbose_name = _("committee page")

    def search_text(self):
        return f"{self.introduction} {words(self.body)}"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        current, former = members_by_role(
            Term.objects.select_related("person__country", "person__portrait").prefetch_related(
                "person__portrait__renditions"
            )
        )
        context.update(
            members=current, former_members=former, meetings=list(Meeting.objects.select_related("place", "report"))
        )
        return context

    @path("<slug:slug>/")
    def member(self, request, slug):
        """One member: biography, terms, and what they made."""
        person = member(slug)
        if person is None:
            raise Http404("No such member")
        return self.show(
            request,
            "committee/member.html",
            person.get_head(),
            person=person,
            terms=list(person.terms.all()),
            resources=resources_by(person),
        )
