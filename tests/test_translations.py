"""The interface speaks every language of the site: each sentence of the code stands, translated, in each message file."""

import functools
import io
import re
from itertools import chain

import pytest
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

from initiative.base import messages
from tests.factories import LANGUAGES

CODE = ("initiative", "resources", "committee", "partners")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
TRANSLATED = [code for code in LANGUAGES if code != settings.LANGUAGE_CODE]
# Of the interface, and of what Wagtail has not translated itself.
FILES = [file for folder in settings.LOCALE_PATHS for file in sorted(folder.glob("*/LC_MESSAGES/*.po"))]


@functools.cache
def _read(file):
    return messages.read_catalog(file)


def catalog(code):
    return _read(settings.LOCALE_PATHS[0] / code / "LC_MESSAGES" / "django.po")


def catalogs(code):
    """The messages of a language in all files."""
    return [_read(file) for file in FILES if file.parent.parent.name == code]


@functools.cache
def sentences() -> dict:
    """(context, English sentence) → the file it stands in, for all Python and all templates."""
    found = {}

    def take(path, text):
        for _line, sentence, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
            key = sentence if isinstance(sentence, str) else sentence[0]
            if key:
                found[context, key] = path.relative_to(settings.BASE_DIR)

    for app in CODE:
        for path in sorted((settings.BASE_DIR / app).rglob("*.py")):
            if "migrations" not in path.parts:
                take(path, path.read_text(encoding="utf-8"))
        for path in _templates(settings.BASE_DIR / app, "templates/**/"):
            take(path, _as_python(path))
    for path in _templates(settings.BASE_DIR / "templates"):
        take(path, _as_python(path))
    return found


def _templates(folder, below="") -> list:
    """Pages, and mails as HTML and as text."""
    return sorted(path for ending in ("html", "txt") for path in folder.rglob(f"{below}*.{ending}"))


def _as_python(path) -> str:
    # What stands between the tags becomes a filler; its indentation would mean something in Python.
    return re.sub(r"^\s+", "", templatize(path.read_text(encoding="utf-8")), flags=re.MULTILINE)


def test_sentences_are_found_in_code_and_templates():
    found = sentences()
    assert len(found) > 400
    assert (None, "Skip to content") in found
    assert (None, "The table is empty.") in found
    assert ("page", "Next") in found


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_sentence_of_the_code_is_in_the_file_of_each_language(code):
    known = {
        (message.context, message.id if isinstance(message.id, str) else message.id[0])
        for message in catalog(code)
        if message.id
    }
    missing = {f"{key!r} in {path}" for (context, key), path in sentences().items() if (context, key) not in known}
    assert not missing, "make messages, then translate:\n" + "\n".join(sorted(missing))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parents[2].name}-{file.parents[1].name}-{file.stem}")
def test_every_sentence_is_translated_and_none_only_guessed(file):
    found = _read(file)
    empty = [
        message.id
        for message in found
        if message.id and not all([message.string] if isinstance(message.string, str) else message.string)
    ]
    assert empty == []
    assert [message.id for message in found if message.id and message.fuzzy] == []


@pytest.mark.parametrize(("code", "forms"), [("fr", (2, 3)), ("es", (2, 3)), ("ar", (6,))])
def test_plurals_have_the_forms_of_the_language(code, forms):
    for found in catalogs(code):
        assert found.num_plurals in forms
        for message in found:
            if isinstance(message.id, tuple):
                assert len(message.string) == found.num_plurals, message.id


# In French a space that doesn't break stands before these; in Arabic commas, semicolons and question marks are its own; in
# Spanish questions and exclamations are opened, too.
MISPRINTS = {"fr": r"(?<=\S) [:;!?»](?!\w)|« ", "ar": r"[\u0600-\u06ff][,;?]", "es": r"^[^¿]*\w\?(?!\w)|^[^¡]*\w!"}


@pytest.mark.parametrize(("code", "misprint"), MISPRINTS.items())
def test_each_language_is_set_by_its_own_rules(code, misprint):
    strings = [
        string
        for message in chain(*catalogs(code))
        for string in (message.string if isinstance(message.string, tuple) else [message.string])
        if message.id
    ]
    assert [string for string in strings if re.search(misprint, string)] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_translations_are_no_copies(code):
    """Long English sentences have no reason to be the same in another language."""
    copies = [
        message.id
        for message in chain(*catalogs(code))
        if message.id
        and isinstance(message.id, str)
        and len(re.sub(r"%\(\w+\)s", "", message.id)) > 25
        and message.string == message.id
    ]
    assert copies == []


# What stands in a template and isn't there to be read or heard, or is translated.
_UNSPOKEN = re.compile(
    r"\{#.*?#\}|\{% *comment\b.*?\{% *endcomment *%\}|\{% *blocktrans(?:late)?\b.*?\{% *endblocktrans(?:late)? *%\}"
    r"|\{% *fragment\b.*?\{% *endfragment *%\}|\{% *block +\w*class\w* *%\}.*?\{% *endblock\b[^%]*%\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|<(script|style|pre)\b.*?</\1>",
    re.DOTALL,
)
_SPOKEN = re.compile(r"\s(?:alt|aria-label|title|placeholder)=\"([^\"]*)\"")
_WORD = re.compile(r"[^\W\d_]{2,}")
# Names of formats and standards, and an address: the same in every language.
_SAME = {"API", "CSV", "DOI", "GeoJSON", "ISBN", "JSON", "ORCID", "SHA-256", "SHA-256 …"}
_ADDRESS = "1000 avenue Agropolis, 34394 Montpellier, France"


def raw_words(template: str) -> set[str]:
    """What a template says to readers without having it translated."""
    left = re.sub(r"&\w+;", "", _UNSPOKEN.sub("", template))
    said = {*_SPOKEN.findall(left), *re.sub(r"<(?:[^<>\"]|\"[^\"]*\")*>", "\n", left).split("\n")}
    return {text.strip() for text in said if _WORD.search(text)} - _SAME - {_ADDRESS}


# For whoever builds the site: in English, like docs/, and marked so.
_DOCUMENTATION = settings.BASE_DIR / "templates" / "styleguide"


def test_no_template_says_anything_that_is_not_translated():
    found = {}
    for folder in ("templates", *CODE):
        for path in sorted((settings.BASE_DIR / folder).rglob("*.html")):
            words = raw_words(path.read_text(encoding="utf-8"))
            if words and not path.is_relative_to(_DOCUMENTATION):
                found[str(path.relative_to(settings.BASE_DIR))] = words
    assert found == {}


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<p>Join us</p>", {"Join us"}),
        ("<p>{% translate 'Join us' %} now</p>", {"now"}),
        ('<img src="/x.png" alt="A field">', {"A field"}),
        ('<a aria-label="{% translate \'Menu\' %}" class="menu wide">{{ title }}</a>', set()),
        ("{% blocktranslate %}Join us{% endblocktranslate %}{# a note #}<script>let word</script>DOI &nbsp;", set()),
    ],
)
def test_words_that_are_not_translated_are_found(template, words):
    assert raw_words(template) == words
