"""Commitments: what signatories state, what organisations have committed, and a page for each."""

from dataclasses import replace

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import StreamField

from initiative.base.head import language_menu, page_query
from initiative.base.pages import LandingPage
from initiative.blocks import BodyBlock, words
from partners.dashboard import Dashboard
from partners.private_files import hand_out
from partners.queries import commitment_by_slug, joint_declarations, public_evidence


class CommitmentsPage(LandingPage):
    """What has been committed and what it comes to, then the joint declarations."""

    landmark = "commitments"
    list_class = Dashboard

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [*LandingPage.content_panels, FieldPanel("body")]
    parent_page_types = ["initiative.HomePage"]
    subpage_types = []

    class Meta:
        verbose_name = _("commitments page")

    def search_text(self):
        return f"{self.introduction} {words(self.body)}"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        dashboard, head = self.listed(request), context["head"]
        if dashboard.is_everything:
            head.narrow(page_query(dashboard.page))
        else:
            # The language menu keeps what was asked and chosen.
            head.noindex = True
            head.alternates = [
                replace(alternate, url=dashboard.url(dashboard.number, alternate.language, alternate.url))
                for alternate in head.alternates
            ]
        context.update(
            declarations=joint_declarations(),
            dashboard=dashboard,
            languages=language_menu(head.alternates),
        )
        return context

    @path("")
    def results(self, request):
        """The commitments; for htmx only what changes."""
        return self.list_response(request, "partners/partials/commitments.html")

    @path("<slug:slug>/")
    def commitment(self, request, slug):
        """One commitment."""
        commitment = commitment_by_slug(slug)
        if commitment is None:
            raise Http404("No such commitment")
        return self.show(request, commitment.preview_template, commitment.get_head(), **commitment.get_detail_context())

    @path("<slug:slug>/evidence/<int:pk>/")
    def evidence(self, request, slug, pk):
        """A file of an approved report, to be saved: a browser never opens here what somebody sent in."""
        evidence = public_evidence(slug, pk)
        if evidence is None:
            raise Http404("No such file")
        return hand_out(evidence.file, evidence.file_name)
