"""What is translated, seen alike: a page with its siblings in other languages, or a record with its languages in one row."""

import datetime
import uuid
from dataclasses import dataclass, field

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import translation
from django.utils.functional import cached_property
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, Page, WorkflowState

from initiative.base import languages
from initiative.base.links import language_of
from initiative.base.pages import BasePage
from initiative.base.records import TranslatedText
from initiative.base.wording import digest
from initiative.models import BorrowedText
from initiative.translations import streams
from initiative.translations.enums import Review
from initiative.translations.texts import (
    Text,
    field_texts,
    page_facts,
    page_texts,
    record_texts,
    said_by,
    stream_texts,
    text_fields,
)


@dataclass(frozen=True)
class Draft:
    """What isn't published yet in a language: path → wording, and of the source it was written from, as far as it differs
    from the published one."""

    said: dict[str, str]
    source: dict[str, str] = field(default_factory=dict)


class Work:
    """A page or record in all its languages, as the database has it. `subject` names it; see `BasePage.subject`."""

    subject: str
    model: type[models.Model]
    title: str
    in_spotlight: bool
    # Languages in which readers see its own text, the likeliest source first.
    written: list[str]
    # Paths of texts that a translation may do without.
    may_stay: frozenset[str] = frozenset()
    # Of these, paths of texts of which nothing is missed: what is told instead is in the translation's language, too.
    spare: frozenset[str] = frozenset()

    def source_texts(self, language: str) -> dict[str, Text]:
        """Path → text as published in a language, as a translator starts from it."""
        raise NotImplementedError

    def published(self, language: str, source: str) -> dict[str, str]:
        """Path → wording as published in a language, by the paths of the source."""
        raise NotImplementedError

    def draft(self, language: str, source: str) -> Draft | None:
        """What isn't published yet in a language; None where there is nothing."""
        raise NotImplementedError

    def review(self, language: str) -> str:
        """Where its moderation stands in a language."""
        raise NotImplementedError

    def published_at(self, language: str) -> datetime.datetime | None:
        """When readers first saw it in a language, where that is known."""
        raise NotImplementedError

    def needless(self, language: str) -> set[str]:
        """Paths that need no translation into a language."""
        return set()


def find_work(subject: str) -> Work | None:
    """The page or record of this name; None where there is none (any more), or it has no texts to translate."""
    kind, _colon, key = subject.partition(":")
    try:
        return _find_page(subject, uuid.UUID(key)) if kind == "page" else _find_record(subject, kind, int(key))
    except ValueError:
        return None


def _find_page(subject: str, key: uuid.UUID) -> Work | None:
    family = Page.objects.filter(translation_key=key).specific()
    pages = [page for page in family if isinstance(page, BasePage)]
    borrowed = set(BorrowedText.objects.filter(page__in=pages).values_list("page", flat=True)) if pages else set()
    return PageWork(subject, pages, borrowed) if pages else None


def _find_record(subject: str, kind: str, key: int) -> Work | None:
    model = record_model(kind)
    record = model._base_manager.filter(pk=key).first() if model else None
    return RecordWork(subject, record) if record else None


def record_model(label: str) -> type[TranslatedText] | None:
    """The model of translated records of this name, such as `resources.resource`."""
    return next((model for model in record_models() if model._meta.label_lower == label), None)


def record_models() -> list[type[TranslatedText]]:
    """Every kind of record with texts in each language."""
    return [model for model in apps.get_models() if issubclass(model, TranslatedText)]


def _reviews(content_type: ContentType, keys: list[str]) -> dict[str, str]:
    """Primary key as text → where moderation stands, of those in moderation."""
    states = WorkflowState.objects.active().filter(base_content_type=content_type, object_id__in=keys)
    found = {WorkflowState.STATUS_IN_PROGRESS: Review.WAITING, WorkflowState.STATUS_NEEDS_CHANGES: Review.SENT_BACK}
    return {key: found[status] for key, status in states.values_list("object_id", "status")}


