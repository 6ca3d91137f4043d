"""The library's facets: for each its address, what it finds, its chip and its counts, in more than one language."""

import pytest

from initiative.models import Place
from initiative.search.rebuild import rebuild
from resources.facets import library_facets
from resources.models import Resource
from tests.factories import OrganisationFactory, PlaceFactory, ResourceFactory, TopicFactory
from tests.resources.small_library import LIBRARY, asked, shelve, titles


@pytest.fixture(scope="module")
def _six(_tree, django_db_blocker):
    with django_db_blocker.unblock():
        shelve()


@pytest.fixture
def library(_six, site):
    """Six resources, one of them archived, in the index."""


def shown(query="", name="", language="en") -> list[tuple]:
    """Label, slug and count of what the form shows of a facet."""
    for facet, choices in asked(query, language).facets:
        if facet.name == name:
            return [(str(choice.option.label), choice.slug, choice.count) for choice in choices]
    return []


def counts(query, name) -> dict[str, int]:
    return {slug: count for _label, slug, count in shown(query, name)}


# What a reader of one language chooses, and the same as the others write it.
SAME = [
    ("type=articles", "AC", {"fr": "type=revues", "ar": "type=article"}, {"en": ["Articles"], "fr": ["Articles de revue"]}),
    ("type=texts", "ACE", {"fr": "type=textes", "es": "type=texts"}, {"en": ["Texts"], "fr": ["Textes"]}),
    (
        "topic=agroforestry&topic=water",
        "ABD",
        {"fr": "topic=agroforesterie&topic=eau", "es": "topic=agroforesteria&topic=water"},
        {"en": ["Agroforestry", "Water"], "fr": ["Agroforesterie", "Eau"], "es": ["Agroforestería", "Water"]},
    ),
    ("topic=plants", "AB", {"fr": "topic=plantes"}, {"en": ["Plants"], "fr": ["Plantes"]}),
    ("place=KE", "A", {"fr": "place=KE"}, {"en": ["Kenya"], "fr": ["Kenya"], "ar": ["كينيا"]}),
    ("place=002", "ADE", {"fr": "place=002"}, {"en": ["Africa"], "fr": ["Afrique"], "es": ["África"], "ar": ["أفريقيا"]}),
    ("place=014&place=FR", "ABD", {}, {"en": ["Eastern Africa", "France"], "fr": ["Afrique orientale", "France"]}),
    ("language=es", "E", {"fr": "language=es"}, {"en": ["Spanish"], "fr": ["espagnol"], "ar": ["الإسبانية"]}),
    ("year_from=2019", "ABC", {"fr": "year_from=2019"}, {"en": ["from 2019"], "fr": ["depuis 2019"], "es": ["desde 2019"]}),
    ("year_to=2019", "AE", {"fr": "year_to=2019"}, {"en": ["until 2019"], "fr": ["jusqu’à 2019"], "ar": ["حتى 2019"]}),
    ("year_from=2019&year_to=2020", "AC", {}, {"en": ["2019–2020"], "fr": ["2019–2020"]}),
    ("year_from=2018&year_to=2018", "E", {}, {"en": ["2018"], "fr": ["2018"]}),
    ("year_from=2030", "", {}, {"en": ["from 2030"]}),
    ("priority=storage", "A", {"fr": "priority=storage"}, {"en": ["Storage"], "fr": ["Stockage"]}),
    ("audience=farmers", "AC", {}, {"en": ["Farmers and advisers"], "fr": ["Agriculteurs et conseillers"]}),
    ("publisher=presse-elan", "AC", {"fr": "publisher=presse-elan"}, {"en": ["Presse Élan"], "ar": ["Presse Élan"]}),
    ("publisher=fictional-soil-trust", "B", {}, {"en": ["Fictional Soil Trust"]}),
    ("access=open", "AC", {}, {"en": ["Open access"], "fr": ["Accès libre"]}),
    ("licence=CC-BY-4.0", "AE", {}, {"en": ["CC BY 4.0"], "fr": ["CC BY 4.0"]}),
    ("spotlight=1", "A", {}, {"en": ["In the spotlight"], "fr": ["À la une"]}),
    ("archived=1", "ABCDEF", {}, {"en": ["With the archive"], "fr": ["Archives comprises"]}),
    ("archived=1&topic=agroforestry", "ABF", {}, {"en": ["Agroforestry", "With the archive"]}),
]  # fmt: skip


