"""What the library suggests while one types."""

import pytest
from bs4 import BeautifulSoup

from initiative.base.freshness import cache_control
from resources.models import Topic
from tests.factories import OrganisationFactory, PersonFactory, ResourceFactory, TermFactory, TopicFactory
from tests.reading import words


@pytest.fixture
def library(site, django_capture_on_commit_callbacks):
    """A few works, with people and topics, and what must not be suggested."""
    with django_capture_on_commit_callbacks(execute=True):
        soils = TopicFactory(
            key="soils",
            name_en="Soils",
            slug_en="soils",
            name_fr="Sols",
            slug_fr="sols",
            synonyms_en="earth\nground cover",
        )
        roots = Topic.objects.get(pk=TopicFactory(key="roots", name="Roots", slug_en="roots", parent=soils).pk)
        TopicFactory(key="soil-life", name="Soil life", slug_en="soil-life")  # about which there is nothing
        author = PersonFactory(given_name="Sólveig", family_name="Soiland", slug="soiland")
        member = PersonFactory(given_name="Mira", family_name="Soilheim", slug="soilheim")
        TermFactory(person=member)
        PersonFactory(given_name="Nobody", family_name="Soilless")
        OrganisationFactory(name="Fictional Soils Club", acronym="FSC", slug="club")
        work = {"type__key": "report", "topics": [roots]}
        ResourceFactory(title="Soil & water", slug="water", people=[author], **work)
        ResourceFactory(
            title="Les sols vivants", slug="vivants", language="fr", title_translation_en="Living soils", topics=[soils]
        )
        ResourceFactory(title="Soil of old", slug="old", archived=True, topics=[soils])
        ResourceFactory(title="Soil to come", slug="coming", live=False, topics=[soils])


def suggested(client, text, path="/en/resources/"):
    """Label of a group → (words, address) of each option."""
    soup = BeautifulSoup(client.get(f"{path}suggestions.html", {"q": text}).content, "html.parser")
    return {
        group["aria-label"]: [(words(option), option["href"]) for option in group.find_all(role="option")]
        for group in soup.find_all(role="group")
    }


@pytest.mark.usefixtures("library")
def test_names_of_all_kinds(client):
    assert suggested(client, "soil") == {
        "Topics": [("Soils 2 resources", "/en/resources/?topic=soils")],
        "Resources": [
            ("Soil & water", "/en/resources/water/"),
            ("Les sols vivants Living soils", "/en/resources/vivants/"),
        ],
        "People": [
            ("Mira Soilheim", "/en/committee/soilheim/"),
            ("Sólveig Soiland", "/en/resources/?q=%22S%C3%B3lveig+Soiland%22"),
        ],
        "Partners": [("Fictional Soils Club", "/en/partners/club/")],
    }
    assert suggested(client, "fsc") == {"Partners": [("FSC", "/en/partners/club/")]}
    assert suggested(client, "soils") == {
        "Topics": [("Soils 2 resources", "/en/resources/?topic=soils")],
        "Resources": [("Les sols vivants Living soils", "/en/resources/vivants/")],
        "Partners": [("Fictional Soils Club", "/en/partners/club/")],
    }


@pytest.mark.usefixtures("library")
def test_in_the_readers_language(client):
    assert suggested(client, "sol", "/fr/ressources/") == {
        "Thèmes": [("Sols 2 ressources", "/fr/ressources/?topic=sols")],
        "Ressources": [("Les sols vivants", "/fr/ressources/vivants/")],
        "Personnes": [("Sólveig Soiland", "/fr/ressources/?q=%22S%C3%B3lveig+Soiland%22")],
    }
    # Found by a synonym, it says what it is called.
    assert suggested(client, "ground co", "/fr/ressources/") == {
        "Thèmes": [("ground cover Sols 2 ressources", "/fr/ressources/?topic=sols")]
    }


@pytest.mark.usefixtures("library")
def test_what_was_typed_is_marked_and_each_part_says_its_language(client):
    soup = BeautifulSoup(client.get("/en/resources/suggestions.html?q=SOIL").content, "html.parser")
    assert str(soup.find(href="/en/resources/water/").bdi) == "<bdi><mark>Soil</mark> &amp; water</bdi>"
    french, english = soup.find(href="/en/resources/vivants/").find_all("bdi")
    assert (french["lang"], str(english)) == ("fr", '<bdi class="also">Living <mark>soils</mark></bdi>')
    assert soup.find(role="listbox")["data-said"] == "6 suggestions"
    assert {option["aria-selected"] for option in soup.find_all(role="option")} == {"false"}


@pytest.mark.usefixtures("library")
def test_the_field_of_the_library_knows_where_to_ask(client):
    for path in ("/en/resources/", "/fr/ressources/?q=sol"):
        (field,) = BeautifulSoup(client.get(path).content, "html.parser").find_all(attrs={"data-suggest": True})
        assert field["data-suggest"] == f"{path.partition('?')[0]}suggestions.html"
        assert field["name"] == "q"


@pytest.mark.usefixtures("library")
def test_anybody_may_keep_the_answer(client):
    response = client.get("/en/resources/suggestions.html?q=soil")
    # As long as a page: what was withdrawn is suggested no longer than it is listed.
    assert response.headers["Cache-Control"] == cache_control()
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("text", ["", "s", "zebra", "?!", "\x00", "' OR 1=1 --", "<script>", "x" * 3_000])
def test_nothing_to_suggest(client, text):
    response = client.get("/en/resources/suggestions.html", {"q": text})
    assert (response.status_code, response.content.strip()) == (200, b"")


@pytest.mark.usefixtures("library")
def test_what_is_no_longer_public_is_not_suggested(client, django_capture_on_commit_callbacks):
    from resources.models import Resource

    with django_capture_on_commit_callbacks(execute=True):
        Resource.objects.get(slug="water").unpublish()
    assert suggested(client, "soiland") == suggested(client, "roots") == suggested(client, "soil water") == {}


@pytest.mark.parametrize("count", [2, 30])
def test_costs_the_same_whatever_there_is(
    site, client, count, django_capture_on_commit_callbacks, django_assert_num_queries
):
    with django_capture_on_commit_callbacks(execute=True):
        topic = TopicFactory(name="Soils")
        for number in range(count):
            ResourceFactory(
                title=f"Carbon of soils {number}", topics=[topic], people=[PersonFactory(family_name=f"Soils {number}")]
            )
    suggested(client, "soi")  # menus and landmarks are kept for a few seconds
    with django_assert_num_queries(6):  # one of them to find the page
        groups = suggested(client, "soi")
    assert {label: len(options) for label, options in groups.items()} == {
        "Topics": 1,
        "Resources": min(count, 6),
        "People": min(count, 3),
    }
