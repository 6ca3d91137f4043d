"""What the page of a resource says to machines."""

import json
from hashlib import sha256

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from resources.models import Contribution, Resource
from resources.schema_org import schema_org
from tests.factories import (
    OrganisationFactory,
    PersonFactory,
    PlaceFactory,
    ResourceFactory,
    ResourceTypeFactory,
    TopicFactory,
)
from tests.reading import read
from tests.resources.schema_org import missing_properties

SITE = settings.SITE_URL
ORCID = "0000-0002-1825-0097"


@pytest.fixture
def article(site):
    """An article with one of everything."""
    document = Document.objects.create(title="Roots", file=ContentFile(b"%PDF-1.4", name="roots.pdf"), file_size=8)
    resource = ResourceFactory(
        slug="roots",
        title="Roots </script><b> & rye",
        title_translation_fr="Racines et seigle",
        abstract_en="One & two.\n\nThree.",
        type=ResourceTypeFactory(csl_type="article-journal", schema_type="ScholarlyArticle"),
        container="Geoderma",
        volume="12",
        issue="3",
        pages="45–67",
        publisher="Elsevier",
        issued="2022-05-31",
        doi="10.1002/(SICI)1<2>3",
        isbn="978-3-16-148410-0",
        url="https://example.org/roots",
        licence="CC-BY-4.0",
        access="open",
        audiences=["researchers"],
        topics=[TopicFactory(name_en="Water", agrovoc_uri="http://aims.fao.org/aos/agrovoc/c_8309")],
        people=[PersonFactory(given_name="Ada", family_name="Loam", orcid=ORCID)],
        files=[{"document": document, "language": "en"}, {"url": "https://example.org/data.csv"}],
    )
    resource.places = [PlaceFactory(code="FR")]
    resource.save()
    trust = OrganisationFactory(name="Soil Trust", website="https://example.org/trust")
    for order, role in enumerate(["author", "funder"], start=2):
        Contribution.objects.create(resource=resource, organisation=trust, role=role, sort_order=order)
    editor = PersonFactory(given_name="Juan", family_name="Arcilla")
    Contribution.objects.create(resource=resource, person=editor, role="editor", sort_order=9)
    return resource


def pdf(article) -> str:
    return SITE + article.files.first().document.url


def metas(page, prefix) -> list[tuple]:
    found = page.soup.find_all("meta", attrs={"name": lambda name: name and name.startswith(prefix)})
    return [(meta["name"].removeprefix(prefix), meta["content"], meta.get("lang")) for meta in found]


def test_highwire(client, article):
    assert [pair[:2] for pair in metas(read(client, "/fr/ressources/roots/"), "citation_")] == [
        ("title", "Roots </script><b> & rye"),
        ("author", "Loam, Ada"),
        ("author_orcid", f"https://orcid.org/{ORCID}"),
        ("author", "Soil Trust"),
        ("editor", "Arcilla, Juan"),
        ("publication_date", "2022/05/31"),
        ("journal_title", "Geoderma"),
        ("volume", "12"),
        ("issue", "3"),
        ("firstpage", "45"),
        ("lastpage", "67"),
        ("publisher", "Elsevier"),
        ("doi", "10.1002/(SICI)1<2>3"),
        ("isbn", "978-3-16-148410-0"),
        ("language", "en"),
        ("keywords", "Water"),
        ("abstract_html_url", f"{SITE}/fr/ressources/roots/"),
        ("pdf_url", pdf(article)),
    ]


def test_dublin_core(client, article):
    assert metas(read(client, "/fr/ressources/roots/"), "DC.") == [
        ("title", "Roots </script><b> & rye", "en"),
        ("title.alternative", "Racines et seigle", "fr"),
        ("creator", "Ada Loam", None),
        ("creator", "Soil Trust", None),
        ("contributor", "Juan Arcilla", None),
        ("date", "2022-05-31", None),
        ("publisher", "Elsevier", None),
        ("identifier", "https://doi.org/10.1002/(SICI)1%3C2%3E3", None),
        ("identifier", "urn:isbn:978-3-16-148410-0", None),
        ("identifier", f"{SITE}/fr/ressources/roots/", None),
        ("language", "en", None),
        ("type", "ScholarlyArticle", None),
        ("format", "application/pdf", None),
        ("format", "text/csv", None),
        ("subject", "Water", "fr"),
        ("coverage", "France", "fr"),
        ("rights", "https://creativecommons.org/licenses/by/4.0/", None),
        ("relation", "https://example.org/roots", None),
        ("description", "One & two.\n\nThree.", "en"),
    ]