@pytest.mark.parametrize(("query", "found", "elsewhere", "chips"), SAME, ids=[row[0] for row in SAME])
def test_a_choice_in_each_language(library, query, found, elsewhere, chips):
    english = asked(f"{query}&sort=title")
    assert "".join(row.resource.title[0] for row in english.rows) == found
    assert english.is_clean
    for code, written in {"en": query, **elsewhere}.items():
        # The same list, as that language writes it, and read back there.
        url = english.url(language=code, path=LIBRARY[code])
        wanted = written.split("&")
        order = [name for name in ("topic", "archived") if any(name in part for part in wanted)]
        pairs = sorted(wanted, key=lambda part: order.index(part.split("=")[0])) if len(order) == 2 else wanted
        assert url == f"{LIBRARY[code]}?sort=title&{'&'.join(pairs)}"
        assert "".join(titles(url.partition("?")[2], code)) == found
        assert "".join(titles(f"{query}&sort=title", code)) == found  # an address from somebody else's language
    for code, labels in chips.items():
        assert [chip["label"] for chip in asked(query, code).chips] == labels


def test_what_the_form_offers(library):
    names = [facet.name for facet, _choices in asked().facets]
    assert names == [
        "type", "topic", "place", "language", "year", "priority", "audience", "publisher", "access", "licence",
        "spotlight", "archived",
    ]  # fmt: skip
    assert [facet.name for facet in library_facets("en")] == names
    assert shown("", "type") == [("Texts", "texts", 3), ("Articles", "articles", 2), ("Films", "films", 2)]
    assert shown("", "topic") == [("Plants", "plants", 2), ("Agroforestry", "agroforestry", 2), ("Water", "water", 2)]
    assert shown("", "language") == [("English", "en", 4), ("French", "fr", 1), ("Spanish", "es", 1)]
    assert shown("", "priority") == [("Storage", "storage", 1)]
    assert shown("", "audience") == [("Farmers and advisers", "farmers", 2), ("Researchers", "researchers", 1)]
    assert shown("", "publisher") == [
        ("Fictional Soil Trust", "fictional-soil-trust", 1),  # who paid isn't who made it, and FST is the same
        ("Presse Élan", "presse-elan", 2),  # written in two ways
    ]
    assert shown("", "access") == [("Open access", "open", 2)]
    assert shown("", "licence") == [("CC BY 4.0", "CC-BY-4.0", 2)]


def test_places_are_a_tree_without_steps_that_lead_to_one_thing(library):
    [choices] = [choices for facet, choices in asked().facets if facet.name == "place"]
    assert [(choice.option.label, choice.count, choice.depth) for choice in choices] == [
        ("Africa", 3, 0),
        ("Eastern Africa", 2, 1),
        ("Kenya", 1, 2),
        ("Tanzania", 1, 2),
        ("Europe", 1, 0),
        ("France", 1, 1),
    ]
    assert [label for label, _slug, _count in shown("", "place", "ar")][:2] == ["أفريقيا", "شرق أفريقيا"]
    # What was asked for is shown, step or not.
    assert ("Western Europe", "155", 1) in shown("place=155", "place")


def test_labels_are_the_readers_and_say_where_they_are_not(library):
    [choices] = [choices for facet, choices in asked(language="es").facets if facet.name == "topic"]
    assert [(choice.option.label, choice.option.language) for choice in choices] == [
        ("Plants", "en"),
        ("Agroforestería", ""),
        ("Water", "en"),
    ]
    # By name, as the language sorts.
    assert [label for label, _slug, _count in shown("", "language", "fr")] == ["anglais", "espagnol", "français"]


