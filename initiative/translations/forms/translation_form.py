"""A translation beside its source: a field for each text."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django import forms
from django.core.validators import validate_slug, validate_unicode_slug
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.admin.widgets import AdminAutoHeightTextInput

from initiative.base import languages
from initiative.base.wording import digest, wording
from initiative.translations.editions import Edition, Row
from initiative.translations.enums import Kind
from initiative.translations.texts import part_of


class RichTextField(forms.CharField):
    """Rich text as HTML; one without words is empty, whatever elements it still has."""

    def clean(self, value):
        text = super().clean(value)
        return text if wording(text, is_html=True) else ""

    def has_changed(self, initial, data):
        return _plain(initial) != _plain(data)


def _plain(html: str | None) -> str:
    """HTML without the keys that the editor gives to paragraphs."""
    return _KEY.sub("", html or "") if wording(html, is_html=True) else ""


_KEY = re.compile(r' data-block-key="[^"]*"')


@dataclass(frozen=True)
class Line:
    """What a row of the form shows: the text's two sides, its field, and what the translator may tick."""

    row: Row
    label: str
    is_machine: bool
    field: forms.BoundField | None
    done: forms.BoundField | None
    removed: forms.BoundField | None


def field_name(prefix: str, path: str) -> str:
    """The name of a field for a path, from letters that the scripts of the admin can look up."""
    return f"{prefix}-{path.replace('.', '__').replace('=', 'fact_')}"


