"""A small library in three languages, and a way to ask it."""

from datetime import date

from initiative.search import Document, Query, search
from initiative.search.store import writing

SOURCE = "sample"


def document(key, title, body="", keywords="", **more) -> Document:
    """A document with defaults that tests don't care about."""
    language = more.pop("language", "en")
    return Document(
        kind=more.pop("kind", "resource"),
        object_id=key,
        language=language,
        title=title,
        body=body,
        keywords=keywords,
        url=f"/{language}/{key}/",
        **more,
    )


def store(*documents, source=SOURCE) -> None:
    """Put documents into the index, beside what is there."""
    by_object = {}
    for one in documents:
        by_object.setdefault(one.object_id, []).append(one)
    with writing() as writer:
        writer.replace(source, by_object)


def found(text="", **query) -> list[str]:
    """The object ids of the results, in order."""
    return [hit.object_id for hit in search(Query(text=text, **{"size": 100, **query})).hits]


ENGLISH = [
    document("biochar", "Biochar in tropical soils", "Charcoal raises fertility where rain leaches nutrients.",
             date=date(2019, 3, 1), facets={"type": ["article"], "topic": ["soil"]}),
    document("carbon", "Soil carbon sequestration", "Storing carbon in the ground mitigates climate change.",
             "agroforestry agroforesterie agroforestería", date=date(2015, 12, 1),
             facets={"type": ["report"], "topic": ["soil", "climate"]}),
    document("climate", "Climate policy after Paris", "Parties pledge to store more carbon.",
             "soil", date=date(2016, 1, 1), facets={"type": ["report"], "topic": ["climate"]}),
    document("trees", "Trees on farms", "Agroforestry keeps soil in place.",
             date=date(2021, 6, 15), facets={"type": ["film"], "topic": ["trees"]}),
    document("colour", "The colour of earth", "A centre for modelling organisms analyses programmes.",
             facets={"type": ["book"]}),
    document("gray", "Graying grasslands", "Organized modeling of color in a program.",
             date=date(2018, 1, 1), facets={"type": ["book"], "topic": ["grass"]}),
    document("health", "Healthy soils for healthy people", "Microbes, roots and water.",
             date=date(2020, 1, 1), facets={"type": ["article"], "topic": ["soil", "health"]}),
    document("tea", "The who and the where of tea", "Leaves & <b>bags</b> of C++ and AT&T's \"quoted\" tea.",
             date=date(2017, 1, 1)),
    document("doi", "Data on bulk density", "See doi 10.1016/j.geoderma.2017.01.002 and CO₂ at 4‰ a year.",
             facets={"type": ["dataset"]}),
    document("meeting", "Annual meeting", "Members met about carbon.", kind="event", date=date(2022, 5, 31)),
    document("welcome", "About the initiative", "What soil does for us.", kind="page"),
    document("espanol", "Manejo sostenible de los suelos", "La agricultura de conservación.", "sustainable soil management",
             shown_language="es", facets={"type": ["article"]}),
]  # fmt: skip
FRENCH = [
    document("carbon", "Soil carbon sequestration", "Storing carbon in the ground mitigates climate change.",
             "agroforesterie agroforestry", language="fr", shown_language="en"),
    document("foret", "L'agroforesterie et la forêt", "Des arbres et des sols régénérés.", language="fr"),
    document("oeuvre", "Mettre en œuvre l'Accord", "Des engagements nationaux de séquestration du carbone.", language="fr"),
    document("eau", "Économiser l'eau", "L'irrigation au goutte-à-goutte évite les pertes.", language="fr"),
    document("etat", "L'état des prairies", "Un été sans pluie, une prairie sans herbe.", language="fr"),
]  # fmt: skip
SPANISH = [
    document("suelo", "Restauración de suelos degradados", "La investigación sobre el carbono orgánico.", language="es"),
    document("ano", "Año internacional", "Investigaciones agrícolas y pingüinos.", language="es"),
    document("carbon", "Soil carbon sequestration", "Storing carbon in the ground.", "agroforestería",
             language="es", shown_language="en"),
]  # fmt: skip
ARABIC = [
    document("turba", "التربة والكربون", "الزراعة المستدامة في الأراضي الجافة.", language="ar"),
    document("carbon", "Séquestration du carbone", "Stocker le carbone dans les sols.", "تربة", language="ar",
             shown_language="fr"),
]  # fmt: skip

EVERYTHING = [*ENGLISH, *FRENCH, *SPANISH, *ARABIC]
