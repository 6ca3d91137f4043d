"""A record's texts in one language beside those in its source language."""

from django.core.exceptions import PermissionDenied
from django.utils.functional import cached_property
from modeltranslation.utils import build_localized_fieldname
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, RevisionMixin

from initiative.base.drafts import content
from initiative.base.rights import may_write
from initiative.translations.editions.edition import Edition
from initiative.translations.texts import copy_language, record_texts, translated_slug, write_record
from initiative.translations.works import RecordWork


class RecordEdition(Edition):
    """A record in one language: the fields of that language in its latest draft, or in the record itself."""

    work: RecordWork

    @cached_property
    def thing(self):
        return self.work.latest or self.work.record

    def source_texts(self):
        needless = self.work.needless(self.language)
        texts = record_texts(self.thing, self.source_language, as_source=True)
        return {path: text for path, text in texts.items() if path not in needless}

    def target_texts(self):
        needless = self.work.needless(self.language)
        return {path: text for path, text in record_texts(self.thing, self.language).items() if path not in needless}

    def _left(self, said, target):
        return set()

    unicode_slugs = False

    @property
    def has_slug(self):
        return bool(self.slug_name)

    @property
    def slug_name(self) -> str:
        """The name of a slug that is written in each language; empty for most records."""
        return translated_slug(type(self.thing))

    @property
    def slug(self) -> str:
        return self.thing.text_in(self.slug_name, self.language) if self.slug_name else ""

    def compose(self, texts, slug=None, removed=frozenset(), kept=frozenset()):
        write_record(self.thing, self.language, dict(texts))
        if self.slug_name and slug is not None:
            setattr(self.thing, build_localized_fieldname(self.slug_name, self.language), slug)
        return self.thing

    def partly_translated(self, texts):
        return set()  # each field falls back by itself, and is marked

    def may_translate(self, user):
        return may_write(user, self.language) and self._has_perm(user, "change")

    def may_publish(self, user):
        return may_write(user, self.language) and self._has_perm(user, "publish" if self.has_drafts else "change")

    def _has_perm(self, user, action: str) -> bool:
        meta = type(self.thing)._meta
        return user.has_perm(f"{meta.app_label}.{action}_{meta.model_name}")

    @property
    def has_drafts(self):
        return isinstance(self.thing, DraftStateMixin)

    def save(self, thing, user):
        if self.has_drafts:
            # The facts aren't the translator's: an old one that would be refused today mustn't stop a text.
            thing.save_revision(user=user, log_action=True, clean=False)
        else:
            thing.save()
            # Some keep their history without drafts.
            revision = thing.save_revision(user=user, clean=False) if isinstance(thing, RevisionMixin) else None
            log(instance=thing, action="wagtail.edit", user=user, revision=revision)
        return type(thing)._base_manager.get(pk=thing.pk)

    def set_aside(self, user):
        public = type(self.thing)._base_manager.get(pk=self.thing.pk)
        if not public.live:
            raise PermissionDenied  # nothing of it is public, and all of it would be
        draft = public.get_latest_revision_as_object()
        copy_language(draft, public, self.language)
        if content(public) == content(draft):
            return None
        public.save_revision(user=user, clean=False)
        return draft
