"""Every kind of thing, in every state of its translation, for the readers of every language: what exactly they get.

Each kind is there five times: written in all languages; in English and French, or in Spanish alone, with nothing in the
others; and the same two with drafts in the others.
"""

from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Page

from initiative.aliases import show_the_best
from initiative.models import BorrowedText, StandardPage
from initiative.search.rebuild import rebuild
from tests.conftest import Pages
from tests.factories import (
    LANDINGS,
    LANGUAGES,
    CommitmentFactory,
    OrganisationFactory,
    PersonFactory,
    ResearchPriorityFactory,
    ResourceFactory,
    TermFactory,
    add_article,
    add_event,
    add_page,
    add_priority_page,
)
from tests.reading import DIRECTIONS, read, words

# What stands in a published text and in nothing else, by its language; and in a draft.
WORDS = {"en": "loam", "fr": "limon", "es": "légamo", "ar": "طمي"}
DRAFTED = {"en": "moorland", "fr": "tourbière", "es": "turbera", "ar": "مستنقع"}
KINDS = {
    "page": "about",
    "resource": "library",
    "priority": "priorities",
    "member": "committee",
    "partner": "partners",
    "commitment": "commitments",
    "news": "news",
    "event": "events",
}
ALL, NORTH, SOUTH = ("en", "fr", "es", "ar"), ("en", "fr"), ("es",)

# state, reader, written in: language shown; hreflang, the first of them x-default; the menu says “not translated yet” of;
# in the sitemap. The canonical address is that of the language shown.
TABLE = [
    ("translated", "en", ALL, "en", ALL, (), True),
    ("translated", "fr", ALL, "fr", ALL, (), True),
    ("translated", "es", ALL, "es", ALL, (), True),
    ("translated", "ar", ALL, "ar", ALL, (), True),
    ("draft", "en", SOUTH, "es", (), ("fr", "ar"), False),
    ("draft", "fr", SOUTH, "es", (), ("en", "ar"), False),
    ("draft", "es", NORTH, "en", NORTH, ("ar",), False),
    ("draft", "ar", NORTH, "fr", NORTH, ("es",), False),
    ("missing", "en", SOUTH, "es", (), ("fr", "ar"), False),
    ("missing", "fr", SOUTH, "es", (), ("en", "ar"), False),
    ("missing", "es", NORTH, "en", NORTH, ("ar",), False),
    ("missing", "ar", NORTH, "fr", NORTH, ("es",), False),
]

# What readers of a language are told of a text in another, and what they may ask for.
NOTICES = {
    ("en", "es"): "This page has not been translated yet. Its text is shown in Spanish.",
    ("fr", "es"): "Cette page n’est pas encore traduite. Son texte est affiché en espagnol.",
    ("es", "en"): "Esta página todavía no se ha traducido. Su texto se muestra en inglés.",
    ("ar", "fr"): "لم تُترجَم هذه الصفحة بعد. ونصها معروض باللغة التالية: الفرنسية.",
}
ASK = {
    "en": "Ask for this translation",
    "fr": "Demander cette traduction",
    "es": "Solicitar esta traducción",
    "ar": "اطلب هذه الترجمة",
}
MISSING = {"en": "not translated yet", "fr": "pas encore traduite", "es": "sin traducir todavía", "ar": "لم تُترجَم بعد"}
MENU = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية"}


def _slug(kind, state, written) -> str:
    return f"{kind}-{state}-{'-'.join(written)}"


def _address(kind, reader, slug) -> str:
    below = LANDINGS[KINDS[kind]][1]
    return f"/{reader}/{below.get(reader) or below['en']}/{slug}/"


# The content, as editors would make it.


def _say(word: str, slug: str) -> str:
    return f"A {word} of soil, {slug}."


def _not_written(written) -> list[str]:
    return [code for code in LANGUAGES if code not in written]


# kind → its factory, the fields that are translated, what it must have besides.
_RECORDS = {
    "resource": (ResourceFactory, ["abstract"], {"title": "On soils"}),
    "member": (PersonFactory, ["biography"], {}),
    "partner": (OrganisationFactory, ["description"], {}),
    "commitment": (CommitmentFactory, ["title", "goal"], {"organisation__listed": False}),
}


