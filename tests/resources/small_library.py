"""Six works, one of them archived, with something in every facet; and a way to ask for them."""

from django.http import QueryDict
from django.utils import translation

from initiative.search.rebuild import rebuild
from resources.library import LibraryList
from resources.models import Contribution
from tests.factories import (
    OrganisationFactory,
    PersonFactory,
    PlaceFactory,
    ResearchPriorityFactory,
    ResourceFactory,
    ResourceTypeFactory,
    TopicFactory,
)

LIBRARY = {"en": "/en/resources/", "fr": "/fr/ressources/", "es": "/es/recursos/", "ar": "/ar/resources/"}

# Region or country → what it is part of.
_PLACES = {"002": None, "202": "002", "014": "202", "KE": "014", "TZ": "014", "150": None, "155": "150", "FR": "155"}


def shelve() -> None:
    """Write Alley cropping, Bocage, Compost, Drainage, Erosion and (archived) Fossil, and index them."""
    places = {}
    for code, parent in _PLACES.items():
        places[code] = PlaceFactory(code=code, parent=places.get(parent))
    plants = TopicFactory(
        key="plants", name_en="Plants", name_fr="Plantes", slug_en="plants", slug_fr="plantes", order=1
    )
    trees = TopicFactory(
        key="agroforestry",
        parent=plants,
        name_en="Agroforestry",
        name_fr="Agroforesterie",
        name_es="Agroforestería",
        synonyms_en="tree farming",
        slug_en="agroforestry",
        slug_fr="agroforesterie",
        slug_es="agroforesteria",
    )
    water = TopicFactory(key="water", name_en="Water", name_fr="Eau", slug_en="water", slug_fr="eau", order=2)
    texts = ResourceTypeFactory(key="texts", name_en="Texts", name_fr="Textes", slug_en="texts", slug_fr="textes")
    article = ResourceTypeFactory(
        key="article",
        parent=texts,
        name_en="Articles",
        name_fr="Articles de revue",
        slug_en="articles",
        slug_fr="revues",
    )
    film = ResourceTypeFactory(key="film", name_en="Films", name_fr="Films", slug_en="films", slug_fr="films", order=3)
    storage = ResearchPriorityFactory(key="storage", title_en="Storage", title_fr="Stockage")
    ResourceFactory(
        title="Alley cropping",
        abstract_en="Trees between rows.",
        abstract_fr="Des arbres entre les rangs.",
        type=article,
        topics=[trees],
        issued="2019",
        access="open",
        licence="CC-BY-4.0",
        priorities=[storage],
        places=[places["KE"]],
        audiences=["farmers", "researchers"],
        publisher="Presse  Élan",
        spotlight=True,
        people=[PersonFactory(given_name="Ada", family_name="Loam")],
    )
    bocage = ResourceFactory(
        title="Bocage",
        language="fr",
        abstract_en="Hedges.",
        type=film,
        topics=[trees, water],
        issued="2021-05",
        publisher="FST",
        places=[places["FR"]],
    )
    trust = OrganisationFactory(name="Fictional Soil Trust", acronym="FST")
    fund = OrganisationFactory(name="Fictional Fund")
    bocage.contributions = [
        Contribution(organisation=trust, role="author", sort_order=0),
        Contribution(organisation=fund, role="funder", sort_order=1),
    ]
    bocage.save()
    ResourceFactory(
        title="Compost",
        abstract_en="Rot is life.",
        type=article,
        issued="2020",
        access="open",
        publisher="presse elan",
        audiences=["farmers"],
    )
    ResourceFactory(
        title="Drainage", abstract_en="Where water goes.", type=film, topics=[water], issued="", places=[places["TZ"]]
    )
    ResourceFactory(
        title="Erosion",
        abstract_en="Where soil goes with water.",
        type=texts,
        issued="2018",
        licence="CC-BY-4.0",
        access="restricted",
        places=[places["002"]],
        files=[{"url": "https://example.org/a.pdf", "language": code} for code in ("en", "es")],
    )
    ResourceFactory(
        title="Fossil",
        abstract_en="Old trees.",
        type=article,
        topics=[trees],
        issued="2001",
        places=[places["KE"]],
        archived=True,
    )
    rebuild()


def asked(query="", language="en") -> LibraryList:
    """The library as an address asks for it, searched in its language."""
    with translation.override(language):
        found = LibraryList(QueryDict(query), LIBRARY[language], language)
        assert found.results
        assert len(found.facets) + len(found.chips) >= 0  # kept from now on
    return found


def titles(query="", language="en") -> list[str]:
    """The first letters of the titles found, in order."""
    return [row.resource.title[0] for row in asked(query, language).rows]
