"""The page every page type extends: heading, standfirst, an honest head, and never the wrong language."""

from django.conf import settings
from django.db import models
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _
from django_htmx.http import push_url
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page, PageViewRestriction

from initiative.base import languages
from initiative.base.head import Alternate, Feed, Head, language_menu
from initiative.base.landmarks import landmarks, page_path
from initiative.base.links import language_of
from initiative.base.querysets import borrowed_language
from initiative.base.rights import LanguagePermissionTester


class BasePage(Page):
    """A page of the site. Subclasses that others link to by role set `landmark`."""

    landmark = ""

    heading = models.CharField(
        _("heading"), max_length=255, blank=True, help_text=_("Shown at the top of the page. Empty: the title.")
    )
    introduction = models.TextField(
        _("introduction"),
        blank=True,
        help_text=_("One or two sentences under the heading. Lists and search results show them too."),
    )

    # What the translator left empty and so is still the source's text; see `initiative.base.untranslated`.
    untranslated = models.JSONField(default=dict, blank=True, editable=False)

    content_panels = [*Page.content_panels, FieldPanel("heading"), FieldPanel("introduction")]
    show_in_menus_default = False

    class Meta:
        abstract = True

    @property
    def display_title(self) -> str:
        """What the page calls itself at its top."""
        return self.heading or self.title

    @property
    def subject(self) -> str:
        """What the page is called in every language: `page:` and its translation key."""
        return f"page:{self.translation_key}"

    def get_view_restrictions(self):
        """What a reader must pass: of an alias also what stands above its source, which Wagtail doesn't look at."""
        if getattr(self, "all_are_open", False):  # read along with the page: nothing on the site is private
            return PageViewRestriction.objects.none()
        restrictions = super().get_view_restrictions()
        if self.alias_of_id:
            restrictions |= self.alias_of.get_view_restrictions()
        return restrictions

    def permissions_for_user(self, user):
        return LanguagePermissionTester(user, self)

    def search_text(self) -> str:
        """The page's own words for the search index, as plain text or HTML; subclasses add theirs."""
        return self.introduction

    def serve(self, request, *args, **kwargs):
        self.refuse_other_language(request)
        return super().serve(request, *args, **kwargs)

    def refuse_other_language(self, request) -> None:
        """Raise Http404 where the address says one language and the page is in another's tree.

        Wagtail serves the default language's home under any prefix whose own home isn't published.
        """
        if getattr(request, "is_dummy", False):
            return
        if language_of(self) != languages.current():
            raise Http404("No page in this language")

    def serve_preview(self, request, mode_name):
        # An unsaved page has no address yet, so its locale says the language.
        with translation.override(language_of(self)):
            request.LANGUAGE_CODE = language_of(self)
            response = super().serve_preview(request, mode_name)
            return response.render() if hasattr(response, "render") else response

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        head = self.get_head()
        context.update(head=head, languages=language_menu(head.alternates), crumbs=self.get_crumbs())
        return context

    def get_head(self) -> Head:
        """Title, description and addresses; a page that shows another's text is canonical to that other."""
        family = list(self._family())
        alternates = [
            Alternate(row["language"], page_path(row["language"], row["url_path"]), not row["borrowed"])
            for row in family
        ]
        paths = {alternate.language: alternate.url for alternate in alternates}
        own = language_of(self)
        shown = next((row["borrowed"] for row in family if row["pk"] == self.pk), "") or own
        return Head(
            title=self.seo_title or self.title,
            description=self.search_description or self.introduction,
            canonical=(paths.get(shown) or self.get_path()) if self.url_path else "",
            alternates=sorted(alternates, key=lambda alternate: languages.codes().index(alternate.language)),
            shown_language=shown,
            title_language="" if shown == own else shown,
            subject=self.subject,
            feeds=self.get_feeds(),
        )

    def _family(self):
        """This page in all languages where it is live: `pk`, `language`, `url_path`, and the language it borrows its text
        from, empty where the text is its own."""
        return (
            Page.objects.filter(translation_key=self.translation_key, locale__language_code__in=languages.codes())
            .filter(models.Q(live=True) | models.Q(pk=self.pk))
            .annotate(borrowed=borrowed_language(), language=models.F("locale__language_code"))
            .values("pk", "language", "url_path", "borrowed")
        )

    def get_feeds(self) -> list[Feed]:
        """Machine-readable forms of this page."""
        return []

    def get_crumbs(self) -> list[dict]:
        """`{"title", "url", "lang"}` of the pages between the home page and this one; `lang` where it isn't the tree's."""
        if self.depth is None or self.depth <= 3:
            return []
        parent = landmarks().at(self.get_path().removesuffix(f"{iri_to_uri(self.slug)}/"))
        if self.depth == 4 and parent:
            return [{"title": parent.title, "url": parent.url, "lang": parent.lang}]
        language = language_of(self)
        above = self.get_ancestors().filter(depth__gt=2).annotate(borrowed=borrowed_language())
        rows = above.values_list("title", "url_path", "borrowed")
        return [{"title": title, "url": page_path(language, path), "lang": lang} for title, path, lang in rows]

    def get_path(self) -> str:
        """Its path on this site."""
        return page_path(language_of(self), self.url_path)


class LandingPage(RoutablePageMixin, BasePage):
    """A page that shows records: its own list, and each record under its slug. `list_class` reads what is asked from
    an address, as initiative.search.listing.SearchList does."""

    # One per language.
    max_count = len(settings.LANGUAGES)
    list_class = None

    class Meta:
        abstract = True

    def serve(self, request, view=None, args=None, kwargs=None):
        self.refuse_other_language(request)
        return super().serve(request, view, args, kwargs)

    def crumb(self) -> dict:
        """`{"title", "url", "lang"}` of this page, for the records it shows."""
        known = landmarks().at(self.get_path())
        return {"title": self.title, "url": self.get_path(), "lang": known.lang if known else ""}

    def show(self, request, template: str, head: Head, **context) -> TemplateResponse:
        """The page of one record under this one. The landing page's own list is not worked out for it."""
        context = {
            "page": self,
            "head": head,
            "languages": language_menu(head.alternates),
            "crumbs": [self.crumb()],
            **context,
        }
        return TemplateResponse(request, template, context)

    def listed(self, request):
        """The page's list as the address asks for it, read once a request."""
        if not hasattr(request, "listed"):
            request.listed = self.list_class(request.GET, self.get_path())
        return request.listed

    def list_response(self, request, partial: str) -> HttpResponse:
        """The page with its list; for htmx only `partial`, the template of what changes in it. Each state of the list has
        one address: the browser is led there from any other, and htmx is told it."""
        listed = self.listed(request)
        # A page that the browser restores from its history must be whole.
        if request.htmx and not request.htmx.history_restore_request:
            response = push_url(self.render(request, template=partial), listed.url(listed.number))
        elif listed.is_clean:
            response = self.render(request)
        else:
            response = HttpResponseRedirect(listed.url(listed.number))
        patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
        return response
