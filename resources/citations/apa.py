"""A reference in the style of the American Psychological Association, in the reader's language, by citeproc-py.

The style is kept in `resources/styles`; the words of each language come with citeproc-py.
"""

import hashlib
import json
import re
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, model
from citeproc.source import VariableError
from citeproc.source.json import CiteProcJSON
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from lxml import etree

from initiative.base import languages

_STYLE = Path(__file__).parent.parent / "styles" / "apa.csl"
_CSL = "http://purl.org/net/xbiblio/csl"
_REFERENCES_KEPT = 500

# What references are made with, as it was loaded: this module, the style and citeproc-py.
MAKING = hashlib.blake2b(
    Path(__file__).read_bytes() + _STYLE.read_bytes() + version("citeproc-py").encode(), digest_size=16
).hexdigest()

# Signs of the private use area stand for what may not be escaped.
_EM, _END, _OTHERS = "\ue000", "\ue001", "\ue002"
_SIGNS = re.compile(f"[{_EM}{_END}{_OTHERS}]")
# However the style puts the last author after the others, and the full stop that may follow.
_AND_OTHERS = re.compile(rf"(?:, &| &|, …|,)? {_OTHERS}(\.?)")
# A full stop after a title that ends a sentence itself.
_SECOND_STOP = re.compile(f"(?<=[?!])\\.|(?<=[.?!]{_END})\\.")
_AFTER_HYPHEN = re.compile(r"(?<=\w-)\w")

# What the style prints, and citeproc-py can read.
_TOLD = (
    "type", "title", "author", "editor", "director", "issued", "container-title", "volume", "issue", "page", "publisher",
    "DOI", "URL", "language",
)  # fmt: skip

# The elements of a style keep state while they print.
_printing = Lock()

# A style stays as it is, and citeproc-py asks it the same a few hundred times for each reference: two thirds of the time it took.
for _element, _asked in (
    (model.CitationStylesElement, "xpath_search"),
    (model.CitationStylesElement, "get_root"),
    (model.CitationStylesElement, "get_formatter"),
    (model.CitationStylesElement, "get_locale_option"),
    (model.Locale, "get_option"),
    (model.Parent, "calls_variable"),
):
    setattr(_element, _asked, cache(getattr(_element, _asked)))


def apa_html(item: dict, language: str | None = None) -> SafeString:
    """A CSL-JSON item as a reference in a language (the active one by default): escaped text, `<em>` around italics."""
    return _reference(_told(item), language or languages.current())


def apa_digest(item: dict, language: str) -> str:
    """Of all that a reference is made from, in hexadecimal digits: while it is the same, so is the reference."""
    return hashlib.blake2b(f"{MAKING}\n{language}\n{_told(item)}".encode(), digest_size=16).hexdigest()


def _told(item: dict) -> str:
    told = {name: item[name] for name in _TOLD if item.get(name)}
    if item.get("custom", {}).get("others"):
        told["others"] = True
    return _SIGNS.sub("", json.dumps(told, ensure_ascii=False))


@lru_cache(maxsize=_REFERENCES_KEPT)
def _reference(told: str, language: str) -> SafeString:
    with _printing:
        style = _style(_locale(language))
        item = _prepared(json.loads(told), style)
        source = CiteProcJSON([{name: value for name, value in item.items() if name != "director"}])
        if "director" in item:  # a role that citeproc-py doesn't take for names
            source[item["id"]]["director"] = source.parse_names(item["director"])
        bibliography = CitationStylesBibliography(style, source, _Signs)
        bibliography.register(Citation([_Item(item["id"])]))
        (text,) = bibliography.bibliography()
        others = style.term("et-al")
    text = _AND_OTHERS.sub(lambda found: f", {others}" if others.endswith(".") else f", {others}{found[1]}", str(text))
    html = escape(_SECOND_STOP.sub("", text)).replace(_EM, "<em>").replace(_END, "</em>")
    return mark_safe(html)  # noqa: S308  (escaped, but for the two tags)


def _prepared(item: dict, style: "_Style") -> dict:
    """The item as citeproc-py prints it right."""
    item["id"] = "work"
    for role in ("author", "editor", "director"):
        if role in item:
            item[role] = [_name(name) for name in item[role]]
    if item.pop("others", False):
        first = next(role for role in ("author", "director", "editor") if role in item)
        item[first] = [*item[first], {"literal": _OTHERS}]
    # `status` is what the style prints in place of a date. Intervals, which citeproc-py leaves out, are cited by their
    # years; without a date, the style would go on to say when an address was read.
    issued = item.pop("issued", {})
    years = [parts[0] for parts in issued.get("date-parts", [])]
    if len(years) == 1:
        item["issued"] = issued
    elif years and years[0] == years[-1]:
        item["issued"] = {"date-parts": [years[:1]]}
    elif years:
        item["status"] = f"{years[0]}–{years[-1]}"
    else:
        item["status"] = issued.get("literal") or style.term("no date", form="short")
    return item


