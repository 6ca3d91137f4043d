"""What queries find: the same table on SQLite and PostgreSQL."""

import pytest

from initiative.search import Query, search
from tests.initiative.search.library import found

pytestmark = pytest.mark.django_db

EVERYTHING_NEW_TO_OLD = [
    "meeting", "trees", "health", "biochar", "gray", "tea", "climate", "carbon", "espanol", "welcome", "doi", "colour",
]  # fmt: skip

# Sets: what is found, in whatever order.
SETS = [
    # words
    ("soil", "biochar carbon climate trees health welcome espanol"),
    ("SOILS", "biochar carbon climate trees health welcome espanol"),
    ("soil carbon", "carbon climate"),
    ("carbon soil", "carbon climate"),
    ("the carbon in the soil", "carbon climate"),
    ("members meeting", "meeting"),
    ("farm tree", "trees"),
    ("zebra", ""),
    # accents, case, ligatures, symbols
    ("SÓÏL", "biochar carbon climate trees health welcome espanol"),
    ("co2", "doi"),
    ("CO₂", "doi"),
    ("4‰", "doi"),
    ("10.1016/j.geoderma.2017.01.002", "doi"),
    ("geoderma", "doi"),
    ("AT&T", "tea"),
    ("C++ tea", "tea"),
    # stems
    ("sequestrations", "carbon"),
    ("raised fertile", "biochar"),
    ("policies", "climate"),
    # British and American
    ("color", "colour gray"),
    ("colours", "colour gray"),
    ("centers", "colour"),
    ("modelling", "colour gray"),
    ("modeled", "colour gray"),
    ("organizer", "gray"),
    ("organise", "gray"),
    ("program", "colour gray"),
    ("grey", "gray"),
    # phrases
    ('"soil carbon"', "carbon"),
    ('"carbon soil"', ""),
    ('"soil in place"', "trees"),
    ('"soils"', "biochar health"),
    ('"tropical soils" fertility', "biochar"),
    ("“healthy soils”", "health"),
    ('"people microbes"', ""),  # a phrase doesn't run from one field into the next
    ('"carbon', "carbon climate meeting"),
    # without
    ("soil -carbon", "biochar trees health welcome espanol"),
    ('soil -"soil carbon"', "biochar climate trees health welcome espanol"),
    ("soil -carbon -trees -healthy", "biochar welcome espanol"),
    ("-soil", "colour gray tea doi meeting"),
    ("soil -soil", ""),
    # or
    ("charcoal OR policy", "biochar climate"),
    ("soil charcoal OR policy", "biochar climate"),
    ('tea OR "annual meeting"', "tea meeting"),
    ("zebra OR tea", "tea"),
    # beginnings
    ("agrofor*", "carbon trees"),
    ("seq*", "carbon"),
    ('"soil car"*', "carbon"),
    ("soil seq*", "carbon"),
    ("soil -agrofor*", "biochar climate health welcome espanol"),
    # across languages
    ("agroforesterie", "carbon"),
    ("agroforestería", "carbon"),
    ("suelos", "espanol"),
    ("suelo", "espanol"),
    ("conservación", "espanol"),
    ("sustainable management", "espanol"),
    # nothing but stop words: taken as typed
    ("who", "tea"),
    ("the where of", "tea"),
    # injection and nonsense
    ("soil' OR 1=1 --", "biochar carbon climate trees health welcome espanol"),
    ("'; DROP TABLE search_3_entry; --", ""),
    ('") OR ("carbon', ""),
    ("carbon) AND (soil", "carbon climate"),
    ("{title} : soil", ""),
    ("title:annual", ""),
    ("NEAR(soil carbon)", ""),
    ("soil:* & !carbon", "carbon climate"),
    ("<script>alert(1)</script>", ""),
    ("%soil_", "biochar carbon climate trees health welcome espanol"),
    ("soil\x00carbon", ""),
    ("x" * 10_000, ""),
    ("carbon " * 2_000, "carbon climate meeting"),
    ("soil " + "-" * 5_000, "biochar carbon climate trees health welcome espanol"),
]

