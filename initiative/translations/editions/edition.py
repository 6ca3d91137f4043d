"""What translating a page and translating a record have in common."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import models
from django.utils.functional import cached_property
from django.utils.text import slugify

from initiative.base.wording import digest
from initiative.translations.models import Translation
from initiative.translations.texts import Text, is_fact
from initiative.translations.tracking import left_over, outstanding
from initiative.translations.works import Work


@dataclass(frozen=True)
class Row:
    """One text: the source's, and what is written in the translator's language (empty: it falls back to the source, but for
    what can be spared).

    `made_from`: what the source said when this was written, where it says something else now. `is_new`: the source said
    nothing then. `source` is None for what only the translation has. `is_machine`: a machine wrote it, nobody confirmed.
    """

    path: str
    source: Text | None
    target: Text
    made_from: str | None = None
    is_changed: bool = False
    is_machine: bool = False

    @property
    def text(self) -> Text:
        """Whichever of the two says how the text is called and written."""
        return self.source or self.target

    @property
    def is_new(self) -> bool:
        return self.is_changed and self.made_from is None


class Edition:
    """A translation being written. Subclasses know pages and records."""

    # Whether the last part of its address is written in each language, and in which letters.
    has_slug = True
    unicode_slugs = True

    def __init__(self, translation: Translation, work: Work):
        self.translation, self.work = translation, work
        self.subject = translation.subject
        self.language, self.source_language = translation.language, translation.subject.language

    @property
    def thing(self) -> models.Model:
        """The page or record with its latest texts; an alias, or the source, where there is no page of its own yet."""
        raise NotImplementedError

    def source_texts(self) -> dict[str, Text]:
        """Path → text of the source, in reading order."""
        raise NotImplementedError

    def target_texts(self) -> dict[str, Text]:
        """Path → text as it stands in the translator's language, copies of the source among them."""
        raise NotImplementedError

    @cached_property
    def rows(self) -> list[Row]:
        """What there is to write, in the order of the source; what only the translation has follows what it stands behind."""
        source, target = self.source_texts(), self.target_texts()
        said = {path: text.said for path, text in source.items() if text.said}
        behind = outstanding(self.translation, said)
        left = self._left(said, target)
        rows = []
        for path in _in_order(source, target):
            own = target.get(path) or _emptied(source[path])
            if path not in behind and (is_fact(path) or (not own.value and path not in said)):
                continue
            rows.append(
                Row(
                    path,
                    source.get(path),
                    _emptied(own) if path in left else own,
                    behind.get(path),
                    path in behind,
                    self.translation.machine.get(path) == digest(own.said) and bool(own.said),
                )
            )
        return rows

    def _left(self, said: dict[str, str], target: dict[str, Text]) -> set[str]:
        return set(left_over(said, {path: digest(text.said) for path, text in target.items() if text.said}))

    def compose(
        self,
        texts: Mapping[str, str],
        slug: str | None = None,
        removed: frozenset[str] = frozenset(),
        kept: frozenset[str] = frozenset(),
    ):
        """The page or record with these texts, unsaved. An empty one falls back to the source, but for what can be spared.

        Facts that changed in the source are taken over, but for those at the paths `kept`.
        """
        raise NotImplementedError

    @property
    def slug(self) -> str:
        """The last part of its address in the translator's language; empty while it is still to be found."""
        raise NotImplementedError

    def made_slug(self, texts: Mapping[str, str]) -> str | None:
        """The last part of its address, made from its title in these texts; None where it has one, or there is no title."""
        title = texts.get("title") or texts.get("name") or ""
        if not self.has_slug or self.slug:
            return None
        return self.free_slug(slugify(title, allow_unicode=self.unicode_slugs)) or None

    def free_slug(self, slug: str) -> str:
        """The same, or another where it is taken."""
        return slug

    def partly_translated(self, texts: Mapping[str, str]) -> set[str]:
        """Paths left empty in a part of which other texts are written: it would be half in one language, half in the other."""
        raise NotImplementedError

    def left_empty(self, texts: Mapping[str, str]) -> list[Text]:
        """The source's texts that readers will see, since nothing stands in their place."""
        needed = [text for text in self.source_texts().values() if text.said and text.path not in self.work.spare]
        return [text for text in needed if not is_fact(text.path) and not texts.get(text.path, "").strip()]

    def may_translate(self, user) -> bool:
        """Whether a user may write this translation."""
        raise NotImplementedError

    def may_publish(self, user) -> bool:
        """Whether a user may publish it."""
        raise NotImplementedError

    @property
    def has_drafts(self) -> bool:
        """Whether it is drafted and reviewed before readers see it; otherwise what is saved is published."""
        return True

    def save(self, thing: models.Model, user) -> models.Model:
        """Keep a composed page or record, as a new draft where it has drafts. Raises ValidationError."""
        raise NotImplementedError

    def set_aside(self, user) -> models.Model | None:
        """Make the latest draft differ from what is public in this language alone. Gives what it was, to be saved as a draft
        again; None where it differed in nothing else."""
        return None


def _in_order(source: Mapping, target: Mapping) -> list[str]:
    """The source's paths; a path that only the target has stands behind the one before it there."""
    order = list(source)
    before = None
    for path in target:
        if path not in source:
            order.insert(order.index(before) + 1 if before in order else 0, path)
        before = path
    return order


def _emptied(text: Text) -> Text:
    return replace(text, value="")
