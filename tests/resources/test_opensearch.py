import xml.etree.ElementTree as ET

import pytest
from django.conf import settings

from tests.reading import read

OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
MEDIA_TYPE = "application/opensearchdescription+xml"


@pytest.mark.parametrize(
    ("language", "library", "short", "long"),
    [
        ("en", "/en/resources/", "4 per 1000", "4 per 1000 library"),
        ("fr", "/fr/ressources/", "4 pour 1000", "Bibliothèque 4 pour 1000"),
        ("es", "/es/recursos/", "4 por 1000", "Biblioteca 4 por 1000"),
        ("ar", "/ar/resources/", "4 في الألف", "مكتبة 4 في الألف"),
    ],
)
def test_the_library_says_how_to_search_it(client, site, language, library, short, long):
    response = client.get(f"{library}opensearch.xml")
    assert response.headers["Content-Type"] == f"{MEDIA_TYPE}; charset=utf-8"
    root = ET.fromstring(response.content)
    assert root.tag == f"{OPENSEARCH}OpenSearchDescription"
    assert (root.findtext(f"{OPENSEARCH}ShortName"), root.findtext(f"{OPENSEARCH}LongName")) == (short, long)
    assert root.findtext(f"{OPENSEARCH}Description") == f"Library {language}"
    assert root.findtext(f"{OPENSEARCH}Language") == language
    address = f"{settings.SITE_URL}{library}"
    assert [(url.get("type"), url.get("rel"), url.get("template")) for url in root.findall(f"{OPENSEARCH}Url")] == [
        ("text/html", "results", f"{address}?q={{searchTerms}}&page={{startPage?}}"),
        ("application/atom+xml", "results", f"{address}feed.atom?q={{searchTerms}}"),
        (MEDIA_TYPE, "self", f"{address}opensearch.xml"),
    ]


def test_names_are_as_short_as_the_specification_wants(client, site):
    root = ET.fromstring(client.get("/fr/ressources/opensearch.xml").content)
    limits = {"ShortName": 16, "LongName": 48, "Description": 1024}
    assert [name for name, longest in limits.items() if len(root.findtext(f"{OPENSEARCH}{name}")) > longest] == []


def test_browsers_hear_of_it_in_the_library(client, site):
    (link,) = read(client, "/fr/ressources/?q=roots").soup.find_all("link", rel="search")
    assert (link["type"], link["href"]) == (MEDIA_TYPE, "/fr/ressources/opensearch.xml")
    assert read(client, "/fr/").soup.find_all("link", rel="search") == []