# Orders: title before keywords before body.
ORDERS = [
    ("carbon", {}, "carbon meeting climate"),
    ("sequestration carbon", {}, "carbon"),
    ("soil", {"kinds": ["page", "resource"], "facets": {"topic": ["climate", "trees"]}}, "carbon climate trees"),
    ("agroforestry", {}, "carbon trees"),
    ("meeting", {}, "meeting"),
    ("soil", {"sort": "newest"}, "trees health biochar climate carbon espanol welcome"),
    ("soil", {"sort": "oldest"}, "carbon climate biochar health trees welcome espanol"),
    ("soil", {"sort": "title"}, "welcome biochar climate health espanol carbon trees"),
    ("", {}, " ".join(EVERYTHING_NEW_TO_OLD)),
    ("  ", {"sort": "nonsense"}, " ".join(EVERYTHING_NEW_TO_OLD)),
    ("?!", {"sort": "relevance"}, " ".join(EVERYTHING_NEW_TO_OLD)),
    ("", {"sort": "oldest"}, "carbon climate tea gray biochar health trees meeting colour doi welcome espanol"),
    ("", {"sort": "title"}, "welcome meeting biochar climate doi gray health espanol carbon colour tea trees"),
    ("", {"sort": "title", "size": 5, "page": 2}, "gray health espanol carbon colour"),
    ("", {"sort": "newest", "size": 5, "page": 3}, "doi colour"),
    ("", {"page": 10**30}, ""),
    ("", {"page": -1, "size": 1}, "meeting"),
    ("soil", {"sort": "newest", "size": 2, "page": 2}, "biochar climate"),
    ("-carbon", {}, "trees health biochar gray tea espanol welcome doi colour"),
]

# Scope and exactness.
SCOPES = [
    ("soil", {"scope": "title"}, "biochar carbon health"),
    ("suelo", {"scope": "title"}, "espanol"),
    ("soil", {"scope": "content"}, "trees welcome"),
    ("carbon", {"scope": "content"}, "carbon climate meeting"),
    ("agroforestry", {"scope": "content"}, "trees"),
    ("agroforestry", {"scope": "title"}, ""),
    ('"healthy people"', {"scope": "title"}, "health"),
    ('"soil in place"', {"scope": "title"}, ""),
    ("agro*", {"scope": "content"}, "trees"),
    ("soil -carbon", {"scope": "title"}, "biochar health"),
    ("soils", {"exact": True}, "biochar health"),
    ("soil", {"exact": True}, "carbon climate trees welcome espanol"),
    ("colour", {"exact": True}, "colour"),
    ("color", {"exact": True}, "gray"),
    ("carbon the ground", {"exact": True}, "carbon"),
    ("soils", {"exact": True, "scope": "content"}, ""),
    ("soil", {"kinds": ["page"]}, "welcome"),
    ("soil", {"kinds": ["page", "event"]}, "welcome"),
    ("", {"kinds": ["event"]}, "meeting"),
    ("", {"kinds": ["nonsense"]}, ""),
    ("", {"language": "xx", "kinds": ["event"]}, "meeting"),
]