def expected_links(article) -> list[tuple]:
    return [
        ("cite-as", "https://doi.org/10.1002/(SICI)1%3C2%3E3", None),
        ("type", "https://schema.org/AboutPage", None),
        ("type", "https://schema.org/ScholarlyArticle", None),
        ("author", f"https://orcid.org/{ORCID}", None),
        ("describedby", f"{SITE}/en/resources/roots/cite.bib", "application/x-bibtex"),
        ("describedby", f"{SITE}/en/resources/roots/cite.ris", "application/x-research-info-systems"),
        ("describedby", f"{SITE}/en/resources/roots/cite.csl.json", "application/vnd.citationstyles.csl+json"),
        ("describedby", f"{SITE}/en/resources/roots/cite.csv", "text/csv"),
        ("describedby", f"{SITE}/en/resources/roots/cite.json", "application/json"),
        ("item", pdf(article), "application/pdf"),
        ("item", "https://example.org/data.csv", "text/csv"),
        ("license", "https://creativecommons.org/licenses/by/4.0/", None),
    ]


def test_signposts_in_the_head(client, article):
    relations = {"cite-as", "type", "author", "describedby", "item", "license"}
    found = read(client, "/en/resources/roots/").soup.find_all("link", rel=lambda rel: rel in relations)
    assert [(link["rel"][0], link["href"], link.get("type")) for link in found] == expected_links(article)


def test_signposts_in_the_header(client, article):
    header = client.get("/en/resources/roots/").headers["Link"]
    assert header.split(", ") == [
        f'<{href}>; rel="{rel}"' + (f'; type="{media_type}"' if media_type else "")
        for rel, href, media_type in expected_links(article)
    ]


def test_the_header_stays_short_and_whole_whatever_is_entered(client, article):
    resource = Resource.objects.get(slug="roots")
    resource.doi = "not known"
    resource.save()
    people = [PersonFactory(orcid=f"0000-0000-0000-{number:04}") for number in range(60)]
    Contribution.objects.bulk_create(Contribution(resource=resource, person=person, sort_order=50) for person in people)
    page = read(client, "/en/resources/roots/")
    assert page.response.headers["Link"].count('rel="author"') == 20
    assert len(page.soup.find_all("link", rel="author")) == 61
    assert page.response.headers["Link"].startswith(f'<{SITE}/en/resources/roots/>; rel="cite-as"')
    assert len(page.response.headers["Link"]) < 4_000


def test_formats_are_announced(client, article):
    assert read(client, "/fr/ressources/roots/").feeds == [
        ("application/x-bibtex", "/fr/ressources/roots/cite.bib"),
        ("application/x-research-info-systems", "/fr/ressources/roots/cite.ris"),
        ("application/vnd.citationstyles.csl+json", "/fr/ressources/roots/cite.csl.json"),
        ("text/csv", "/fr/ressources/roots/cite.csv"),
        ("application/json", "/fr/ressources/roots/cite.json"),
    ]


