"""The page every page type extends: heading, standfirst, an honest head, and never the wrong language."""

from functools import cache

from django.conf import settings
from django.db import connections, models, router
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _
from django_htmx.http import push_url
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Locale, Page, PageViewRestriction

from initiative.base import languages
from initiative.base.head import Alternate, Feed, Head, language_menu
from initiative.base.known import anew
from initiative.base.landmarks import landmarks, page_path
from initiative.base.links import language_of
from initiative.base.querysets import borrowed_language
from initiative.base.rights import LanguagePermissionTester

# The same as `borrowed_language`.
_FAMILY = """
    SELECT page.id, locale.language_code, page.url_path, COALESCE(lender.language_code, borrowed.language, '')
    FROM {pages} page JOIN {locales} locale ON locale.id = page.locale_id
    LEFT JOIN {pages} source ON source.id = page.alias_of_id LEFT JOIN {locales} lender ON lender.id = source.locale_id
    LEFT JOIN {borrowed} borrowed ON borrowed.page_id = page.id
    WHERE page.translation_key = %s AND (page.live OR page.id = %s) ORDER BY page.path
"""


@cache
def _family_statement() -> str:
    borrowed = Page._meta.get_field("borrowed_text").related_model
    models = {"pages": Page, "locales": Locale, "borrowed": borrowed}
    return _FAMILY.format(**{name: model._meta.db_table for name, model in models.items()})


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
            nothing = PageViewRestriction.objects.none()
            nothing._result_cache = []  # else Django would write a statement to find out
            return nothing
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
        with translation.override(language_of(self)), anew():
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
        family = self._family()
        alternates = [Alternate(code, page_path(code, path), not borrowed) for _pk, code, path, borrowed in family]
        paths = {alternate.language: alternate.url for alternate in alternates}
        own = language_of(self)
        shown = next((borrowed for pk, _code, _path, borrowed in family if pk == self.pk), "") or own
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

    def _family(self) -> list[tuple[int, str, str, str]]:
        """This page in all languages where it is live: key, language, Wagtail's path, and the language it borrows its text from,
        empty where the text is its own. One statement, written out: each page asks it, and Django took a millisecond to."""
        database = connections[router.db_for_read(Page)]
        key = Page._meta.get_field("translation_key").get_db_prep_value(self.translation_key, database)
        with database.cursor() as cursor:
            cursor.execute(_family_statement(), [key, self.pk or 0])
            return [row for row in cursor.fetchall() if row[1] in languages.codes()]

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