def _record(kind, state, written):
    factory, fields, more = _RECORDS[kind]
    slug = _slug(kind, state, written)
    # What a factory gives by itself must be in no language that isn't meant.
    texts = {f"{field}_{code}": "" for field in fields for code in LANGUAGES}
    texts |= {f"{field}_{code}": _say(WORDS[code], slug) for field in fields for code in written}
    record = factory(slug=slug, **texts, **more)
    if kind == "member":
        TermFactory(person=record)
    if state == "draft":
        draft = type(record).objects.get(pk=record.pk)
        for code in _not_written(written):
            for field in fields:
                setattr(draft, f"{field}_{code}", _say(DRAFTED[code], slug))
        draft.save_revision(clean=False)
    return record


_PAGES = {
    "page": lambda site, language, **fields: add_page(site["about", language], StandardPage, **fields),
    "priority": lambda site, **fields: add_priority_page(site, question=f"<p>{fields['title']}</p>", **fields),
    "news": add_article,
    "event": add_event,
}


def _page(site, kind, state, written):
    """In a tree for each language: its own where it is written, the best other one elsewhere."""
    slug, key = _slug(kind, state, written), {}
    more = {"priority": ResearchPriorityFactory()} if kind == "priority" else {}
    for code in written:
        text = _say(WORDS[code], slug)
        page = _PAGES[kind](site, language=code, title=text, introduction=text, slug=slug, **more, **key)
        key = {"translation_key": page.translation_key}
    show_the_best(page.translation_key)
    if state == "draft":
        for alias in Page.objects.filter(**key, alias_of__isnull=False).specific():
            _begin(alias, slug)
    return page


def _begin(alias, slug) -> None:
    """What a translator does who begins and doesn't publish."""
    source = alias.alias_of.locale.language_code
    ConvertAliasPageAction(alias).execute(skip_permission_checks=True)
    own = type(alias).objects.get(pk=alias.pk)
    BorrowedText.objects.update_or_create(page_id=own.pk, defaults={"language": source})
    own.title = own.introduction = _say(DRAFTED[own.locale.language_code], slug)
    own.save_revision()


@pytest.fixture(scope="module")
def _made(_tree, django_db_blocker) -> dict:
    """(kind, state, written) → what it is called in every language. Made once; it goes with the module's tree."""
    with django_db_blocker.unblock():
        site, subjects = Pages(_tree), {}
        for state, written in dict.fromkeys((row[0], row[2]) for row in TABLE):
            for kind in _RECORDS:
                subjects[kind, state, written] = _record(kind, state, written).subject
            for kind in _PAGES:
                subjects[kind, state, written] = _page(site, kind, state, written).subject
        rebuild()
    return subjects


@pytest.fixture(scope="module")
def listed(_made, django_db_blocker) -> set[str]:
    """The addresses in the sitemap."""
    with django_db_blocker.unblock():
        map_of_all = ElementTree.fromstring(Client().get("/sitemap.xml").content)
    return {entry.text.removeprefix(settings.SITE_URL) for entry in map_of_all.iterfind("{*}url/{*}loc")}


@pytest.fixture
def subjects(_made, db) -> dict:
    return _made


def _language_around(element) -> tuple[str, str]:
    """`lang` and `dir` that an element is in."""
    language = next(above for above in (element, *element.parents) if above.get("lang"))["lang"]
    return language, next(above for above in (element, *element.parents) if above.get("dir"))["dir"]