OTHER_LANGUAGES = [
    ("fr", "forêt", "foret"),
    ("fr", "FORETS", "foret"),
    ("fr", "la forêt et les arbres", "foret"),
    ("fr", "régénérer", "foret"),
    ("fr", "regeneree", "foret"),
    ("fr", "l'agroforesterie", "carbon foret"),
    ("fr", "d’agroforesterie", "carbon foret"),
    ("fr", "oeuvre", "oeuvre"),
    ("fr", "œuvre", "oeuvre"),
    ("fr", "eau", "eau"),
    ("fr", "l'eau", "eau"),
    ("fr", "goutte à goutte", "eau"),
    ("fr", "été", "etat"),
    ("fr", "soils", "carbon"),
    ("fr", "the soil in the ground", "carbon"),
    ("fr", "séquestration", "oeuvre carbon"),
    ("fr", '"l\'état des prairies"', "etat"),
    ("fr", "carbone -sequestration", ""),
    ("es", "suelo", "suelo"),
    ("es", "investigación", "suelo ano"),
    ("es", "investigaciones", "suelo ano"),
    ("es", "organico", "suelo"),
    ("es", "año", "ano"),
    ("es", "PINGUINO", "ano"),
    ("es", "restauracion de los suelos", "suelo"),
    ("es", "agroforesteria", "carbon"),
    ("es", "soils", "carbon"),
    ("ar", "التربة", "turba carbon"),
    ("ar", "تُرْبَة", "turba carbon"),
    ("ar", "كربون", "turba"),
    ("ar", "اراضي", "turba"),
    ("ar", "carbone", "carbon"),
]


@pytest.mark.usefixtures("library")
class TestQueries:
    @pytest.mark.parametrize(("text", "expected"), SETS)
    def test_finds_exactly(self, text, expected):
        results = search(Query(text=text, size=100))
        ids = [] if results.partial else [hit.object_id for hit in results.hits]
        assert sorted(ids) == sorted(expected.split())
        assert results.partial or results.total == len(ids)

    @pytest.mark.parametrize(("text", "query", "expected"), ORDERS)
    def test_finds_in_order(self, text, query, expected):
        assert found(text, **query) == expected.split()

    @pytest.mark.parametrize(("text", "query", "expected"), SCOPES)
    def test_finds_where_asked(self, text, query, expected):
        assert sorted(found(text, **query)) == sorted(expected.split())

    @pytest.mark.parametrize(("language", "text", "expected"), OTHER_LANGUAGES)
    def test_finds_in_other_languages(self, language, text, expected):
        assert sorted(found(text, language=language)) == sorted(expected.split())

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("soil carbon zebra", ["carbon", "climate"]),
            ("zebra sequestration policy", ["carbon", "climate"]),
            ('"soil carbon" zebra unicorn', ["carbon"]),
            ("zebra tea -annual", ["tea"]),
        ],
    )
    def test_shows_what_has_most_of_the_words_where_nothing_has_all(self, text, expected):
        results = search(Query(text=text))
        assert results.partial
        assert sorted(hit.object_id for hit in results.hits) == expected
        assert results.total == len(expected)

    def test_of_what_has_equally_many_words_the_rarest_comes_first(self):
        # Soil is in seven, carbon in three, farms and meeting in one each.
        assert found("farms zebra carbon") == ["trees", "meeting", "climate", "carbon"]
        assert found("soil carbon zebra farms") == ["trees", "climate", "carbon"]

    @pytest.mark.parametrize(("text", "query"), [("soil zebra", {"exact": True}), ("zebra", {}), ("zebra unicorn", {})])
    def test_shows_nothing_rather_than_anything(self, text, query):
        results = search(Query(text=text, **query))
        assert (results.total, results.partial) == (0, False)

    def test_what_has_most_is_looked_for_among_the_kinds_asked_for(self):
        assert found("annual meeting carbon") == ["meeting"]
        results = search(Query(text="annual meeting carbon", kinds=["resource"]))
        assert results.partial
        assert sorted(hit.object_id for hit in results.hits) == ["carbon", "climate"]

    def test_a_hit_tells_where_and_in_which_language(self):
        (hit,) = search(Query(text="carbon", language="fr", facets={}, kinds=["resource"], scope="title")).hits
        assert (hit.kind, hit.object_id, hit.language, hit.shown_language) == ("resource", "carbon", "fr", "en")
        assert (hit.url, hit.date, hit.title) == ("/fr/carbon/", None, "Soil carbon sequestration")