class TranslationForm(forms.Form):
    """Every text is optional: what is left empty falls back to the source, but for what can be spared.

    Beside each stands what the source said when the form was made (`from-…`), so that nobody translates what has changed
    meanwhile without seeing it; and `revision`, so that nobody overwrites what another has saved.
    """

    revision = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, edition: Edition, data=None):
        super().__init__(data)
        self.edition = edition
        self.fields["revision"].initial = self._revision()
        for row in edition.rows:
            if row.text.kind is not Kind.FACT:
                self._add_text(row)
            if row.is_changed or row.is_machine or self._is_proposed(row):
                self._add_tick(row)
            if row.source is None and (row.text.kind is not Kind.FACT or "." in row.path):
                tick = forms.BooleanField(label=_("Take this part out"), required=False)
                self.fields.setdefault(field_name("removed", part_of(row.path)), tick)
        if any(row.is_machine or self._is_proposed(row) for row in edition.rows):
            label = _("Show it to readers although nobody has checked what the machine wrote: they are told so")
            self.fields["unchecked"] = forms.BooleanField(label=label, required=False)
        if edition.has_slug:
            self._add_slug()

    def _revision(self) -> str:
        return str(getattr(self.edition.thing, "latest_revision_id", None) or "")

    def _add_text(self, row: Row) -> None:
        text, language = row.text, self.edition.language
        attrs = {"lang": language, "dir": languages.direction(language), "aria-label": text.label}
        name, seen = field_name("text", row.path), field_name("from", row.path)
        if text.kind is Kind.HTML:
            features = list(text.features) if text.features else None
            widget = get_rich_text_editor_widget(features=features)
            widget.attrs.update(attrs)
            self.fields[name] = RichTextField(required=False, widget=widget, label=text.label)
        else:
            is_long = text.kind is Kind.TEXT or len(text.value) > 90
            widget = AdminAutoHeightTextInput(attrs=attrs) if is_long else forms.TextInput(attrs=attrs)
            self.fields[name] = forms.CharField(
                required=False, widget=widget, max_length=text.max_length, label=text.label
            )
        self.initial[name] = row.target.value
        self.fields[seen] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.initial[seen] = self._said_by_source(row)
        self.fields[field_name("machine", row.path)] = forms.CharField(required=False, widget=forms.HiddenInput)

    def _is_proposed(self, row: Row) -> bool:
        """Whether a machine has proposed this text since the form was opened."""
        return bool(self.data.get(field_name("machine", row.path)))

    def _add_tick(self, row: Row) -> None:
        is_machine = row.is_machine or self._is_proposed(row)
        label = _("I have read it, it is right") if is_machine else _("Still right as it is")
        if row.text.kind is Kind.FACT:
            label = _("Keep what the translation has")
        self.fields[field_name("done", row.path)] = forms.BooleanField(label=label, required=False)

    def _add_slug(self) -> None:
        attrs = {"dir": "ltr", "autocomplete": "off"}
        self.fields["slug"] = forms.CharField(
            required=False,
            max_length=255,
            widget=forms.TextInput(attrs=attrs),
            label=_("Last part of the address"),
            help_text=_("Empty: made from the title."),
            validators=[validate_unicode_slug if self.edition.unicode_slugs else validate_slug],
        )
        self.initial["slug"] = self.edition.slug

    @staticmethod
    def _said_by_source(row: Row) -> str:
        return digest(row.source.said) if row.source else ""

    def lines(self) -> Iterator[Line]:
        """The rows to show; texts that are called alike are numbered."""
        offered, called = set(), Counter()
        alike = Counter(row.text.label for row in self.edition.rows)
        for row in self.edition.rows:
            label = row.text.label
            called[label] += 1
            label = f"{label} {called[label]}" if alike[label] > 1 else label
            removed = field_name("removed", part_of(row.path))
            shown = removed if removed in self.fields and removed not in offered else ""
            offered.add(shown)
            names = (field_name("text", row.path), field_name("done", row.path), shown)
            is_machine = row.is_machine or self._is_proposed(row)
            yield Line(row, label, is_machine, *(self[name] if name in self.fields else None for name in names))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("revision", "") != self._revision():
            self._take_up("revision", self._revision())
            self.add_error(
                None,
                _("Somebody else saved this translation meanwhile. Saving now puts your texts in the place of theirs."),
            )
        for row in self.edition.rows:
            name = field_name("from", row.path)
            if name in self.fields and cleaned.get(name, "") != self._said_by_source(row):
                self._take_up(name, self._said_by_source(row))
                self.add_error(
                    field_name("text", row.path), _("The source has changed meanwhile. Read it again, then save.")
                )
        return cleaned

    def _take_up(self, name: str, value: str) -> None:
        """The form as it is shown again knows what is there now."""
        self.data = self.data.copy()
        self.data[name] = value

    @cached_property
    def texts(self) -> dict[str, str]:
        """Path → text, of a form that was validated; without those that are wrong."""
        named = {field_name("text", row.path): row.path for row in self.edition.rows}
        return {path: self.cleaned_data[name] for name, path in named.items() if name in self.cleaned_data}

    @property
    def has_new_texts(self) -> bool:
        """Whether anything that readers see becomes another; a fact that the source has changed is taken over."""
        is_written = any(name.startswith(("text-", "removed-")) or name == "slug" for name in self.changed_data)
        facts = {row.path for row in self.edition.rows if row.is_changed and row.text.kind is Kind.FACT}
        return is_written or bool(facts.difference(self.done))

    @property
    def removed(self) -> frozenset[str]:
        """Parts to take out."""
        return frozenset(self._ticked("removed", {part_of(row.path) for row in self.edition.rows}))

    @property
    def done(self) -> list[str]:
        """Paths that the translator says are right as they are."""
        return self._ticked("done", [row.path for row in self.edition.rows])

    def _ticked(self, prefix: str, paths: Iterable[str]) -> list[str]:
        return [path for path in paths if self.cleaned_data.get(field_name(prefix, path))]

    @property
    def slug(self) -> str | None:
        """The last part of the address: as written, or made from the title; None where it stays as it is."""
        if "slug" not in self.fields:
            return None
        title = self.texts.get("title") or self.texts.get("name") or ""
        made = slugify(title, allow_unicode=self.edition.unicode_slugs)
        return self.cleaned_data.get("slug") or made or None

    def compose(self):
        """The page or record with what was written, unsaved."""
        return self.edition.compose(self.texts, self.slug, self.removed, frozenset(self.done))

    def mark_half_translated(self) -> bool:
        """Whether some part would be half in one language, half in the other; says so at the texts that are missing."""
        missing = self.edition.partly_translated(self.texts)
        for path in missing:
            message = _("The rest of this part is translated: translate this too, or leave all of the part empty.")
            self.add_error(field_name("text", path), message)
        return bool(missing)

    def fill(self, proposals: Mapping[str, str]) -> "TranslationForm":
        """The same form with what a machine proposes in its fields, marked as such."""
        data = self.data.copy()
        kinds = {row.path: row.text.kind for row in self.edition.rows}
        for path, text in proposals.items():
            name = field_name("text", path)
            data[name] = self.fields[name].widget.format_value(text)
            data[field_name("machine", path)] = digest(wording(text, kinds[path] is Kind.HTML))
        return TranslationForm(self.edition, data)

    @property
    def machine(self) -> dict[str, str]:
        """Path → text of what a machine proposed, that nobody has changed or said to be right."""
        return {row.path: self.texts[row.path] for row in self._unread if self._is_proposed(row)}

    @property
    def _unread(self) -> list[Row]:
        """The rows whose text is as a machine wrote it, and that nobody has said to be right."""
        unread = []
        for row in self.edition.rows:
            said = wording(self.texts.get(row.path, ""), row.text.kind is Kind.HTML)
            proposed = self.data.get(field_name("machine", row.path))
            is_machines = (row.is_machine and said == row.target.said) or (proposed and proposed == digest(said))
            if said and is_machines and row.path not in self.done:
                unread.append(row)
        return unread

    def mark_unread(self) -> bool:
        """Whether texts are as a machine wrote them, nobody has said that they are right, and nobody that they may be shown
        all the same; says so at the texts."""
        if self.cleaned_data.get("unchecked"):
            return False
        message = _("A machine wrote this. Read it, then say that it is right, or mend it.")
        for row in self._unread:
            self.add_error(field_name("text", row.path), message)
        return bool(self._unread)