class PageWork(Work):
    """A page and what it is in other languages. An alias, and a text still borrowed, is no translation."""

    def __init__(self, subject: str, family: list[BasePage], borrowed: set[int]):
        self.subject = subject
        self.pages = {language_of(page): page for page in sorted(family, key=lambda page: page.pk)}
        # A translation begun and not published still shows readers another language's text.
        own = [page for page in self.pages.values() if page.live and self._is_own(page) and page.pk not in borrowed]
        self.written = [language_of(page) for page in own]
        best = own[0] if own else next(iter(self.pages.values()))
        self.model, self.title = type(best), best.title
        # Search engines are told the page's own title and introduction instead.
        self.spare = frozenset({"seo_title", "search_description"} if best.introduction else {"seo_title"})
        self.may_stay = self.spare
        self.in_spotlight = any(getattr(page, "spotlight", False) for page in own)

    @staticmethod
    def _is_own(page) -> bool:
        return not page.alias_of_id

    def page(self, language: str) -> BasePage | None:
        """The page in the tree of a language, alias or not."""
        return self.pages.get(language)

    def source_texts(self, language):
        return page_texts(self.pages[language])

    def published(self, language, source):
        return self._said(self.pages[language], source) if language in self.written else {}

    def draft(self, language, source):
        page = self.pages.get(language)
        if page is None or not self._is_own(page):
            return None
        is_new = language not in self.written
        if not is_new and not page.has_unpublished_changes:
            return None
        latest = page.get_latest_revision_as_object()
        return Draft(self._said(latest, source))

    def _said(self, page, source: str) -> dict[str, str]:
        like = self.pages.get(source)
        said = said_by(page_texts(page) if like is None or like.pk == page.pk else texts_like(page, like))
        # A copy of what can be spared isn't left out, readers have it before the page's own.
        return {path: text for path, text in said.items() if path in self.spare or not is_left_out(page, path, text)}

    @cached_property
    def _review(self) -> dict[str, str]:
        return _reviews(ContentType.objects.get_for_model(Page), [str(page.pk) for page in self.pages.values()])

    def review(self, language):
        page = self.pages.get(language)
        return self._review.get(str(page.pk), "") if page else ""

    def published_at(self, language):
        return self.pages[language].first_published_at


def is_left_out(page: BasePage, path: str, said: str) -> bool:
    """Whether the translator left this text empty, so that it is still a copy of the source's."""
    return page.untranslated.get("texts", {}).get(path) == digest(said)


def texts_like(page: BasePage, source: BasePage) -> dict[str, Text]:
    """Path → text of a page, by the paths of another one: blocks of the body belong together by id, or else by order."""
    found = {}
    for one in text_fields(type(page)):
        is_stream = isinstance(one, StreamField)
        texts = stream_texts(one, shaped_like(page, source, one.name)) if is_stream else field_texts(page, one)
        found |= {text.path: text for text in texts}
    return found | {fact.path: fact for fact in page_facts(page)}


def shaped_like(page: BasePage, source: BasePage, name: str) -> list:
    """The stored value of a page's StreamField, in the shape of another page's."""
    block = type(page)._meta.get_field(name).stream_block
    ours, theirs = (streams.stored(getattr(one, name), name) for one in (page, source))
    return streams.in_the_shape_of(block, theirs, ours, name)


class RecordWork(Work):
    """A record: its main text says in which languages it is written."""

    def __init__(self, subject: str, record: TranslatedText):
        self.subject, self.record, self.model = subject, record, type(record)
        self.may_stay = record.may_stay
        is_public = getattr(record, "live", True)
        written = record.translated_languages if is_public else []
        self.written = sorted(written, key=lambda code: code != languages.codes()[0])
        self.in_spotlight = bool(getattr(record, "spotlight", False))

    @cached_property
    def title(self) -> str:
        with translation.override(self.written[0] if self.written else languages.codes()[0]):
            return str(self.record)

    @cached_property
    def latest(self) -> TranslatedText | None:
        """The record as its latest draft has it; None where nothing is unpublished."""
        if isinstance(self.record, DraftStateMixin) and self.record.has_unpublished_changes:
            return self.record.get_latest_revision_as_object()
        return None

    def source_texts(self, language):
        return record_texts(self.record, language, as_source=True)

    def published(self, language, source):
        return said_by(record_texts(self.record, language)) if language in self.written else {}

    def draft(self, language, source):
        if self.latest is None:
            return None
        said = said_by(record_texts(self.latest, language))
        if said == said_by(record_texts(self.record, language)):
            return None
        return Draft(said, said_by(record_texts(self.latest, source, as_source=True)))

    @cached_property
    def _review(self) -> str:
        content_type = ContentType.objects.get_for_model(self.model)
        return _reviews(content_type, [str(self.record.pk)]).get(str(self.record.pk), "")

    def review(self, language):
        return self._review

    def published_at(self, language):
        return getattr(self.record, "first_published_at", None)

    def needless(self, language):
        return self.record.needs_no(language)


def every_subject() -> list[str]:
    """The names of all pages and records that could be translated. A statement per kind."""
    keys = Page.objects.filter(depth__gt=1).values_list("translation_key", "content_type").distinct()
    models_of = ContentType.objects.in_bulk({content_type for _key, content_type in keys})
    found = [
        f"page:{key}"
        for key, content_type in keys
        if issubclass(models_of[content_type].model_class() or models.Model, BasePage)
    ]
    for model in record_models():
        found += [
            f"{model._meta.label_lower}:{pk}" for pk in model._base_manager.order_by("pk").values_list("pk", flat=True)
        ]
    return list(dict.fromkeys(found))


def label_of(subject, path: str) -> str:
    """What the field of a path is called, also where the text itself is gone."""
    name = path.removeprefix("=").split(".")[0]
    model = subject.content_type.model_class()
    try:
        label = str(model._meta.get_field(name).verbose_name)
    except (AttributeError, FieldDoesNotExist):
        label = name
    return label[:1].upper() + label[1:]
