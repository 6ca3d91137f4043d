"""What can be many is written by CLDR, with what stands between thousands in each language."""

import re
from dataclasses import replace

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import cached_property

from initiative.base.facets import Choice, Choices, Facet, Option
from initiative.site_search import SiteSearch
from initiative.templatetags.facets import facet_boxes
from resources.library import LibraryList
from tests.factories import ResourceFactory
from tests.reading import read

MANY = 12_345
SHOWN = {"en": "12,345", "fr": "12\u202f345", "es": "12.345", "ar": "12,345"}
RESULTS = {"en": "12,345 results", "fr": "12\u202f345 résultats", "es": "12.345 resultados", "ar": "12,345 نتيجة"}


@pytest.fixture
def many(site, monkeypatch):
    """A library in which a word is found in so many works."""
    ResourceFactory(title="Loam", slug="loam")
    for cls in (SiteSearch, LibraryList):
        found = cls.results.func
        more = cached_property(lambda self, found=found: replace(found(self), total=MANY, kinds={"resource": MANY}))
        more.__set_name__(cls, "results")
        monkeypatch.setattr(cls, "results", more)


@pytest.mark.parametrize(
    ("language", "path"),
    [("en", "/en/search/"), ("fr", "/fr/recherche/"), ("es", "/es/buscar/"), ("ar", "/ar/search/")],
)
def test_the_search_of_the_site(client, many, language, path):
    page = read(client, f"{path}?q=loam&kind=resource")
    assert page.main.h2.text.strip() == RESULTS[language]
    assert [tab.select_one(".n").text for tab in page.main.select(".tabs a")] == [SHOWN[language]] * 2


@pytest.mark.parametrize(
    ("language", "path"),
    [("en", "/en/resources/"), ("fr", "/fr/ressources/"), ("es", "/es/recursos/"), ("ar", "/ar/resources/")],
)
def test_the_library(client, many, language, path):
    assert read(client, path).main.select_one("[data-results]").text == RESULTS[language]


@pytest.mark.parametrize("language", SHOWN)
@pytest.mark.parametrize(
    ("template", "context"),
    [
        ("components/switch.html", {"facet": {"name": "archive"}, "choices": {"count": MANY}}),
        ("components/kinds.html", {"kinds": [{"name": "Farmers", "count": MANY}]}),
        ("components/pagination.html", {"links": [{"number": MANY, "url": "/"}], "next_url": "/"}),
        ("partners/partials/country_facts.html", {"country": {"partner_count": MANY}}),
        (
            "resources/partials/suggestions.html",
            {"count": 1, "groups": [{"options": [{"name": "Peat", "count": MANY}]}]},
        ),
    ],
)
def test_a_part_of_a_page(language, template, context):
    with translation.override(language):
        assert SHOWN[language] in render_to_string(template, context)


@pytest.mark.parametrize("language", SHOWN)
def test_the_choices_of_a_facet(language):
    with translation.override(language):
        choices = Choices([Choice(Option("peat", "Peat"), "peat", MANY, False, 0)])
        listed = facet_boxes(Facet("topic", "Topic", lambda: ()), choices)
    assert f">{SHOWN[language]}<" in listed


@pytest.mark.parametrize("language", SHOWN)
def test_how_many_choices_of_a_facet_are_folded_away_and_left_off(language):
    choices = [Choice(Option(str(n), "Peat"), str(n), 1, False, 0) for n in range(2 * MANY + 1)]
    with translation.override(language):
        listed = facet_boxes(Facet("topic", "Topic", lambda: ()), Choices(choices, few=1, most=MANY))
    assert listed.count(SHOWN[language]) == 2


# What never is many, by its nature or by our own limits.
_FEW = {
    "components/facets.html",  # filters that somebody chose
    "components/cores.html",  # only whether it is one
    "committee/criteria_page.html",  # the same
    "initiative/home_page.html",  # meetings on the map
    "initiative/governance_page.html",  # colleges
    "follow/too_many.html",  # a limit of ours
    "partners/joining/errors.html",  # fields of a form
    "partners/joining/frame.html",  # steps of a form
    "partners/intake/waiting_panel.html",  # the admin's
    "resources/partials/suggestions.html",  # eight or so
    "committee/research_priority_page.html",  # questions
}
_COUNTED = re.compile(r"blocktranslate[^%]*\bcount (\w+)=[^%]*%\}(.*?)\{% endblocktranslate", re.DOTALL)
_PLAIN = re.compile(r"\{\{ [\w.]*\b\w*(?:count|total)(?:\|length)? \}\}")


def plain_numbers(template: str) -> list[str]:
    """What a template writes without regard to the language."""
    found = [f"{{{{ {name} }}}}" for name, text in _COUNTED.findall(template) if f"{{{{ {name} }}}}" in text]
    return found + _PLAIN.findall(template)


def test_no_template_writes_a_count_as_it_comes():
    folder = settings.BASE_DIR / "templates"
    found = {
        str(path.relative_to(folder)): plain
        for path in sorted([*folder.rglob("*.html"), *folder.rglob("*.txt")])
        if (plain := plain_numbers(path.read_text(encoding="utf-8")))
    }
    assert {name: plain for name, plain in found.items() if name not in _FEW} == {}


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("{% blocktranslate count n=all trimmed %}{{ n }} works{% plural %}…{% endblocktranslate %}", ["{{ n }}"]),
        ("{% blocktranslate count c=all with n=all|number %}{{ n }} works{% endblocktranslate %}", []),
        ("<b>{{ tab.count }}</b>", ["{{ tab.count }}"]),
        ("<b>{{ tab.count|number }}</b> {{ country.name }}", []),
    ],
)
def test_a_count_as_it_comes_is_found(template, found):
    assert plain_numbers(template) == found
