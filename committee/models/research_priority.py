"""A research priority as a fact: what resources, commitments and filters point to. Its prose is a page."""

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from initiative.base import languages
from initiative.base.landmarks import page_path
from initiative.base.records import TranslatedText


class ResearchPriorityQuerySet(models.QuerySet):
    def with_pages(self, language: str | None = None):
        """With the address of the page that tells each priority in a language, in the same statement."""
        language = language or languages.current()
        pages = apps.get_model("committee", "ResearchPriorityPage").objects.live()
        page = pages.filter(priority=models.OuterRef("pk"), locale__language_code=language)
        return self.annotate(
            page_language=models.Value(language), page_url_path=models.Subquery(page.values("url_path")[:1])
        )


class ResearchPriority(TranslatedText):
    """One of the questions of the research programme."""

    main_text = "title"

    class Sector(models.IntegerChoices):
        ACTION = 1, _("Action programme")
        RESEARCH = 2, _("International research and scientific cooperation programme")

    key = models.SlugField(_("key"), unique=True, help_text=_("A short name that never changes."))
    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    sector = models.PositiveSmallIntegerField(_("sector"), choices=Sector, default=Sector.RESEARCH)
    title = models.CharField(_("short title"), max_length=160)

    objects = ResearchPriorityQuerySet.as_manager()

    class Meta:
        verbose_name = _("research priority")
        verbose_name_plural = _("research priorities")
        ordering = ["number"]

    def __str__(self):
        return f"{self.number}. {self.title}"

    @property
    def path(self) -> str:
        """The path of its page, for priorities asked for `with_pages`; empty where there is none."""
        url_path = getattr(self, "page_url_path", None)
        return page_path(self.page_language, url_path) if url_path else ""