def _name(name: dict) -> dict:
    """A name as citeproc-py turns it into initials: each part with a capital (`Jing-e` is J.-E.), particles apart."""
    *words, last = name.get("given", "").split() or [""]
    particle = last if words and last.islower() else ""
    given = _AFTER_HYPHEN.sub(lambda found: found[0].upper(), " ".join(words if particle else [*words, last]))
    if not given:
        return name
    if not given[0].isupper():  # no initial can be made of it, in most scripts of the world
        return {"literal": f"{name['family']}, {name['given']}"}
    return {"family": name["family"], "given": given} | ({"dropping-particle": particle} if particle else {})


class _Item(CitationItem):
    """Knows the work that it refers to, which is asked for three hundred times for each reference."""

    @cached_property
    def reference(self):
        return super().reference


class _Signs:
    """A formatter for citeproc-py: plain text, with signs around italics."""

    @staticmethod
    def preformat(text) -> str:
        return str(text)

    @staticmethod
    def Italic(text) -> str:  # noqa: N802  (citeproc-py's name)
        return f"{_EM}{text}{_END}"

    Oblique = Italic
    Bold = Light = Underline = Superscript = Subscript = SmallCaps = preformat


def load_styles() -> None:
    """Read the style in every language of the site: one and a half megabytes each, which workers then share."""
    for code in languages.codes():
        _style(_locale(code))


def _locale(language: str) -> str:
    return "en-US" if language == "en" else language


@cache
def _style(locale: str) -> "_Style":
    return _Style(locale)


class _Style(CitationStylesStyle):
    """APA in the words of a locale, with elements that do what CSL 1.0.2 says and citeproc-py doesn't."""

    def __init__(self, locale: str):
        lookup = etree.ElementNamespaceClassLookup()
        elements = lookup.get_namespace(_CSL)
        elements[None] = model.CitationStylesElement
        elements.update({_tag(element): element for element in model.CitationStylesElement.__subclasses__()})
        elements.update({_tag(element): element for element in (_Text, _Names, _Substitute, _Label)})
        self.parser = etree.XMLParser(remove_comments=True, encoding="UTF-8", no_network=True)
        self.parser.set_element_class_lookup(lookup)
        self.xml = etree.parse(str(_STYLE), self.parser)
        self.root = self.xml.getroot()
        self.root.set_locale_list(locale, validate=False)
        self.root.printed_language = locale.partition("-")[0]
        self.root.formatter = _Signs  # terms are asked for before anything is printed
        # lxml makes a Python object of an element each time it comes to one that nobody holds: a seventh of a reference's time.
        self.elements = list(self.root.iter())

    def term(self, name: str, form: str | None = None) -> str:
        """A word of the locale, such as `et al.`"""
        return str(self.root.get_single_term(name, form=form))


def _tag(element: type) -> str:
    return element.__name__.lstrip("_").lower().replace("_", "-")


# What stands in for a missing author isn't printed again: citeproc-py heeds that for variables directly in `substitute`,
# not for those in its macros, and for texts only.


class _Text(model.Text):
    calls_variable = cache(model.Text.calls_variable)  # of the style alone, as above

    def _variable(self, item, context):
        text = super()._variable(item, context)
        layout = context.get_layout()
        if text:
            layout.repressed.setdefault("printed", []).append((self.tag, self.get("variable")))
        return text


class _Names(model.Names):
    def process(self, item, names_context=None, context=None, **kwargs):
        roles = self.get("variable")
        repressed = (self if context is None else context).get_layout().repressed.get(self.tag, ())
        if not (left := [role for role in roles.split() if role not in repressed]):
            raise VariableError
        self.set("variable", " ".join(left))
        try:
            return super().process(item, names_context=names_context, context=context, **kwargs)
        finally:
            self.set("variable", roles)


class _Substitute(model.Substitute):
    def render(self, item, context=None, **kwargs):
        context.get_layout().repressed["printed"] = []
        return super().render(item, context=context, **kwargs)

    def add_to_repressed_list(self, child, context):
        repressed = context.get_layout().repressed
        for tag, variable in [(child.tag, child.get("variable")), *repressed["printed"]]:
            repressed.setdefault(tag, []).append(variable)


class _Label(model.Label):
    """`Ed.`, not `ed.`: titles take capitals in English alone."""

    def case(self, text, language=None):
        return super().case(text, self.get_root().printed_language if language is None else language)
