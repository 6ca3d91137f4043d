"""News: an index and its articles, current or archived."""

from django.core.paginator import Paginator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import StreamField

from initiative.base.head import Feed, language_menu, page_query
from initiative.base.pages import BasePage, LandingPage
from initiative.blocks import BodyBlock, words
from initiative.feeds import NewsFeed
from initiative.queries import NewsList, events_below_news

PER_PAGE = 20


class NewsIndexPage(LandingPage):
    """Current news, the archive, and what comes next."""

    landmark = "news"

    parent_page_types = ["initiative.HomePage"]
    subpage_types = ["initiative.NewsArticlePage"]

    class Meta:
        verbose_name = _("news index")

    def get_feeds(self):
        return [Feed(self.title, "application/rss+xml", f"{self.get_path()}feed/")]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        archived = "archived" in request.GET
        articles = NewsList(self.locale_id, archived)
        shown = Paginator(articles, PER_PAGE).get_page(request.GET.get("page"))
        head = context["head"]
        head.narrow("archived" if archived else "", page_query(shown))
        context.update(
            languages=language_menu(head.alternates),
            archived=archived,
            articles=shown,
            has_archive=archived or articles.has_archive,
            below=events_below_news(self.locale_id),
        )
        return context

    @path("feed/")
    def feed(self, request):
        """The latest articles as RSS."""
        return NewsFeed(self)(request)


class NewsArticleForm(WagtailAdminPageForm):
    """The article's form in the admin."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Because of the default Django looks for a hidden copy of the first date, which Wagtail doesn't send: each article
        # would count as edited whenever it is saved, and to approve it would ask for another approval.
        self.fields["date"].show_hidden_initial = False


class NewsArticlePage(BasePage):
    """One article."""

    date = models.DateField(_("date"), default=timezone.localdate)
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    spotlight = models.BooleanField(_("in the spotlight"), default=False, help_text=_("Shown on the home page."))
    archived = models.BooleanField(
        _("archived"), default=False, help_text=_("Kept, but listed apart from current news.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("date"), FieldPanel("spotlight"), FieldPanel("archived")],
            heading=_("Date and place in the lists"),
        ),
        FieldPanel("image"),
        FieldPanel("body"),
    ]
    base_form_class = NewsArticleForm
    parent_page_types = ["initiative.NewsIndexPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("news article")

    def search_text(self):
        return f"{self.introduction} {words(self.body)}"
