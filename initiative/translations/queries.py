"""What the board shows. A fixed number of statements, whatever there is to translate."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page as PageOfRows
from django.core.paginator import Paginator
from django.db.models import Count, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from initiative.base import languages
from initiative.translations.enums import TO_DO, Review, State
from initiative.translations.models import Subject, Translation, TranslationRequest

PER_PAGE = 50
_PAGES = "pages"

# What one may look for, beside the states themselves; the first is what the board opens on.
VIEWS = {
    "to-do": (_("To do"), Q(state__in=TO_DO)),
    **{state.value: (state.label, Q(state=state)) for state in (*TO_DO, State.CURRENT)},
    "moderation": (_("In moderation"), Q(review__in=Review.values)),
    "machine": (_("Machine-made, not confirmed"), Q(machine_made=True)),
    "left": (_("In part left in the source language"), Q(parts_left__gt=0)),
    "all": (_("Everything"), Q(state__in=(*TO_DO, State.CURRENT))),
}


@dataclass(frozen=True)
class Figures:
    """How far one language is. Counts of pages and records by state, and words that wait."""

    language: str
    counts: dict[str, int] = field(default_factory=dict)
    words_to_do: int = 0

    def _count(self, state: State) -> int:
        return self.counts.get(state, 0)

    @property
    def missing(self) -> int:
        return self._count(State.MISSING)

    @property
    def drafts(self) -> int:
        return self._count(State.DRAFT)

    @property
    def outdated(self) -> int:
        return self._count(State.OUTDATED)

    @property
    def done(self) -> int:
        return self._count(State.CURRENT)

    @property
    def up_to_outdated(self) -> int:
        """What readers have in their language, be it up to date or not."""
        return self.done + self.outdated

    @property
    def up_to_draft(self) -> int:
        """The same with what is begun."""
        return self.up_to_outdated + self.drafts

    @property
    def total(self) -> int:
        """All that could be in this language, without what is written in it first."""
        return sum(count for state, count in self.counts.items() if state != State.SOURCE)


def figures() -> list[Figures]:
    """One for each language of the site. One statement."""
    rows = (
        Translation.objects.filter(subject__is_public=True)
        .values("language", "state")
        .annotate(count=Count("pk"), words=Sum("words_to_do"))
        .order_by()
    )
    counts: dict[str, dict] = {code: {} for code in languages.codes()}
    words = dict.fromkeys(counts, 0)
    for row in rows:
        if row["language"] in counts:
            counts[row["language"]][row["state"]] = row["count"]
            words[row["language"]] += row["words"]
    return [Figures(code, counts[code], words[code]) for code in counts]


@dataclass(frozen=True)
class BoardRow:
    """A page or record: its cells in the order of the board's columns, and how often readers asked for some."""

    subject: Subject
    cells: list[Translation | None]
    asked: dict[str, int]


