"""A work in the library."""

import re
import uuid
from collections.abc import Iterable
from datetime import date

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch
from django.db.models.lookups import IsNull
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField

from initiative.base import dates, languages
from initiative.base.choices import SeveralChoicesField
from initiative.base.head import Head
from initiative.base.lists import named
from initiative.base.querysets import DraftedQuerySet
from initiative.base.records import EditedRecord, ShownRecord, columns
from initiative.base.validators import validate_language
from initiative.blocks.media import youtube_id
from resources.enums import MAKERS, Access, Audience, Licence
from resources.models.contribution import Contribution
from resources.models.resource_file import ResourceFile
from resources.models.tombstone import Tombstone
from resources.models.versions import newer, older

_SHOWN_MAKERS = 4
_DOI = re.compile(r"10\.\d{4,9}/\S+")
# The columns that a card is drawn from.
_ON_CARDS = (
    "slug", "identity", "title", "language", "container", "publisher", "issued", "issued_on", "archived", "others",
    "cover", "type__soil",
)  # fmt: skip


def byline_of(names: list[str], others: bool, reader: str | None = None) -> str:
    """The names of makers in one line, in the reader's language; long lists are cut. `others`: there are more than these.
    `reader`: the active language, where that is known already."""
    more = others or len(names) > _SHOWN_MAKERS + 1
    shown = names[:_SHOWN_MAKERS] if more else names
    if not shown:
        return ""
    line = named(shown, reader)
    return gettext("%(names)s and others") % {"names": line} if more else line


def cover_parameters_of(identity, soil: str, inclusions: list[str], issued_on: date | None) -> dict:
    """What a strata cover is drawn from. `inclusions`: of its topics, in their order."""
    return {
        "identity": str(identity),
        "soil": soil,
        "inclusions": inclusions[:2],
        "year": issued_on.year if issued_on else 2015,
    }


class ResourceQuerySet(DraftedQuerySet):
    def with_covers(self):
        """With what a cover is drawn from, and the type: two statements, whatever the number of resources."""
        return self.select_related("type", "cover").prefetch_related("topics")

    def for_cards(self):
        """Just what a card shows (title, line, cover), without texts: two statements, whatever the number of cards."""
        marks = apps.get_model("resources", "Topic").objects.only("order", "inclusion")
        shown = self.select_related("type", "cover").prefetch_related(Prefetch("topics", marks))
        return shown.only(*_ON_CARDS, *columns("type__singular"))

    def with_bylines(self):
        """With just the names that the byline needs: one statement more."""
        names = ("resource", "sort_order", "role", "person__given_name", "person__family_name", "organisation__name")
        makers = Contribution.objects.select_related("person", "organisation").only(*names)
        return self.prefetch_related(Prefetch("contributions", makers))

    def for_rows(self):
        """Just what a row of a list of results shows: five statements, whatever the number of rows."""
        spoken = Prefetch("files", ResourceFile.objects.only("resource", "sort_order", "language"))
        shown = self.for_cards().with_bylines().prefetch_related(spoken, "cover__renditions")
        return shown.only(*_ON_CARDS, *columns("type__singular", "title_translation", "abstract"), "access")

    def with_makers(self):
        """With what the byline needs: one statement more."""
        contributions = Contribution.objects.select_related("person", "organisation")
        return self.prefetch_related(Prefetch("contributions", contributions))

    def for_lists(self):
        """Whole, with what is near them (their files too): five statements, whatever the number of rows."""
        files = ResourceFile.objects.with_documents()
        shown = self.with_covers().with_makers().with_versions()
        return shown.prefetch_related(Prefetch("files", files), "cover__renditions")

    def with_versions(self):
        """With `newer_identity` and `newer_slug` of the published version that replaces each, and `older_identity` and
        `older_slug` of the one that it replaces; None where there is none. No statement more."""
        return self.annotate(
            newer_identity=newer("identity"),
            newer_slug=newer("slug"),
            older_identity=older("identity"),
            older_slug=older("slug"),
        )

    def current(self):
        """Published, in no archive, and replaced by no newer version: what lists show unless asked for more."""
        # Few have a newer version at all: only those are asked whether one is published.
        replaced = models.Exists(Resource.objects.filter(replaces=models.OuterRef("pk")))
        return self.live().filter(~replaced | IsNull(newer("slug"), True), archived=False)

    def newest_first(self):
        """By date of the work, those without one last."""
        return self.order_by(models.F("issued_on").desc(nulls_last=True), "-pk")


