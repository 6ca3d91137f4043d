"""Commitments: what signatories state, what organisations have committed, and a page for each."""

from django.core.paginator import Paginator
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import StreamField

from initiative.base.head import language_menu, page_query
from initiative.base.pages import LandingPage
from initiative.blocks import BodyBlock, words
from partners.models.declaration import JointDeclaration
from partners.queries import commitment_by_slug, live_commitments

PER_PAGE = 20


class CommitmentsPage(LandingPage):
    """The joint declarations and the commitments made under them."""

    landmark = "commitments"

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
        commitments = Paginator(live_commitments(), PER_PAGE).get_page(request.GET.get("page"))
        head = context["head"]
        head.narrow(page_query(commitments))
        context.update(
            declarations=list(JointDeclaration.objects.all()),
            commitments=commitments,
            languages=language_menu(head.alternates),
        )
        return context

    @path("<slug:slug>/")
    def commitment(self, request, slug):
        """One commitment."""
        commitment = commitment_by_slug(slug)
        if commitment is None:
            raise Http404("No such commitment")
        return self.show(request, commitment.preview_template, commitment.get_head(), **commitment.get_detail_context())