def _language_of_title(kind, reader, shown) -> str:
    """A name is the same in every language, and a work keeps the title of its own."""
    return {"member": reader, "partner": reader, "resource": "en"}.get(kind, shown)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("state", "reader", "written", "shown", "hreflang", "missing", "is_listed"),
    TABLE,
    ids=[f"{row[0]}-{row[1]}" for row in TABLE],
)
def test_what_a_reader_gets(
    client, subjects, listed, kind, state, reader, written, shown, hreflang, missing, is_listed
):
    slug = _slug(kind, state, written)
    paths = {code: _address(kind, code, slug) for code in LANGUAGES}
    page = read(client, paths[reader])
    is_foreign = shown != reader

    assert page.language == (reader, DIRECTIONS[reader])
    assert page.canonical == paths[shown]
    assert page.hreflang == {
        **{code: paths[code] for code in hreflang},
        **({"x-default": paths[hreflang[0]]} if hreflang else {}),
    }
    assert (paths[reader] in listed) == is_listed

    # The notice, and the button to ask for the translation.
    form = page.soup.select_one("aside form[method=post]")
    if is_foreign:
        assert page.notice == f"{NOTICES[reader, shown]} {ASK[reader]}"
        asked = urlsplit(form["action"])
        assert (asked.path.split("/")[1], parse_qs(asked.query)) == (reader, {"of": [subjects[kind, state, written]]})
        assert _language_around(form) == (reader, DIRECTIONS[reader])
    else:
        assert (page.notice, form) == ("", None)

    # Each part says its language: the text its own, what is the interface's the reader's.
    assert page.main_language == ((shown, DIRECTIONS[shown]) if is_foreign else (None, None))
    texts = [text.parent for text in page.main.find_all(string=lambda text: slug in text)]
    texts = [text for text in texts if text.name != "pre"]  # the record as BibTeX and the like
    assert {words(text) for text in texts} == {_say(WORDS[shown], slug)}
    assert {_language_around(element) for element in texts} == {(shown, DIRECTIONS[shown])}
    title = page.main.select_one("h1 bdi") or page.main.h1
    assert _language_around(title)[0] == _language_of_title(kind, reader, shown)
    assert _language_around(page.main.select_one(".crumbs-list")) == (reader, DIRECTIONS[reader])
    assert [word for word in DRAFTED.values() if word in page.html] == []

    # The menu of languages.
    menus = page.soup.select(".languages")
    assert len(menus) == 3
    for menu in menus:
        rows = [
            (
                link["hreflang"],
                link["href"],
                words(link.bdi),
                link.bdi["lang"],
                words(link.small),
                "aria-current" in link.attrs,
            )
            for link in menu.find_all("a")
        ]
        assert rows == [
            (code, paths[code], MENU[code], code, MISSING[reader] if code in missing else "", code == reader)
            for code in LANGUAGES
        ]


def _found(client, reader, word) -> dict[str, tuple]:
    """Address → language of the title, language and direction of the passage, of all that the search has for a word: the
    best of each kind, and all of that which has more than are shown beside others."""
    found = {}
    path = {"en": "/en/search/", "fr": "/fr/recherche/", "es": "/es/buscar/", "ar": "/ar/search/"}[reader]
    for asked in ({}, {"kind": "page"}):
        page = read(client, path, data={"q": word, **asked})
        for hit in page.main.select("li.hit"):
            passage = hit.select_one(".sum")
            assert passage.mark, "what was asked for is marked"
            found[hit.a["href"]] = (_language_around(hit.a.bdi)[0], *_language_around(passage))
    return found


@pytest.mark.parametrize("reader", LANGUAGES)
def test_what_is_shown_is_found_by_its_words_and_says_its_language(client, subjects, reader):
    """Everything in the one language in which this reader sees it, and by no word of any other."""
    total = 0
    best = {"en": {ALL: "en", NORTH: "en", SOUTH: "es"}, "fr": {ALL: "fr", NORTH: "fr", SOUTH: "es"}}
    best |= {"es": {ALL: "es", NORTH: "en", SOUTH: "es"}, "ar": {ALL: "ar", NORTH: "fr", SOUTH: "es"}}
    for code in LANGUAGES:
        expected = {}
        for kind, state, written in subjects:
            if best[reader][written] == code:
                title = _language_of_title(kind, reader, code)
                expected[_address(kind, reader, _slug(kind, state, written))] = (title, code, DIRECTIONS[code])
        total += len(expected)
        assert _found(client, reader, WORDS[code]) == expected, code
        assert _found(client, reader, DRAFTED[code]) == {}, code
    assert total == len(subjects) == 5 * len(KINDS)