class Resource(EditedRecord, ShownRecord):
    """An article, report, film, tool …: one record in every language. Its title stays in the language of the work."""

    landmark = "library"
    has_tombstone = True
    main_text = "abstract"
    # A work is quoted by its own title.
    may_stay = frozenset({"title_translation"})
    preview_template = "resources/resource.html"
    # Known of those read `with_versions()`
    newer_slug = older_slug = None
    # So many resources stand near it on its page.
    RELATED = 4

    identity = models.CharField(
        _("permanent identifier"), max_length=80, unique=True, default=uuid.uuid4, editable=False
    )
    title = models.CharField(_("title"), max_length=500, help_text=_("As printed, in the language of the work."))
    language = models.CharField(
        _("language of the title"),
        max_length=12,
        default="en",
        validators=[validate_language],
        help_text=_("A code such as en, fr, pt-br."),
    )
    title_translation = models.CharField(_("translation of the title"), max_length=500, blank=True)
    abstract = models.TextField(_("abstract"), blank=True, help_text=_("Paragraphs separated by an empty line."))

    type = models.ForeignKey(
        "resources.ResourceType", verbose_name=_("type"), on_delete=models.PROTECT, related_name="resources"
    )
    others = models.BooleanField(
        _("and others"), default=False, help_text=_("There are more authors than those named.")
    )
    container = models.CharField(_("journal or series"), max_length=255, blank=True)
    volume = models.CharField(_("volume"), max_length=40, blank=True)
    issue = models.CharField(_("issue"), max_length=40, blank=True)
    pages = models.CharField(_("pages"), max_length=40, blank=True)
    publisher = models.CharField(_("publisher"), max_length=255, blank=True)
    issued = dates.PartialDateField(_("date"), blank=True)
    issued_on = models.DateField(editable=False, null=True, db_index=True)

    doi = models.CharField(_("DOI"), max_length=255, blank=True, help_text=_("Without https://doi.org/"))
    isbn = models.CharField(_("ISBN"), max_length=20, blank=True)
    url = models.URLField(_("address of the work"), max_length=1000, blank=True)
    licence = models.CharField(_("licence"), max_length=24, choices=Licence, blank=True, default=Licence.UNKNOWN)
    access = models.CharField(_("access"), max_length=12, choices=Access, default=Access.UNKNOWN)
    video_url = models.URLField(_("video"), max_length=500, blank=True)
    cover = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("cover"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: a soil profile is drawn from the record."),
    )

    replaces = models.OneToOneField(
        "self",
        verbose_name=_("newer version of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replaced_by",
        help_text=_("The edition before this one. Lists then show this one; both pages lead to each other."),
        error_messages={"unique": _("Another resource is the newer version of that one already.")},
    )

    topics = ParentalManyToManyField("resources.Topic", verbose_name=_("topics"), blank=True, related_name="resources")
    places = ParentalManyToManyField(
        "initiative.Place", verbose_name=_("countries and regions"), blank=True, related_name="resources"
    )
    priorities = ParentalManyToManyField(
        "committee.ResearchPriority", verbose_name=_("research priorities"), blank=True, related_name="resources"
    )
    audiences = SeveralChoicesField(
        _("written for"), offered=Audience, help_text=_("Tick those it speaks to; none where it isn’t evident.")
    )

    spotlight = models.BooleanField(_("in the spotlight"), default=False, help_text=_("Shown on the home page."))
    archived = models.BooleanField(
        _("archived"), default=False, help_text=_("Kept, but hidden from lists unless asked for.")
    )

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ["title"]
        indexes = [
            # A few of thousands: the home page asks for them.
            models.Index(fields=["spotlight"], condition=models.Q(spotlight=True), name="resource_spotlight"),
            # Which there are, without a look at all that they say: the worker asks each minute.
            models.Index(fields=["id"], condition=models.Q(live=True), name="resource_live"),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        self.doi = (
            self.doi.strip()
            .removeprefix("https://doi.org/")
            .removeprefix("http://dx.doi.org/")
            .removeprefix("doi:")
            .strip()
        )
        if self.doi and not _DOI.fullmatch(self.doi):
            told = _("A DOI begins with 10 and a number, such as 10.1073/pnas.2111312119.")
            raise ValidationError({"doi": told})
        self._refuse_circles()
        if Tombstone.objects.filter(slug=self.slug).exclude(resource=self.pk).exists():
            told = _("This was the address of a resource that was withdrawn, and still says so. Choose another.")
            raise ValidationError({"slug": told})

    def _refuse_circles(self) -> None:
        """Raise ValidationError where the versions before this one lead back to it."""
        older, seen = self.replaces, {self.pk} - {None}
        while older is not None:
            if older.pk in seen:
                told = _("A resource can’t be a newer version of itself, nor of one that follows it.")
                raise ValidationError({"replaces": told})
            seen.add(older.pk)
            older = older.replaces

    def save(self, *args, **kwargs):
        # Kept beside `issued` so that the database can sort and count years.
        try:
            self.issued_on = dates.first_day(self.issued) if self.issued else None
        except ValueError:
            self.issued_on = None
        super().save(*args, **kwargs)

    @property
    def is_superseded(self) -> bool:
        """True where a newer version is published. No statement after `with_versions()`."""
        if "newer_identity" in self.__dict__:
            return self.newer_identity is not None
        return Resource.objects.filter(IsNull(newer("slug"), False), pk=self.pk).exists() if self.pk else False

    @property
    def is_past(self) -> bool:
        """True for what lists show only with the archive: what was put there, and versions that newer ones replace."""
        return self.archived or self.is_superseded

    @property
    def makers(self) -> list:
        """The contributions named under the title, in order."""
        return [contribution for contribution in self.contributions.all() if contribution.role in MAKERS]

    @property
    def byline(self) -> str:
        """The makers in one line, in the reader's language; long lists are cut."""
        return byline_of([contribution.name for contribution in self.makers], self.others)

    @property
    def date_display(self) -> str:
        """Its date in the reader's words; empty where it has none."""
        return dates.display(self.issued)

    @property
    def source_parts(self) -> list[str]:
        """Where and when it came out: `["PNAS", "31 May 2022"]`; each may run in a direction of its own."""
        return [part for part in (self.container or self.publisher, self.date_display) if part]

    @property
    def imprint(self) -> list[str]:
        """The same with the place in it: `["PNAS", "119 (23): 1–9", "31 May 2022"]`."""
        number = " ".join(part for part in (self.volume, self.issue and f"({self.issue})") if part)
        place = ": ".join(part for part in (number, self.pages) if part)
        return [part for part in (self.container or self.publisher, place, self.date_display) if part]

    @property
    def year(self) -> int | None:
        """The year it came out."""
        return self.issued_on.year if self.issued_on else None

    @property
    def file_languages(self) -> list[str]:
        """Language codes of its files, else of its title, each once."""
        return self.languages_of(self.files.all())

    def languages_of(self, files: Iterable[ResourceFile]) -> list[str]:
        """The same for files at hand."""
        return list(dict.fromkeys(file.language for file in files if file.language)) or [self.language]

    @property
    def file_language_names(self) -> list[str]:
        """The same by name, in the reader's language."""
        return [languages.language_name(code) for code in self.file_languages]

    @property
    def audience_names(self) -> list[str]:
        """Whom it was written for, in the reader's language."""
        return [str(choice.label) for choice in Audience if choice.value in self.audiences]

    @property
    def is_open(self) -> bool:
        """True where it is known that a reader can open it freely."""
        return self.access == Access.OPEN

    @property
    def title_for_reader(self) -> str:
        """Its title in the reader's language; empty where it is in that language already, or nobody translated it."""
        reader = languages.current()
        return "" if self.language == reader else self.text_in("title_translation", reader)

    def text_to_translate(self, field, language):
        own = self.text_in(field, language)
        return own or self.title if field == "title_translation" else own

    def needs_no(self, language):
        return {"title_translation"} if language == self.language else set()

    @property
    def title_direction(self) -> str:
        """`rtl` or `ltr`, of the title's language."""
        return languages.direction(self.language)

    @property
    def cover_parameters(self) -> dict:
        """What its strata cover is drawn from; never its title, which gets corrected."""
        inclusions = [topic.inclusion for topic in self.topics.all() if topic.inclusion]
        return cover_parameters_of(self.identity, self.type.soil, inclusions, self.issued_on)

    def get_head(self) -> Head:
        translated = self.title_for_reader
        language = "" if translated or self.language == languages.current() else self.language
        title, about = translated or self.title, self.best("abstract")
        return self.head(title, about, title_language=language, type="article", cover=self.cover_parameters)

    def get_detail_context(self) -> dict:
        from resources.citations import citation_item
        from resources.exports import cite_box
        from resources.surroundings import surroundings

        cited = citation_item(self)
        return {
            "resource": self,
            "youtube_id": youtube_id(self.video_url),
            "priorities": self.priorities.all(),
            # A preview asks here; for readers they were read along.
            "around": getattr(self, "surroundings", None) or surroundings(self, self.RELATED),
            "cited": cited,
            "citations": cite_box(self, cited),
        }
