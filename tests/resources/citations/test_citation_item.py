"""The form from which all others follow."""

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import translation
from wagtail.documents.models import Document

from resources.citations import citation_item, public_record
from resources.citations.item import issued
from resources.models import Contribution
from resources.queries import resource_by_slug
from tests.factories import (
    OrganisationFactory,
    PersonFactory,
    ResearchPriorityFactory,
    ResourceFactory,
    ResourceTypeFactory,
    TopicFactory,
)


def item(reader="en", people=(), **fields) -> dict:
    """The item of a resource with these fields; `people` are pairs of a role and a maker."""
    resource = ResourceFactory(slug="roots", title="Roots", **{"issued": "", "abstract_en": "", **fields})
    for order, (role, maker) in enumerate(people):
        kind = "person" if hasattr(maker, "family_name") else "organisation"
        Contribution.objects.create(resource=resource, role=role, sort_order=order, **{kind: maker})
    with translation.override(reader):
        return citation_item(resource_by_slug("roots"))


def test_nothing_that_is_not_there(site):
    assert item() == {"id": "roots", "type": "document", "title": "Roots", "language": "en"}


def test_everything_that_is(site):
    ada, juan = PersonFactory(given_name="Ada", family_name="Loam"), PersonFactory(given_name="", family_name="Juan")
    trust = OrganisationFactory(name="Soil  Trust")
    found = item(
        "fr",
        [
            ("author", trust),
            ("editor", ada),
            ("author", juan),
            ("director", ada),
            ("narrator", juan),
            ("funder", trust),
        ],
        type=ResourceTypeFactory(csl_type="motion_picture"),
        others=True,
        container="Geo\nderma",
        volume="1",
        issue="2",
        pages="45 – 67",
        publisher="Elsevier",
        issued="2018-10-24/2018-10-26",
        doi="https://doi.org/10.1000/182",
        isbn="978-3-16-148410-0",
        url="https://example.org/",
        language="pt-br",
        abstract_en="One\ntwo.\n\n\nThree.",
        topics=[TopicFactory(name_en="Water", name_fr="Eau"), TopicFactory(name_en="Land")],
    )
    assert found == {
        "id": "roots",
        "type": "motion_picture",
        "title": "Roots",
        "author": [{"literal": "Soil Trust"}, {"family": "Juan"}],
        "editor": [{"family": "Loam", "given": "Ada"}],
        "director": [{"family": "Loam", "given": "Ada"}],
        "narrator": [{"family": "Juan"}],
        "issued": {"date-parts": [[2018, 10, 24], [2018, 10, 26]]},
        "container-title": "Geo derma",
        "volume": "1",
        "issue": "2",
        "page": "45-67",
        "publisher": "Elsevier",
        "DOI": "10.1000/182",
        "ISBN": "978-3-16-148410-0",
        "URL": "https://example.org/",
        "language": "pt-br",
        "abstract": "One two.\n\nThree.",
        "keyword": "Eau; Land",
        "custom": {"others": True},
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2022", {"date-parts": [[2022]]}),
        ("2022-05", {"date-parts": [[2022, 5]]}),
        ("2022-05-31", {"date-parts": [[2022, 5, 31]]}),
        ("2018/2019-03", {"date-parts": [[2018], [2019, 3]]}),
        ("2018/2018", {"date-parts": [[2018]]}),
        ("in press", {"literal": "in press"}),
        ("2022-13", {"literal": "2022-13"}),
        ("", {}),
    ],
)
def test_dates(text, said):
    assert issued(text) == said


@pytest.mark.parametrize(
    ("entered", "doi"),
    [
        ("10.1000/182", "10.1000/182"),
        ("doi:10.1000/182", "10.1000/182"),
        ("https://example.org/10.1007/s1 more", "10.1007/s1"),
        ("https://example.org/", None),
        ("10.1/x", None),
    ],
)
def test_only_a_doi_is_called_one(site, entered, doi):
    assert item(doi=entered).get("DOI") == doi


def test_organisations_that_publish_where_no_publisher_is_printed(site):
    people = [("publisher", OrganisationFactory(name="INRAE")), ("publisher", OrganisationFactory(name="CIRAD"))]
    assert item(people=people)["publisher"] == "INRAE; CIRAD"


def test_a_printed_publisher_comes_first(site):
    assert item(people=[("publisher", OrganisationFactory(name="INRAE"))], publisher="Quae")["publisher"] == "Quae"


def test_a_work_kept_here_is_cited_by_its_page(site):
    document = Document.objects.create(title="Roots", file=ContentFile(b"%PDF-1.4", name="roots.pdf"))
    found = item("fr", files=[{"document": document}])
    assert found["URL"] == f"{settings.SITE_URL}/fr/ressources/roots/"


def test_a_work_elsewhere_is_not(site):
    assert "URL" not in item(files=[{"url": "https://example.org/roots.pdf"}])


def test_others_only_where_somebody_is_named(site):
    assert "custom" not in item(others=True)


def test_the_public_record(site):
    topic = TopicFactory(key="water", name_en="Water", name_fr="Eau")
    resource = ResourceFactory(
        slug="roots",
        identity="roots-2022",
        title="Roots",
        title_translation_fr="Racines",
        abstract_en="One.",
        abstract_fr="Un.",
        issued="2022-05",
        type=ResourceTypeFactory(key="article", singular_en="Article", singular_fr="Un article"),
        topics=[topic],
        priorities=[ResearchPriorityFactory(number=3, title_en="Policies", title_fr="Politiques")],
        people=[PersonFactory(given_name="Ada", family_name="Loam", orcid="0000-0002-1825-0097")],
        files=[{"url": "https://example.org/a.pdf", "language": "es"}],
        licence="CC0-1.0",
        access="restricted",
        audiences=["policy-makers"],
        others=True,
    )
    resource.save_revision().publish()
    resource.refresh_from_db()
    with translation.override("fr"):
        record = public_record(resource_by_slug("roots"))
    published = resource.first_published_at.isoformat(timespec="seconds").replace("+00:00", "Z")
    assert (record.pop("published"), record.pop("updated")) == (published, published)
    assert record == {
        "id": "roots-2022",
        "slug": "roots",
        "url": f"{settings.SITE_URL}/fr/ressources/roots/",
        "type": {"key": "article", "label": "Un article"},
        "title": "Roots",
        "language": "en",
        "title_translations": {"fr": "Racines"},
        "contributors": [{"role": "author", "family": "Loam", "given": "Ada", "orcid": "0000-0002-1825-0097"}],
        "and_others": True,
        "container": "",
        "volume": "",
        "issue": "",
        "pages": "",
        "publisher": "",
        "issued": "2022-05",
        "doi": "",
        "isbn": "",
        "link": "",
        "licence": "CC0-1.0",
        "licence_url": "https://creativecommons.org/publicdomain/zero/1.0/",
        "open_access": False,
        "abstracts": {"en": "One.", "fr": "Un."},
        "topics": [{"key": "water", "label": "Eau"}],
        "places": [],
        "research_priorities": [{"number": 3, "label": "Politiques"}],
        "audiences": ["policy-makers"],
        "files": [
            {
                "url": "https://example.org/a.pdf",
                "media_type": "application/pdf",
                "language": "es",
                "bytes": None,
                "sha256": "",
            }
        ],
        "video": "",
        "archived": False,
        "replaces": None,
        "replaced_by": None,
    }
