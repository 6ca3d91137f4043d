"""Lists and resources as files."""

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from initiative.search.rebuild import rebuild
from resources.models import Resource
from tests.factories import ResourceFactory, TopicFactory
from tests.resources import reading_back as read

READERS = {
    "bib": read.from_bibtex,
    "ris": read.from_ris,
    "csl.json": read.from_csl,
    "csv": read.from_csv,
    "json": read.from_json,
}
MEDIA_TYPES = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "csl.json": "application/vnd.citationstyles.csl+json",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


def fill(_site):
    """Five resources; one is archived, one a draft."""
    for slug, title, issued, more in [
        ("roots", "Roots of rye", "2022", {}),
        ("rain", "Rain on roots", "2020", {"abstract_fr": "De l’eau."}),
        ("rock", "Bare rock", "2021", {"abstract_en": "Nothing grows."}),
        ("relic", "Relic roots", "2019", {"archived": True}),
        ("draft", "Draft roots", "2018", {"live": False}),
    ]:
        ResourceFactory(slug=slug, title=title, issued=issued, **more)
    rebuild()


@pytest.fixture(scope="module")
def _filled(made_for_module):
    with made_for_module(fill):
        yield


@pytest.fixture
def shelf(_filled, site):
    return site


def text(response) -> str:
    return response.getvalue().decode()


def found(client, name, query="") -> list[str]:
    response = client.get(f"/en/resources/export.{name}{query}")
    assert response.status_code == 200
    return list(READERS[name](text(response)))


@pytest.mark.parametrize("name", READERS)
def test_the_whole_list_in_each_format(client, shelf, name):
    assert found(client, name) == ["roots", "rock", "rain"]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("?q=roots", {"roots", "rain"}),
        ("?q=roots&archived=1", {"roots", "rain", "relic"}),
        ("?q=nowhere", set()),
        ("?q=roots&page=7&unknown=x", {"roots", "rain"}),
    ],
)
def test_it_follows_the_search(client, shelf, query, slugs):
    for name in READERS:
        assert set(found(client, name, query)) == slugs


def test_it_follows_order_and_facets(client, shelf):
    assert found(client, "bib", "?sort=oldest") == ["rain", "rock", "roots"]
    assert found(client, "bib", "?sort=title") == ["rock", "rain", "roots"]
    chosen = Resource.objects.get(slug="rock").type.slug
    assert found(client, "bib", f"?type={chosen}") == ["rock"]


@pytest.mark.parametrize("name", READERS)
def test_what_is_said_of_the_file(client, shelf, name):
    response = client.get(f"/en/resources/export.{name}?q=Rye+%26+roots")
    assert response.streaming
    assert {key: response.headers[key] for key in ("Content-Type", "Content-Disposition", "X-Robots-Tag")} == {
        "Content-Type": MEDIA_TYPES[name],
        "Content-Disposition": f'attachment; filename="4-per-1000-library-rye-roots.{name}"',
        "X-Robots-Tag": "noindex",
    }


def test_names_of_files_are_short_and_in_letters_that_any_system_takes(client, shelf):
    def name(query):
        return client.get(f"/en/resources/export.csv?q={query}").headers["Content-Disposition"]

    assert name("%D8%AA%D8%B1%D8%A8%D8%A9%22") == 'attachment; filename="4-per-1000-library.csv"'
    assert (
        'filename="4-pour-1000-bibliotheque-sol.csv"'
        in client.get("/fr/ressources/export.csv?q=sol").headers["Content-Disposition"]
    )
    assert name("../" + "x" * 300) == f'attachment; filename="4-per-1000-library-{"x" * 61}.csv"'


def test_an_empty_list_is_a_valid_file(client, shelf):
    files = {name: text(client.get(f"/en/resources/export.{name}?q=nowhere")) for name in READERS}
    assert {name: files[name] for name in ("bib", "ris", "csl.json", "json")} == {
        "bib": "",
        "ris": "",
        "csl.json": "[\n\n]\n",
        "json": "[\n\n]\n",
    }
    assert files["csv"].count("\r\n") == 1


