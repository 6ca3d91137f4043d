"""What records share: one row in every language, honest about the language it is shown in, drafts where editors need them."""

from collections.abc import Callable
from functools import cache

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from modelcluster.queryset import FakeQuerySet
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname
from wagtail.images import get_image_model
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from initiative.base import languages
from initiative.base.head import Alternate, Head, language_menu
from initiative.base.landmarks import landmarks

# Asked for every text of every record.
_column = cache(build_localized_fieldname)


def columns(*fields: str) -> list[str]:
    """The columns of translated fields, one a language; the last part of a lookup such as `type__singular` is the field."""
    return [_column(field, code) for field in fields for code in languages.codes()]


def best_of(texts: dict[str, str | None]) -> tuple[str, str]:
    """Of a text in each language: the language and text of the reader's or the best other; the reader's own and empty where
    there is none."""
    reader = languages.current()
    return next(((code, text) for code in languages.fallbacks(reader) if (text := texts.get(code))), (reader, ""))


def pictures(keys: set[int]) -> dict[int, models.Model]:
    """The pictures of these primary keys with their renditions. Two statements, none without keys."""
    return get_image_model().objects.prefetch_related("renditions").in_bulk(keys) if keys else {}


def bring_along(record: models.Model, field: str, others: list) -> None:
    """Let a record that was read know what a relation of it to many leads to: as `prefetch_related` does, but what is further
    asked of it is answered in memory too."""
    relation = type(record)._meta.get_field(field)
    if relation.one_to_many:
        for other in others:
            relation.field.set_cached_value(other, record)
    record.__dict__.setdefault("_prefetched_objects_cache", {})[field] = FakeQuerySet(relation.related_model, others)


class TranslatedText(models.Model):
    """A record with texts in every language. Its `main_text` decides which languages it is translated into."""

    main_text = ""
    # Translated fields that may be left unwritten in a language: readers miss nothing.
    may_stay: frozenset[str] = frozenset()

    class Meta:
        abstract = True

    def clean_fields(self, exclude=None):
        """As Django's; also, a text that must be there must be there in one language at least: the columns of the
        languages are all optional. Raises ValidationError."""
        errors = {}
        translated = translator.get_options_for_model(type(self)).get_field_names()
        try:
            # Each name alone stands for the active language, in which nothing need be written.
            super().clean_fields(exclude={*(exclude or ()), *translated})
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        for name in translated:
            column = _column(name, languages.codes()[0])
            optional = type(self)._meta.get_field(name).blank or column in (exclude or ())
            if not optional and not any(self.text_in(name, code) for code in languages.codes()):
                errors.setdefault(column, []).append(ValidationError(_("Write this in at least one language.")))
        if errors:
            raise ValidationError(errors)

    def text_in(self, field: str, language: str) -> str:
        """The text of a translated field in exactly this language; empty where it isn't written."""
        return getattr(self, _column(field, language), "") or ""

    def text_to_translate(self, field: str, language: str) -> str:
        """What a translator of this field starts from where `language` is the source."""
        return self.text_in(field, language)

    def needs_no(self, language: str) -> set[str]:
        """Translated fields that say nothing new in this language."""
        return set()

    @property
    def subject(self) -> str:
        """What the record is called in every language, such as `resources.resource:17`; empty before it is saved."""
        return f"{self._meta.label_lower}:{self.pk}" if self.pk else ""

    @property
    def translated_languages(self) -> list[str]:
        """Languages in which the main text is written, in the site's order."""
        return [code for code in languages.codes() if self.text_in(self.main_text, code)]

    def shown_language(self, language: str | None = None) -> str:
        """The language a reader gets: the first of its fallbacks that is written, else the reader's own."""
        language = language or languages.current()
        written = self.translated_languages
        return next((code for code in languages.fallbacks(language) if code in written), language)

    def best(self, field: str, language: str | None = None) -> str:
        """The text of a translated field in the reader's language or the best other; empty where there is none."""
        language = language or languages.current()
        return next((text for code in languages.fallbacks(language) if (text := self.text_in(field, code))), "")

    def best_language(self, field: str, language: str | None = None) -> str:
        """The language of what `best` gives; empty where that is nothing."""
        return next(
            (code for code in languages.fallbacks(language or languages.current()) if self.text_in(field, code)), ""
        )


# What else a slug must be free of, from those who know: functions of a record that raise ValidationError.
slug_checks: list[Callable[["ShownRecord"], None]] = []


class ShownRecord(TranslatedText):
    """A record with a page of its own under the landing page of its `landmark`, in every language."""

    landmark = ""
    # Whether its landing page says by itself what became of one that was deleted.
    has_tombstone = False
    slug_help = _("The last part of its address. Letters, digits and hyphens.")

    slug = models.SlugField(_("slug"), max_length=200, unique=True, help_text=slug_help)

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        for check in slug_checks:
            check(self)

    def get_url(self, language: str | None = None) -> str:
        """Its path in a language (the active one by default); empty while the landing page isn't published."""
        landing = landmarks().url(self.landmark, language)
        return f"{landing}{self.slug}/" if landing else ""

    def get_urls(self) -> dict[str, str]:
        """Its path in each language whose landing page is published."""
        known = landmarks()
        landings = ((code, known.url(self.landmark, code)) for code in languages.codes())
        return {code: f"{landing}{self.slug}/" for code, landing in landings if landing}

    def get_absolute_url(self) -> str:
        return self.get_url()

    @property
    def path(self) -> str:
        """Its path in the active language."""
        return self.get_url()

    def alternates(self) -> list[Alternate]:
        """Its address in each language whose landing page is published."""
        written = self.translated_languages
        return [Alternate(code, url, code in written) for code, url in self.get_urls().items()]

    def get_head(self) -> Head:
        """The head of its page in the active language."""
        raise NotImplementedError

    def head(self, title: str, description: str = "", **more) -> Head:
        """Its page's head: canonical to the language shown, alternates in all."""
        shown = self.shown_language()
        return Head(
            title,
            description,
            canonical=self.get_url(shown) or self.get_url(),
            alternates=self.alternates(),
            shown_language=shown,
            subject=self.subject,
            **more,
        )


class EditedRecord(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel):
    """A record that editors draft, preview in each language, schedule, review and publish, as they do pages."""

    preview_template = ""

    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )
    _workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )

    class Meta:
        abstract = True

    @property
    def revisions(self):
        return self._revisions

    @property
    def workflow_states(self):
        return self._workflow_states

    @property
    def preview_modes(self):
        return [(code, languages.own_name(code)) for code in languages.codes()]

    def get_preview_template(self, request, mode_name):
        return self.preview_template

    def get_preview_context(self, request, mode_name):
        head = self.get_head()
        return {"head": head, "languages": language_menu(head.alternates), **self.get_detail_context()}

    def get_head(self) -> Head:
        """The head of the record's public page."""
        raise NotImplementedError

    def get_detail_context(self) -> dict:
        """What the record's public page shows; the same for readers and for the preview."""
        raise NotImplementedError

    def serve_preview(self, request, mode_name):
        # The response must be rendered before the language is set back.
        with translation.override(mode_name):
            request.LANGUAGE_CODE = mode_name
            response = super().serve_preview(request, mode_name)
            return response.render() if hasattr(response, "render") else response
