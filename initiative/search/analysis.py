"""From text to what is compared: words without case and accents, and their stems.

Both engines store and look up what this module makes, so they agree on every word and need no dictionary, extension
or right on a database server. Change what comes out, and `generation.GENERATION` must be raised.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import TypeVar

import snowballstemmer

from initiative.search import stopwords

T = TypeVar("T")

# Longer "words" are data (hashes, base64), not language.
_LONGEST = 60
_MOST_KEPT = 1 << 16

_ALGORITHMS = {
    "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "eu": "basque", "fi": "finnish", "fr": "french", "hi": "hindi", "hu": "hungarian", "id": "indonesian", "it": "italian",
    "ne": "nepali", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip

# Letters that Unicode doesn't take apart into a letter and an accent. Arabic's tatweel only stretches a word.
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ـ": None, "\xad": None}
)
_MARKS = "".join(map(chr, (code for code in range(0x300, 0xFFFF) if unicodedata.category(chr(code)).startswith("M"))))
# A word starts with a letter or digit; accents and vowel signs that stand alone, and soft hyphens, belong to it.
WORD = re.compile(rf"[^\W_]+(?:[{_MARKS}\xad]+[^\W_]*)*")
# The same in texts of ASCII alone, which most are: quicker by a quarter.
_ASCII_WORD = re.compile("[A-Za-z0-9]+")

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_SPACES = re.compile(r"[^\S\n ][^\S\n]*|[^\S\n]{2,}")  # a single blank may stay

# British spellings to American ones, so that either finds the other. What they make need not be a word: both sides of
# a comparison go through here.
_AMERICAN = [
    # Of single words first: the first that fits is all that is changed.
    (re.compile(r"^(def|off)ence(|s)$"), r"\1ense\2"),
    (re.compile(r"^aluminium$"), "aluminum"),
    (re.compile(r"^grey"), "gray"),
    (re.compile(r"^licence"), "license"),
    (re.compile(r"^mould"), "mold"),
    (re.compile(r"^plough"), "plow"),
    (re.compile(r"^programme(|s)$"), r"program\1"),
    (re.compile(r"^practis"), "practic"),
    (re.compile(r"^sulph"), "sulf"),
    (re.compile(r"(?<=[a-z]{3})is(e|ed|es|er|ers|ing|ation|ations|able)$"), r"iz\1"),
    (re.compile(r"(?<=[a-z]{2})ys(e|ed|es|er|ers|ing)$"), r"yz\1"),
    (re.compile(r"(?<=[a-z]{3})our(|s|ed|ing|al|ally|able|ful|less|ite|ites)$"), r"or\1"),
    (re.compile(r"(?<=[a-z]{2})(b|t)re(|s|d)$"), r"\1er\2"),
    (re.compile(r"(?<=[aeiou])([^aeiou]+[aeiou])ll(ed|er|ers|ing|ings)$"), r"\1l\2"),
    (re.compile(r"(?<=[aiou]l)ogue(|s)$"), r"og\1"),
]
# Endings whose accent the French stemmer needs, and that are hardly ever without one.
_ACCENTED = [
    (re.compile(r"ee(|s)$"), r"ée\1"),
    (re.compile(r"ite(|s)$"), r"ité\1"),
    (re.compile(r"iere(|s)$"), r"ière\1"),
]


class Kept(dict[str, T]):
    """What a function made of words, kept for many of them: quicker to ask, word for word, than `lru_cache`."""

    def __init__(self, function: Callable[[str], T]):
        super().__init__()
        self.function = function

    def __missing__(self, word: str) -> T:
        if len(self) >= _MOST_KEPT:
            self.clear()
        result = self[word] = self.function(word)
        return result


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()[:_LONGEST]
    letters = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    return "".join(letter for letter in letters if letter.isalnum())[:_LONGEST]


_folded = Kept(_fold)


def fold(word: str) -> str:
    """A word without case, accents, vowel signs and stretching: `Œuvré` → `oeuvre`. May be empty."""
    return _folded[word]


def places(text: str) -> Iterator[re.Match]:
    """The words of a text as they are written and where, in order."""
    return _words_of(text).finditer(text)


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return list(filter(None, map(_folded.__getitem__, _words_of(text).findall(text))))


def _words_of(text: str) -> re.Pattern:
    return _ASCII_WORD if text.isascii() else WORD


def stop_words(language: str) -> frozenset[str]:
    """The words that a search in this language leaves out; folded."""
    return _stop_words(language.split("-")[0])


@cache
def _stop_words(language: str) -> frozenset[str]:
    return frozenset(words(stopwords.RAW.get(language, "")))


def stem(word: str, language: str) -> str:
    """The stem of a folded word; the word itself in a language without a stemmer."""
    return stems_of(language)[word]


def stems_of(language: str) -> Kept[str]:
    """Folded word → its stem in a language, for many words of one."""
    return _stems_in(language.split("-")[0])


@cache
def _stems_in(language: str) -> Kept[str]:
    return Kept(lambda word: _stem(word, language))


def _stem(word: str, language: str) -> str:
    if language == "en":
        word = _respelt(word, _AMERICAN)
    if language == "fr":
        word = _respelt(word, _ACCENTED)
    if language == "ar":
        return _arabic(word)
    algorithm = _ALGORITHMS.get(language)
    if algorithm is None:
        return word
    # One of its own for each word: it works on what it holds, and threads would take one another's.
    return fold(snowballstemmer.stemmer(algorithm).stemWord(word)) or word


def _respelt(word: str, spellings: Sequence[tuple[re.Pattern, str]]) -> str:
    for pattern, replacement in spellings if len(word) > 3 else ():
        changed, count = pattern.subn(replacement, word)
        if count:
            return changed
    return word


def _arabic(word: str) -> str:
    """Light stemming (after Larkey's light10): article, conjunction and the commonest endings go.

    Snowball's Arabic stemmer treats a word otherwise with the article than without it.
    """
    for prefix in ("وال", "بال", "كال", "فال", "ال", "لل", "و"):
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            word = word[len(prefix) :]
            break
    for suffix in ("ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 2:
            word = word[: -len(suffix)]
    return word.replace("ى", "ي")


def stems(folded: Sequence[str], language: str) -> list[str]:
    """The stems of folded words written in a language, one for one."""
    return list(map(stems_of(language).__getitem__, folded))


# An object's texts come once for each language of the site, one after the other.
@lru_cache(maxsize=16)
def plain(text: str) -> str:
    """Text without markup: tags become spaces, entities characters, runs of blanks one blank; what no database takes goes."""
    text = _UNSTORABLE.sub("", text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = html.unescape(text)
    return _SPACES.sub(" ", text).strip()


def sort_key(title: str, language: str) -> str:
    """What titles are ordered by, code point by code point: folded words; in Spanish, ñ after every other n; in Arabic,
    titles in Arabic letters before those in others."""
    language = language.split("-")[0]
    if language == "es":
        title = unicodedata.normalize("NFC", title).casefold().replace("ñ", "nʒ")  # ʒ comes after z
    folded = words(title)
    if language == "ar" and folded and folded[0][0].isalpha() and not "\u0600" <= folded[0][0] < "\u0700":
        folded.insert(0, "\uffee")  # after every letter of Arabic
    return " ".join(folded)[:200]