def test_counts_of_a_facet_ignore_its_own_choice_and_follow_the_others(library):
    assert counts("topic=water", "topic") == {"plants": 2, "agroforestry": 2, "water": 2}
    assert counts("type=films", "topic") == {"plants": 1, "agroforestry": 1, "water": 2}
    assert counts("topic=water", "type") == {"films": 2}
    assert counts("type=articles", "type") == {"texts": 3, "articles": 2, "films": 2}
    assert counts("access=open", "priority") == {"storage": 1}
    assert counts("q=water", "type") == {"texts": 1, "films": 2}
    assert counts("archived=1", "topic") == {"plants": 3, "agroforestry": 3, "water": 2}
    assert counts("place=FR", "place") == counts("", "place") | {"FR": 1}
    assert counts("place=FR", "audience") == {}
    assert counts("audience=farmers", "publisher") == {"presse-elan": 2}
    assert counts("publisher=presse-elan", "licence") == {"CC-BY-4.0": 1}
    assert counts("year_from=2019", "type") == {"texts": 2, "articles": 2, "films": 1}


def test_what_is_chosen_stays_even_if_nothing_has_it(library):
    assert counts("topic=water&priority=storage", "topic") == {"plants": 1, "agroforestry": 1, "water": 0}
    assert titles("topic=water&priority=storage") == []


def switches(query):
    return {
        facet.name: (choices["checked"], choices["count"])
        for facet, choices in asked(query).facets
        if facet.name in ("spotlight", "archived")
    }


def test_switches_say_how_much_they_would_bring(library):
    assert switches("") == {"spotlight": (False, 1), "archived": (False, 1)}
    assert switches("spotlight=1&archived=1") == {"spotlight": (True, 1), "archived": (True, 0)}
    assert switches("type=films") == {}


def years(query):
    [drawn] = [choices for facet, choices in asked(query).facets if facet.name == "year"]
    return drawn


def test_years_are_drawn_and_ignore_their_own_choice(library):
    drawn = years("")
    assert (drawn["first"], drawn["last"], drawn["start"], drawn["end"]) == (2018, 2021, "", "")
    assert [(int(bar["name"]), bar["count"], bar["out"]) for bar in drawn["bars"]] == [
        (2018, 1, False),
        (2019, 1, False),
        (2020, 1, False),
        (2021, 1, False),
    ]
    chosen = years("year_from=2019&year_to=2020")
    assert [(int(bar["name"]), bar["count"], bar["out"]) for bar in chosen["bars"]] == [
        (2018, 1, True),
        (2019, 1, False),
        (2020, 1, False),
        (2021, 1, True),
    ]
    assert (chosen["start"], chosen["end"]) == (2019, 2020)
    assert [bar["count"] for bar in years("topic=agroforestry")["bars"]] == [1, 0, 1]
    assert years("archived=1")["first"] == 2001
    assert "year" not in [facet.name for facet, _choices in asked("q=drainage").facets]


@pytest.mark.parametrize(
    ("query", "url"),
    [
        ("year_from=2020&year_to=2019", "/en/resources/?year_from=2019&year_to=2020"),
        ("year_from=x&year_to=٢٠١٩", "/en/resources/"),
        ("year_from=-1&year_to=20199", "/en/resources/"),
        ("year_from=02019", "/en/resources/"),
        ("year_from=0", "/en/resources/?year_from=0"),
        ("year_from=2019&year_from=2020", "/en/resources/?year_from=2020"),
        ("spotlight=&archived=%00", "/en/resources/"),
        ("archived=yes", "/en/resources/?archived=1"),
        ("access=restricted", "/en/resources/"),  # not offered, so not understood
        ("audience=kings&licence=&place=XX&publisher=nobody", "/en/resources/"),
        ("topic=agroforesterie&topic=agroforestry", "/en/resources/?topic=agroforestry"),
    ],
)
def test_nonsense_and_other_ways_to_write_it(library, query, url):
    found = asked(query)
    assert found.url() == url
    assert not found.is_clean or query in url
    assert asked(url.partition("?")[2]).is_clean