def test_schema_org(client, article):
    page = read(client, "/en/resources/roots/")
    (block,) = page.soup.find_all("script", type="application/ld+json")
    data = json.loads(block.string)
    assert missing_properties(data) == []
    image = data.pop("image")
    assert image.startswith(f"{SITE}/art/cover/")
    assert client.get(image.removeprefix(SITE)).status_code == 200
    assert data == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": "https://doi.org/10.1002/(SICI)1%3C2%3E3",
        "url": f"{SITE}/en/resources/roots/",
        "mainEntityOfPage": f"{SITE}/en/resources/roots/",
        "name": "Roots </script><b> & rye",
        "headline": "Roots </script><b> & rye",
        "inLanguage": "en",
        "author": [
            {
                "@type": "Person",
                "@id": f"https://orcid.org/{ORCID}",
                "name": "Ada Loam",
                "givenName": "Ada",
                "familyName": "Loam",
            },
            {"@type": "Organization", "name": "Soil Trust", "url": "https://example.org/trust"},
        ],
        "editor": [{"@type": "Person", "name": "Juan Arcilla", "givenName": "Juan", "familyName": "Arcilla"}],
        "publisher": {"@type": "Organization", "name": "Elsevier"},
        "funder": [{"@type": "Organization", "name": "Soil Trust", "url": "https://example.org/trust"}],
        "datePublished": "2022-05-31",
        "isPartOf": {
            "@type": "PublicationIssue",
            "issueNumber": "3",
            "isPartOf": {
                "@type": "PublicationVolume",
                "volumeNumber": "12",
                "isPartOf": {"@type": "Periodical", "name": "Geoderma"},
            },
        },
        "pagination": "45-67",
        "identifier": [
            {"@type": "PropertyValue", "propertyID": "DOI", "value": "10.1002/(SICI)1<2>3"},
            {"@type": "PropertyValue", "propertyID": "ISBN", "value": "978-3-16-148410-0"},
        ],
        "isbn": "978-3-16-148410-0",
        "sameAs": ["https://doi.org/10.1002/(SICI)1%3C2%3E3", "https://example.org/roots"],
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "isAccessibleForFree": True,
        "abstract": "One & two.\n\nThree.",
        "description": "One & two.\n\nThree.",
        "keywords": ["Water"],
        "about": [{"@type": "DefinedTerm", "name": "Water", "sameAs": "http://aims.fao.org/aos/agrovoc/c_8309"}],
        "spatialCoverage": [{"@type": "Place", "name": "France"}],
        "audience": [{"@type": "Audience", "audienceType": "Researchers"}],
        "encoding": [
            {
                "@type": "MediaObject",
                "contentUrl": pdf(article),
                "encodingFormat": "application/pdf",
                "inLanguage": "en",
                "contentSize": "8 B",
                "sha256": sha256(b"%PDF-1.4").hexdigest(),
            },
            {"@type": "MediaObject", "contentUrl": "https://example.org/data.csv", "encodingFormat": "text/csv"},
        ],
    }


def test_nothing_in_a_record_ends_the_data_block(client, article):
    page = read(client, "/en/resources/roots/")
    (block,) = page.soup.find_all("script", type="application/ld+json")
    assert "Roots \\u003C/script\\u003E\\u003Cb\\u003E \\u0026 rye" in block.string
    assert page.soup.find("script", type="application/ld+json").find_next("meta")["property"] == "og:site_name"


def test_a_film(client, site):
    ResourceFactory(
        slug="film",
        title="Roots",
        issued="2020-09",
        type=ResourceTypeFactory(csl_type="motion_picture", schema_type="VideoObject"),
        video_url="https://www.youtube.com/watch?v=abcdefghijk",
    )
    block = read(client, "/en/resources/film/").soup.find("script", type="application/ld+json")
    data = json.loads(block.string)
    assert missing_properties(data) == []
    assert data["embedUrl"] == "https://www.youtube-nocookie.com/embed/abcdefghijk"
    assert (data["uploadDate"], data["thumbnailUrl"]) == ("2020-09", data["image"])
    assert data["@id"] == f"{SITE}/en/resources/film/"


def test_a_text_shown_in_another_language_is_told_of_at_its_own_address(client, article):
    page = read(client, "/ar/resources/roots/")
    block = json.loads(page.soup.find("script", type="application/ld+json").string)
    assert page.canonical == "/en/resources/roots/"
    assert block["url"] == f"{SITE}/en/resources/roots/"


def test_it_costs_no_statement(client, article, django_assert_num_queries):
    from initiative.base.head import Head
    from resources.citations import citation_item
    from resources.exports import cite_box
    from resources.metadata import describe, link_header
    from resources.queries import resource_page

    resource = resource_page("roots", 4)
    assert resource.path == "/en/resources/roots/"
    with django_assert_num_queries(0):
        head, item = Head("Roots", canonical=resource.path), citation_item(resource)
        describe(head, resource, item)
        assert link_header(head)
        assert len(cite_box(resource, item)) == 4
        assert schema_org(resource, item, "")["name"] == "Roots </script><b> & rye"