def test_texts_are_in_the_language_of_the_address_though_they_are_written_later(client, shelf):
    TopicFactory(name_en="Water", name_fr="Eau").resources.add(Resource.objects.get(slug="rain"))
    response = client.get("/fr/ressources/export.bib?q=roots")
    with translation.override("es"):
        written = text(response)
        assert translation.get_language() == "es"
    assert "  keywords = {Eau},\n  abstract = {De l’eau.},\n" in written
    assert "keywords = {Water}" in text(client.get("/en/resources/export.bib?q=roots"))


@pytest.mark.parametrize("name", READERS)
def test_one_resource(client, shelf, name):
    response = client.get(f"/fr/ressources/roots/cite.{name}")
    assert list(READERS[name](response.content.decode())) == ["roots"]
    assert {key: response.headers[key] for key in ("Content-Type", "Content-Disposition", "X-Robots-Tag", "Link")} == {
        "Content-Type": MEDIA_TYPES[name],
        "Content-Disposition": f'attachment; filename="roots.{name}"',
        "X-Robots-Tag": "noindex",
        "Link": f'<{settings.SITE_URL}/fr/ressources/roots/>; rel="describes"; type="text/html"',
    }


@pytest.mark.parametrize(
    "path",
    [
        "resources/export.pdf",
        "resources/export.",
        "resources/export.bib.bib",
        "resources/roots/cite.pdf",
        "resources/draft/cite.bib",
        "resources/none/cite.bib",
        "resources/cite.bib",
        "news/export.bib",
        "export.bib",
        "resources/export.bib/",
    ],
)
def test_what_is_not_there(client, shelf, path):
    assert client.get(f"/en/{path}").status_code == 404


def test_asking_for_the_head_alone_reads_nothing(client, shelf):
    response = client.head("/en/resources/export.csv")
    assert (response.status_code, response.streaming, response.content) == (200, False, b"")
    assert response.headers["Content-Disposition"] == 'attachment; filename="4-per-1000-library.csv"'


def test_the_list_offers_the_formats(client, shelf):
    library = client.get("/fr/ressources/?q=roots&sort=title").context["library"]
    assert [(export["label"], export["type"], export["url"]) for export in library.exports] == [
        ("BibTeX", "application/x-bibtex", "/fr/ressources/export.bib?q=roots&sort=title"),
        ("RIS", "application/x-research-info-systems", "/fr/ressources/export.ris?q=roots&sort=title"),
        (
            "CSL-JSON",
            "application/vnd.citationstyles.csl+json",
            "/fr/ressources/export.csl.json?q=roots&sort=title",
        ),
        (library.exports[3]["label"], "text/csv", "/fr/ressources/export.csv?q=roots&sort=title"),
        ("JSON", "application/json", "/fr/ressources/export.json?q=roots&sort=title"),
    ]


def test_the_cite_box_of_a_resource(client, shelf):
    citations = client.get("/en/resources/roots/").context["citations"]
    assert [(one["id"], one["label"], one.get("url")) for one in citations] == [
        ("apa", "APA", None),
        ("bib", "BibTeX", "/en/resources/roots/cite.bib"),
        ("ris", "RIS", "/en/resources/roots/cite.ris"),
        ("csl-json", "CSL-JSON", "/en/resources/roots/cite.csl.json"),
    ]
    assert citations[0]["html"] == "<em>Roots of rye</em>. (2022)."
    assert citations[1]["text"] == (
        "@misc{roots,\n  title = {Roots of rye},\n  year = {2022},\n  date = {2022},\n  language = {en},\n"
        "  abstract = {What roots leave behind.},\n}"
    )


# Nonsense

NAMES = [
    "q",
    "scope",
    "exact",
    "sort",
    "archived",
    "page",
    "type",
    "topic",
    "language",
    "priority",
    "access",
    "year",
    "\x00",
    "q[]",
]
VALUES = st.one_of(
    st.text(max_size=40), st.sampled_from(['"', "-", "*", "OR", "\x00", "=1", "-1", "9" * 40, "٣", "\ud7ff￿", "../"])
)


@given(
    st.sampled_from(
        ["export.bib", "export.csv", "export.json", "export.csl.json", "export.ris", "feed.atom", "opensearch.xml"]
    ),
    st.lists(st.tuples(st.sampled_from(NAMES), VALUES), max_size=5),
)
@hypothesis_settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nonsense_is_no_error(client, shelf, path, params):
    response = client.get(f"/en/resources/{path}", params)
    assert response.status_code == 200
    response.getvalue()
