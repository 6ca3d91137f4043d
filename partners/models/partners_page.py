"""The directory of partners, and a page for each."""

from django.core.paginator import Paginator
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import StreamField

from initiative.base.head import language_menu, page_query
from initiative.base.pages import LandingPage
from initiative.blocks import BodyBlock, words
from partners.directory import Directory
from partners.queries import organisation_by_slug

PER_PAGE = 50


class PartnersPage(LandingPage):
    """Forum, Consortium, the seven types, the countries, and every organisation."""

    landmark = "partners"

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [*LandingPage.content_panels, FieldPanel("body")]
    parent_page_types = ["initiative.HomePage"]
    subpage_types = []

    class Meta:
        verbose_name = _("partners page")

    def search_text(self):
        return f"{self.introduction} {words(self.body)}"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        directory = Directory(request.GET, self.get_path())
        organisations = Paginator(directory.organisations(), PER_PAGE).get_page(request.GET.get("page"))
        head = context["head"]
        if not directory.is_filtered:
            head.narrow(page_query(organisations))
        context.update(directory=directory, organisations=organisations, languages=language_menu(head.alternates))
        return context

    @path("<slug:slug>/")
    def organisation(self, request, slug):
        """One organisation."""
        organisation = organisation_by_slug(slug)
        if organisation is None:
            raise Http404("No such organisation")
        return self.show(
            request, organisation.preview_template, organisation.get_head(), **organisation.get_detail_context()
        )