def test_each_chip_takes_its_own_value_away_and_keeps_the_rest(library):
    found = asked("q=soil&topic=water&topic=agroforestry&type=films&year_to=2021&sort=title&archived=1&show=50&page=2")
    kept = "/en/resources/?q=soil&sort=title&show=50"
    assert found.chips == [
        {"facet": "Type", "label": "Films", "url": f"{kept}&topic=agroforestry&topic=water&year_to=2021&archived=1"},
        {"facet": "Topic", "label": "Agroforestry", "url": f"{kept}&type=films&topic=water&year_to=2021&archived=1"},
        {"facet": "Topic", "label": "Water", "url": f"{kept}&type=films&topic=agroforestry&year_to=2021&archived=1"},
        {"facet": "Year", "label": "until 2021", "url": f"{kept}&type=films&topic=agroforestry&topic=water&archived=1"},
        {
            "facet": "With the archive",
            "label": "With the archive",
            "url": f"{kept}&type=films&topic=agroforestry&topic=water&year_to=2021",
        },
    ]
    assert found.clear_url == kept
    assert asked("q=soil&topic=water&exact=1").clear_url == "/en/resources/?q=soil&exact=1"
    assert asked().chips == []


def test_of_a_long_list_the_rest_is_folded_away(library):
    for number in range(70):
        ResourceFactory(title=f"Leaf {number}", publisher=f"House {number:02}")
    rebuild()
    [choices] = [choices for facet, choices in asked("publisher=house-69").facets if facet.name == "publisher"]
    assert [choice.slug for choice in choices.first] == [
        "presse-elan", "fictional-soil-trust", "house-00", "house-01", "house-02", "house-03", "house-69",
    ]  # fmt: skip
    [group] = choices.rest
    assert group["above"] == []
    assert [choice.slug for choice in group["choices"]] == [f"house-{number:02}" for number in range(4, 64)]
    assert (choices.rest_count, choices.left_off) == (60, 5)


def test_what_is_folded_away_says_what_it_is_part_of(library):
    parent = TopicFactory(key="tools", name_en="Tools", slug_en="tools", order=9)
    small = [TopicFactory(key=f"t{n}", name_en=f"Tool {n}", slug_en=f"t{n}", parent=parent, order=n) for n in range(9)]
    for topic in small:
        ResourceFactory(title="Spade", topics=[topic])
    rebuild()
    [choices] = [choices for facet, choices in asked().facets if facet.name == "topic"]
    assert [choice.slug for choice in choices.first] == [
        "plants", "agroforestry", "water", "tools", "t0", "t1", "t2", "t3",
    ]  # fmt: skip
    [group] = choices.rest
    assert [option.label for option in group["above"]] == ["Tools"]
    assert [choice.slug for choice in group["choices"]] == ["t4", "t5", "t6", "t7", "t8"]


def test_a_renamed_publisher_and_a_moved_country_are_found_at_once(library, django_capture_on_commit_callbacks):
    assert counts("", "publisher")["fictional-soil-trust"] == 1
    with django_capture_on_commit_callbacks(execute=True):
        resource = Resource.objects.get(title="Bocage")
        trust = resource.contributions.get(role="author").organisation
        trust.name = "Trust in Soil"
        trust.save()
    assert counts("", "publisher") == {"trust-in-soil": 1, "presse-elan": 2}
    with django_capture_on_commit_callbacks(execute=True):
        france = Place.objects.get(code="FR")
        france.parent = PlaceFactory(code="039", parent_id="150")
        france.save()
    assert titles("place=039") == ["B"]
    assert titles("place=155") == titles()  # nothing is there any more, so it isn't understood


def test_a_very_long_name_of_a_publisher(library, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        resource = ResourceFactory(title="Long", publisher="An office of soils " * 13)
        resource.contributions.create(organisation=OrganisationFactory(name="Ministry " * 28), sort_order=0)
        resource.save()
    found = list(counts("q=long", "publisher"))
    assert len(found) == 2
    assert [titles(f"publisher={slug}") for slug in found] == [["L"], ["L"]]
