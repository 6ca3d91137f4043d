"""The directory of partners, and a page for each."""

from dataclasses import replace

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_exempt
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import StreamField

from initiative.base.head import language_menu, page_query
from initiative.base.pages import LandingPage
from initiative.blocks import BodyBlock, words
from partners.countries import CountryRecord, country_url
from partners.directory import Directory
from partners.queries import organisation_by_slug


class PartnersPage(LandingPage):
    """Forum, Consortium, the seven types, the countries, and every organisation."""

    landmark = "partners"
    list_class = Directory

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
        directory, head = self.listed(request), context["head"]
        head.title = directory.titled(head.title)
        if directory.is_everything:
            head.narrow(page_query(directory))
        else:
            # The language menu keeps what was asked and chosen, as each language writes it.
            head.noindex = True
            head.alternates = [
                replace(alternate, url=directory.url(directory.number, alternate.language, alternate.url))
                for alternate in head.alternates
            ]
        context.update(directory=directory, languages=language_menu(head.alternates))
        return context

    @path("")
    def results(self, request):
        """The directory; for htmx only what changes."""
        return self.list_response(request, "partners/partials/results.html")

    @path("countries/<slug:code>/")
    def country(self, request, code):
        """Partners, commitments, resources and events of one country."""
        country = CountryRecord(code, self.locale_id)
        frame = f"{settings.SITE_URL}{country_url(country.code)}embed/"
        return self.show(request, "partners/country.html", country.head(), country=country, frame=frame)

    @path("countries/<slug:code>/embed/")
    @csp_replace({"frame-ancestors": ["*"]})
    @xframe_options_exempt
    def country_embed(self, request, code):
        """The same in short, for a frame on somebody else's site: the only page that others may frame."""
        country = CountryRecord(code, self.locale_id)
        return self.show(request, "partners/country_embed.html", country.head(), country=country)

    @path("<slug:slug>/")
    def organisation(self, request, slug):
        """One organisation."""
        organisation = organisation_by_slug(slug)
        if organisation is None:
            raise Http404("No such organisation")
        return self.show(
            request, organisation.preview_template, organisation.get_head(), **organisation.get_detail_context()
        )
