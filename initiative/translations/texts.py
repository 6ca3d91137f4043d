"""The texts of a page or record in one language, and how they are written back.

A text's path names it in every language: `title`, `abstract`, `body.<id of the block>`, `files.12.label`; `=date` is a fact:
a field of a page that isn't written in a language, but that its translations have to follow. Pictures and addresses within
blocks are facts too: `=body.<id of the block>.image`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.functional import cached_property
from modelcluster.models import get_all_child_relations
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from initiative.base.records import TranslatedText
from initiative.base.wording import count_words, wording
from initiative.translations import streams
from initiative.translations.enums import Kind

# Of what every page has, whatever its type; its place in the tree is text too.
_OF_ANY_PAGE = ("title", "seo_title", "search_description")
_WRITTEN = (models.CharField, models.TextField, RichTextField, StreamField)
# Last on the translator's page: what readers see first comes first.
_LAST = ("seo_title", "search_description")


@dataclass(frozen=True)
class Text:
    """One text. `part` is what falls back as a whole: a field, or a block of the page's body."""

    path: str
    labels: tuple
    value: str
    kind: Kind
    features: tuple | None = None
    max_length: int | None = None
    # What the key of a fact is of.
    model: type[models.Model] | None = None

    @cached_property
    def said(self) -> str:
        """What it says, to compare; see `initiative.base.wording`."""
        return wording(self.value, self.kind is Kind.HTML)

    @cached_property
    def words(self) -> int:
        """How many words it has to translate."""
        return 0 if self.kind is Kind.FACT else count_words(self.said)

    @property
    def label(self) -> str:
        """Where it stands, for people."""
        return " › ".join(dict.fromkeys(str(label)[:1].upper() + str(label)[1:] for label in self.labels if label))

    @property
    def part(self) -> str:
        return part_of(self.path)


def part_of(path: str) -> str:
    """The field, or the block of the page's body, that a text belongs to: `body.<id>` of `body.<id>.title`."""
    return ".".join(path.removeprefix("=").split(".")[:2])


def text_fields(model: type[models.Model]) -> list[models.Field]:
    """The fields of a page type that are written in its language. Text with choices, dates, addresses and slugs is not."""
    fields = [field for field in model._meta.get_fields() if isinstance(field, models.Field) and field.editable]
    written = [
        field
        for field in fields
        if type(field) in _WRITTEN and not field.choices and (field.model is not Page or field.name in _OF_ANY_PAGE)
    ]
    return sorted(written, key=lambda field: field.name in _LAST)


def fact_fields(model: type[models.Model]) -> list[models.Field]:
    """The fields of a page type that say something else when they change: dates, places, addresses, pictures."""
    return [
        field
        for field in model._meta.fields
        if field.editable
        and field.model is not Page
        and not field.primary_key
        and not isinstance(field, models.BooleanField)
        and type(field) not in _WRITTEN
    ]


def is_fact(path: str) -> bool:
    """Whether a path is a fact's, which nobody translates."""
    return path.startswith("=")


def page_texts(page: Page) -> dict[str, Text]:
    """Path → text of a page, in reading order, the empty ones too; then its facts."""
    texts = [text for field in text_fields(type(page)) for text in field_texts(page, field)]
    return {text.path: text for text in [*texts, *page_facts(page)]}


def page_facts(page: Page) -> Iterator[Text]:
    """The facts of a page; what one points to stands there by its key."""
    for field in fact_fields(type(page)):
        value = field.value_from_object(page)
        text = "" if value is None else str(value)
        yield Text(f"={field.name}", (field.verbose_name,), text, Kind.FACT, model=field.related_model)


def field_texts(page: Page, field: models.Field) -> Iterator[Text]:
    """The texts of one field of a page."""
    value = getattr(page, field.name)
    if isinstance(field, StreamField):
        yield from stream_texts(field, streams.stored(value, field.name))
    elif isinstance(field, RichTextField):
        features = tuple(field.features) if field.features else None
        yield Text(field.name, (field.verbose_name,), value or "", Kind.HTML, features)
    else:
        yield Text(field.name, (field.verbose_name,), value or "", kind_of(field), None, field.max_length)


def stream_texts(field: StreamField, raw: list) -> Iterator[Text]:
    """The texts of a StreamField's stored value."""
    for slot in streams.slots(field.stream_block, raw, field.name):
        yield Text(slot.path, slot.labels, slot.text, slot.kind, slot.features, slot.max_length, slot.model)


def kind_of(field: models.Field) -> Kind:
    """How a plain field is written."""
    return Kind.TEXT if isinstance(field, models.TextField) else Kind.LINE


def record_texts(record: TranslatedText, language: str, as_source: bool = False) -> dict[str, Text]:
    """Path → text of a record in a language, its files' labels and the like among them, the empty ones too.

    `as_source`: what a translator starts from, which for the title of a work is the title itself.
    """
    found = {}
    for path, owner, name in _places(record):
        field = type(owner)._meta.get_field(name)
        if as_source and owner is record:
            value = record.text_to_translate(name, language)
        else:
            value = getattr(owner, build_localized_fieldname(name, language), "") or ""
        found[path] = Text(path, (field.verbose_name,), value, kind_of(field), None, field.max_length)
    return found


def write_record(record: TranslatedText, language: str, texts: dict[str, str]) -> None:
    """Set texts of a record, by path, in a language. A path that the record hasn't is ignored."""
    for path, owner, name in _places(record):
        if path in texts:
            setattr(owner, build_localized_fieldname(name, language), texts[path])


def copy_language(origin: TranslatedText, record: TranslatedText, language: str) -> None:
    """Set a record's texts and slug in a language to those of another version of it; what only one of them has is left."""
    owners = {path: owner for path, owner, _name in _places(origin)}
    found = [(owner, owners[path], name) for path, owner, name in _places(record) if path in owners]
    if slug := translated_slug(type(record)):
        found.append((record, origin, slug))
    for owner, other, name in found:
        column = build_localized_fieldname(name, language)
        setattr(owner, column, getattr(other, column))


def _places(record) -> Iterator[tuple[str, models.Model, str]]:
    """Path, object and field of each translated text; slugs are written in addresses and compared with nothing."""
    for name in _translated(type(record)):
        yield name, record, name
    for relation in get_all_child_relations(type(record)):
        if relation.related_model in translator.get_registered_models():
            accessor = relation.get_accessor_name()
            # The very objects that are saved with the record; those of a draft may have no key yet.
            for child in getattr(record, accessor).get_object_list():
                for name in _translated(relation.related_model) if child.pk else ():
                    yield f"{accessor}.{child.pk}.{name}", child, name


def _translated(model) -> list[str]:
    return [field.name for field in _translated_fields(model) if not isinstance(field, models.SlugField)]


def _translated_fields(model) -> list[models.Field]:
    """The fields that are written in each language, in the model's own order."""
    names = translator.get_options_for_model(model).all_fields
    return [field for field in model._meta.get_fields() if field.name in names]


def translated_slug(model: type[models.Model]) -> str:
    """The name of a record's slug that is written in each language, such as a topic's; empty for most."""
    return next((field.name for field in _translated_fields(model) if isinstance(field, models.SlugField)), "")


def said_by(texts: dict[str, Text]) -> dict[str, str]:
    """Path → wording of the texts that say anything."""
    return {path: text.said for path, text in texts.items() if text.said}


def words_of(texts: dict[str, str], paths: Iterable[str] | None = None) -> int:
    """How many words there are to translate in wordings; in those of some paths only, where they are there."""
    return sum(
        count_words(texts[path]) for path in (texts if paths is None else paths) if path in texts and not is_fact(path)
    )