class Board:
    """The board as somebody asked for it. `params` come from the address: what is unknown is ignored."""

    def __init__(self, params, user, default_language: str = ""):
        self.user = user
        self.text = params.get("q", "").replace("\x00", "").strip()[:200]
        language = params.get("language", default_language)
        self.language = language if language in languages.codes() else ""
        self.view = params.get("view") if params.get("view") in VIEWS else next(iter(VIEWS))
        self.owner = self._known(params.get("owner", ""), self.owner_choices)
        self.kind = self._known(params.get("kind", ""), self.kind_choices)
        self.page_number = params.get("p", "1")

    @staticmethod
    def _known(value: str, choices: list[tuple[str, str]]) -> str:
        return value if value in dict(choices) else ""

    @property
    def columns(self) -> list[str]:
        """The languages shown: the one asked for, or all in the site's order."""
        return [self.language] if self.language else languages.codes()

    @cached_property
    def kind_choices(self) -> list[tuple[str, str]]:
        """Value and name of each kind there is something of: all pages are one."""
        types = ContentType.objects.filter(pk__in=Subject.objects.filter(is_public=True).values("content_type"))
        kinds = [(f"{one.app_label}.{one.model}", one.model_class()) for one in types]
        records = [
            (value, capfirst(str(model._meta.verbose_name_plural)))
            for value, model in kinds
            if model is not None and not hasattr(model, "url_path")
        ]
        return [(_PAGES, _("Pages")), *sorted(records, key=lambda choice: choice[1])]

    @cached_property
    def owner_choices(self) -> list[tuple[str, str]]:
        """`me`, `nobody`, and those who take care of something."""
        users = get_user_model()._default_manager.filter(translations_cared_for__isnull=False).exclude(pk=self.user.pk)
        people = [(str(user.pk), user.get_full_name() or user.get_username()) for user in users.distinct()]
        return [("me", _("Me")), ("nobody", _("Nobody")), *sorted(people, key=lambda choice: choice[1])]

    def cells(self) -> QuerySet[Translation]:
        """The translations asked for."""
        return Translation.objects.filter(self._of_cells(), self._of_subjects("subject__"))

    def _of_cells(self, prefix: str = "") -> Q:
        wanted = Q(language=self.language) if self.language else Q(language__in=self.columns)
        wanted &= VIEWS[self.view][1]
        if self.owner == "me":
            wanted &= Q(owner=self.user.pk)
        elif self.owner == "nobody":
            wanted &= Q(owner=None)
        elif self.owner:
            wanted &= Q(owner=int(self.owner))
        return _prefixed(wanted, prefix) if prefix else wanted

    def _of_subjects(self, prefix: str = "") -> Q:
        wanted = Q(is_public=True)
        if self.text:
            wanted &= Q(title__icontains=self.text)
        if self.kind == _PAGES:
            wanted &= Q(subject__startswith="page:")
        elif self.kind:
            wanted &= Q(subject__startswith=f"{self.kind}:")
        return _prefixed(wanted, prefix) if prefix else wanted

    def subjects(self) -> QuerySet:
        """Primary keys of the pages and records with such a translation: first what readers ask for most, then what is in
        the spotlight, then what has waited longest."""
        wishes = TranslationRequest.objects.filter(subject=OuterRef("subject"))
        wishes = wishes.filter(language=self.language) if self.language else wishes
        asked = wishes.order_by().values("subject").annotate(times=Sum("count")).values("times")
        return (
            Subject.objects.filter(self._of_subjects(), self._of_cells("translations__"))
            .values("pk")
            .annotate(
                asked=Coalesce(Subquery(asked, output_field=IntegerField()), Value(0)),
                waiting=Min("translations__since"),
            )
            .order_by(F("asked").desc(), F("in_spotlight").desc(), "waiting", "pk")
            .values_list("pk", flat=True)
        )

    @cached_property
    def page(self) -> PageOfRows:
        """The page of primary keys asked for, the nearest one where there is no such page."""
        return Paginator(self.subjects(), PER_PAGE).get_page(self.page_number)

    @cached_property
    def rows(self) -> list[BoardRow]:
        """What is shown: three statements."""
        keys = list(self.page.object_list)
        subjects = Subject.objects.defer("texts", "last_edit").select_related("content_type").in_bulk(keys)
        found = [subjects[key] for key in keys]
        cells: dict[tuple[int, str], Translation] = {}
        for cell in light(Translation.objects.filter(subject__in=keys)):
            cells[cell.subject_id, cell.language] = cell
        asked = TranslationRequest.objects.counts([subject.subject for subject in found])
        return [
            BoardRow(
                subject,
                [cells.get((subject.pk, code)) for code in self.columns],
                {code: asked[subject.subject, code] for code in self.columns if (subject.subject, code) in asked},
            )
            for subject in found
        ]

    def every_cell(self) -> Iterator[Translation]:
        """All translations asked for, with their subject, in an order that stays; read in portions."""
        cells = light(self.cells().select_related("subject__content_type")).order_by("subject", "language")
        return cells.defer(*_HEAVY, "subject__texts", "subject__last_edit").iterator(chunk_size=500)


_HEAVY = ("behind", "drafted_from", "written", "drafted", "machine")


def light(cells: QuerySet[Translation]) -> QuerySet[Translation]:
    """Without what each text was made from, and with who takes care."""
    return cells.defer(*_HEAVY).select_related("owner")


def _prefixed(condition: Q, prefix: str) -> Q:
    """The same condition seen from a related model."""
    renamed = Q(_connector=condition.connector, _negated=condition.negated)
    renamed.children = [
        _prefixed(child, prefix) if isinstance(child, Q) else (f"{prefix}{child[0]}", child[1])
        for child in condition.children
    ]
    return renamed


def asked_for(subject: Subject, codes: Iterable[str]) -> dict[str, int]:
    """Language → how often readers asked for this page or record in it."""
    counts = TranslationRequest.objects.counts([subject.subject])
    return {code: counts.get((subject.subject, code), 0) for code in codes}
