"""A page beside its source."""

from copy import deepcopy
from itertools import chain, count

from django.utils.functional import cached_property
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, PagePermissionTester

from initiative.base.rights import may_write
from initiative.base.untranslated import part_digest
from initiative.base.wording import digest
from initiative.models import BorrowedText
from initiative.translations import streams
from initiative.translations.editions.edition import Edition
from initiative.translations.models import Translation
from initiative.translations.texts import Text, fact_fields, is_fact, page_texts, part_of, text_fields
from initiative.translations.works import PageWork, shaped_like, texts_like


class PageEdition(Edition):
    """A page in one language: a draft of it, or what will become it."""

    def __init__(self, translation: Translation, work: PageWork):
        super().__init__(translation, work)
        self.source = work.pages[self.source_language]
        self.page = work.page(self.language)

    @property
    def is_begun(self) -> bool:
        """Whether there is a page of its own, no alias."""
        return self.page is not None and not self.page.alias_of_id

    @cached_property
    def thing(self):
        if self.is_begun:
            return self.page.get_latest_revision_as_object()
        alike = self.page or self.source
        page = type(alike).objects.get(pk=alike.pk)  # apart from what the translation is made from
        page.locale = Locale.objects.get(language_code=self.language)
        return page

    def source_texts(self):
        return page_texts(self.source)

    def target_texts(self):
        return texts_like(self.thing, self.source)

    def _left(self, said, target):
        if not self.is_begun:
            return set(target)
        kept = self.thing.untranslated.get("texts", {})
        copies = {path for path, text in target.items() if kept.get(path) and kept[path] == digest(text.said)}
        # What can be spared may say the same on purpose: emptied, it would be gone.
        return {path for path in super()._left(said, target) if path not in self.work.spare} | copies

    @property
    def slug(self) -> str:
        return self.thing.slug if self.is_begun else ""

    def free_slug(self, slug):
        taken = set(self.page.get_siblings(inclusive=False).values_list("slug", flat=True)) if self.page else set()
        others = (f"{slug}-{number}" for number in count(2))
        return next(one for one in chain([slug], others) if one not in taken) if slug else ""

    def compose(self, texts, slug=None, removed=frozenset(), kept=frozenset()):
        page, source = self.thing, self.source_texts()
        taken_over = {row.path for row in self.rows if row.is_changed and is_fact(row.path)} - kept
        left = {text.path for text in self.left_empty(texts)}
        for field in text_fields(type(page)):
            if isinstance(field, StreamField):
                setattr(page, field.name, self._stream(field, texts, source, left, removed, taken_over))
            else:
                text = source[field.name].value if field.name in left else texts.get(field.name, "")
                setattr(page, field.name, text)
        for fact in fact_fields(type(self.source)):
            if f"={fact.name}" in taken_over:
                setattr(page, fact.attname, getattr(self.source, fact.attname))
        if slug:
            page.slug = slug
        page.untranslated = self._untranslated(page, source, left)
        return page

    def _stream(self, field, texts, source, left, removed, taken_over):
        raw = [
            child
            for child in shaped_like(self.thing, self.source, field.name)
            if f"{field.name}.{child['id']}" not in removed
        ]
        stored = streams.stored(getattr(self.source, field.name), field.name)
        theirs = {child["id"]: child for child in stored}
        facts = {slot.path: slot.value for slot in streams.slots(field.stream_block, stored, field.name)}
        for place, child in enumerate(raw):
            part = f"{field.name}.{child['id']}"
            if child["id"] in theirs and _falls_back(part, source, left):
                raw[place] = deepcopy(theirs[child["id"]])
        for slot in streams.slots(field.stream_block, raw, field.name):
            if slot.path in left:
                slot.write(source[slot.path].value)
            elif slot.path in texts:
                slot.write(texts[slot.path])
            elif slot.path in taken_over and slot.path in facts:
                slot.write(deepcopy(facts[slot.path]))
        return field.stream_block.to_python(raw)

    def _untranslated(self, page, source: dict[str, Text], left: set[str]) -> dict:
        """What `BasePage.untranslated` keeps."""
        if not left:
            return {}
        parts = {}
        for field in text_fields(type(page)):
            value = getattr(page, field.name)
            pieces = {field.name: value}
            if isinstance(field, StreamField):
                pieces = {f"{field.name}.{child.id}": child.block.get_prep_value(child.value) for child in value}
            parts |= {part: part_digest(piece) for part, piece in pieces.items() if _falls_back(part, source, left)}
        return {
            "language": self.source_language,
            "texts": {path: digest(source[path].said) for path in source if path in left},
            "parts": parts,
        }

    def partly_translated(self, texts):
        empty = {text.path for text in self.left_empty(texts)}
        said = [text for text in self.source_texts().values() if text.said and not is_fact(text.path)]
        begun = {text.part for text in said if text.path not in empty}
        return {path for path in empty if part_of(path) in begun}

    def may_translate(self, user):
        rights = PagePermissionTester(user, self.page or self.source)
        return may_write(user, self.language) and rights.can_edit()

    def may_publish(self, user):
        return may_write(user, self.language) and PagePermissionTester(user, self.page or self.source).can_publish()

    def save(self, thing, user):
        page = self._own_page(user)
        fields = [*text_fields(type(thing)), *fact_fields(type(thing))]
        for name in [*(field.attname for field in fields), "untranslated", "slug"]:
            setattr(page, name, getattr(thing, name))
        if not page.live:
            page.save()
        page.save_revision(user=user, log_action=True)
        return type(page).objects.get(pk=page.pk)

    def _own_page(self, user) -> Page:
        """The page to write to: its latest draft, or what was an alias until now. Readers see what they saw."""
        if self.is_begun:
            return self.page.get_latest_revision_as_object()
        page = self.page or self.source.copy_for_translation(
            Locale.objects.get(language_code=self.language), copy_parents=True, alias=True
        )
        followed = page.alias_of.locale.language_code
        ConvertAliasPageAction(page, user=user).execute(skip_permission_checks=True)
        if page.live:
            BorrowedText.objects.update_or_create(page_id=page.pk, defaults={"language": followed})
        return type(page).objects.get(pk=page.pk)


def _falls_back(part: str, source: dict[str, Text], left: set[str]) -> bool:
    """Whether nothing of a part is translated, though there is something to translate."""
    texts = [path for path, text in source.items() if text.said and not is_fact(path)]
    paths = [path for path in texts if part_of(path) == part]
    return bool(paths) and left.issuperset(paths)
