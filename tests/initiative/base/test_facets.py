from django.http import QueryDict

from initiative.base.facets import Facet, Option, Selection, Switch, address, addresses

TOPICS = [
    Option("agroforestry", "Agroforestry", {"en": "agroforestry", "fr": "agroforesterie"}),
    Option("water", "Water", {"en": "water", "fr": "eau"}),
]
FACETS = [Facet("topic", "Topic", lambda: TOPICS), Facet("language", "Language", lambda: [Option("fr", "French")])]


def chosen(query, language="en"):
    return Selection(FACETS, QueryDict(query), language)


def test_slugs_of_any_language_are_understood_and_nonsense_is_ignored():
    assert chosen("topic=agroforesterie&topic=agroforestry&topic=x&language=fr&colour=red").values == {
        "topic": ("agroforestry",),
        "language": ("fr",),
    }
    assert not chosen("topic=%00&topic=")


def test_the_same_choice_is_written_in_the_language_of_the_address():
    assert chosen("topic=agroforestry&topic=water").pairs("fr") == [("topic", "agroforesterie"), ("topic", "eau")]
    assert chosen("topic=agroforestry").pairs("es") == [("topic", "agroforestry")]


def test_a_chip_removes_its_own_value_and_keeps_the_rest():
    chips = chosen("topic=agroforestry&topic=water").chips("/en/resources/", [("q", "root s")])
    assert chips == [
        {"label": "Agroforestry", "url": "/en/resources/?q=root+s&topic=water"},
        {"label": "Water", "url": "/en/resources/?q=root+s&topic=agroforestry"},
    ]


def test_options_without_results_go_unless_chosen():
    choices = chosen("topic=water").choices(FACETS[0], {"agroforestry": 3})
    assert [(choice.slug, choice.count, choice.checked) for choice in choices] == [
        ("agroforestry", 3, False),
        ("water", 0, True),
    ]
    assert [choice.slug for choice in chosen("").choices(FACETS[0], {"agroforestry": 3})] == ["agroforestry"]


def test_addresses_that_differ_in_one_value_are_those_that_are_written_one_by_one():
    pairs = [("q", "roots & soil"), ("sort", "")]
    for path, said in (("/p/", pairs), ("/p/", [])):
        lead = addresses(path, said, "place")
        for value in ("FR", "a b&c", "é"):
            assert lead(value) == address(path, [*said, ("place", value)])


def test_an_address_says_nothing_that_is_empty():
    assert address("/en/", [("q", ""), ("page", None)]) == "/en/"


TREE = [
    Option("a", "A"),
    Option("b", "B", depth=1),
    Option("c", "C", depth=2),
    Option("d", "D", depth=2),
    Option("e", "E"),
]


def shown(query, counts, **how):
    facet = Facet("x", "X", lambda: TREE, **how)
    choices = Selection([facet], QueryDict(query), "en").choices(facet, counts)
    return choices, [(choice.slug, choice.depth) for choice in choices]


def test_a_step_of_a_tree_that_leads_to_one_thing_goes():
    assert shown("", {"a": 1, "b": 1, "c": 1})[1] == [("a", 0), ("c", 1)]
    assert shown("", {"a": 2, "b": 2, "c": 1, "d": 1})[1] == [("a", 0), ("b", 1), ("c", 2), ("d", 2)]
    assert shown("", {"a": 3, "b": 2, "c": 1})[1] == [("a", 0), ("b", 1), ("c", 2)]  # one is b itself
    assert shown("x=b", {"a": 1, "b": 1, "c": 1})[1] == [("a", 0), ("b", 1), ("c", 2)]
    assert shown("", {"a": 1, "e": 1})[1] == [("a", 0), ("e", 0)]
    assert shown("x=d", {"e": 1})[1] == [("d", 0), ("e", 0)]


def test_of_a_long_list_those_with_most_results_are_shown_and_those_chosen():
    counts = {"a": 5, "b": 4, "c": 1, "d": 2, "e": 3}
    choices, _slugs = shown("", counts, few=2)
    assert [choice.slug for choice in choices.first] == ["a", "b"]
    assert [([option.value for option in group["above"]], [choice.slug for choice in group["choices"]]) for group in choices.rest] == [
        (["a", "b"], ["c", "d"]),
        ([], ["e"]),
    ]  # fmt: skip
    assert (choices.rest_count, choices.left_off, choices.is_ticked) == (3, 0, False)
    choices, _slugs = shown("x=c", counts, few=2, most=1)
    assert [choice.slug for choice in choices.first] == ["a", "b", "c"]
    assert [choice.slug for group in choices.rest for choice in group["choices"]] == ["e"]
    assert (choices.rest_count, choices.left_off, choices.is_ticked) == (1, 1, True)
    assert shown("", counts, few=4)[0].rest == []  # no fold for one
    assert [choice.slug for choice in shown("", counts)[0].first] == ["a", "b", "c", "d", "e"]


def test_a_plain_list_stands_by_results():
    facet = Facet("x", "X", lambda: TOPICS, few=6)
    choices = Selection([facet], QueryDict(), "en").choices(facet, {"agroforestry": 1, "water": 2})
    assert [choice.slug for choice in choices.first] == ["water", "agroforestry"]
    assert [choice.slug for choice in choices] == ["agroforestry", "water"]


def test_values_that_are_the_same_thing_are_one():
    facet = Facet("x", "X", lambda: [Option("FAO", "FAO", {"en": "fao"}, also=("F.A.O.",))])
    selection = Selection([facet], QueryDict("x=fao"), "en")
    assert selection.values == {"x": ("FAO", "F.A.O.")}
    assert [choice.count for choice in selection.choices(facet, {"FAO": 2, "F.A.O.": 1})] == [3]


def test_the_readers_own_slug_wins():
    options = [Option("one", "One", {"en": "sol", "fr": "uno"}), Option("two", "Two", {"en": "dos", "fr": "sol"})]
    facet = Facet("x", "X", lambda: options)
    assert Selection([facet], QueryDict("x=sol"), "en").values == {"x": ("one",)}
    assert Selection([facet], QueryDict("x=sol"), "fr").values == {"x": ("two",)}


def test_a_switch_narrows_while_it_is_on_or_off():
    facets = [Switch("new", "New", on=("yes",)), Switch("old", "With the old", off=("no",))]

    def read(query):
        return Selection(facets, QueryDict(query), "en")

    assert read("").values == {"old": ("no",)}
    assert not read("")
    assert read("new=1&old=1").values == {"new": ("yes",)}
    assert read("new=on&old=%00").pairs() == [("new", "1")]
    assert read("new=1&old=1").chips("/", []) == [
        {"label": "New", "url": "/?old=1"},
        {"label": "With the old", "url": "/?new=1"},
    ]
    assert read("").choices(facets[0], {"yes": 3, "no": 1}) == {"checked": False, "count": 3}
    assert read("").choices(facets[0], {"no": 1}) is None
    assert read("new=1").choices(facets[0], {}) == {"checked": True, "count": 0}


def test_the_choices_of_a_long_list_are_kept_until_anything_of_them_changes():
    lists = {"now": [Option(str(number), f"Thing {number}") for number in range(30)]}
    facet = Facet("thing", "Thing", lambda: lists["now"], few=8)

    def found(query="", counts=None, language="en"):
        selection = Selection([facet], QueryDict(query), language)
        return selection.choices(facet, {"1": 2, "3": 4} if counts is None else counts)

    kept = found()
    assert [(choice.slug, choice.count, choice.checked) for choice in kept] == [("1", 2, False), ("3", 4, False)]
    assert found(counts={"3": 4, "1": 2}) is kept
    assert [(choice.slug, choice.count) for choice in found(counts={"1": 2, "3": 5})] == [("1", 2), ("3", 5)]
    assert [choice.slug for choice in found("thing=7") if choice.checked] == ["7"]
    assert found(language="fr") is not kept
    assert found() is kept
    # What editors changed is another list, even where it looks the same.
    lists["now"] = [Option("1", "Renamed"), *lists["now"][2:]]
    assert [str(choice.option.label) for choice in found()] == ["Renamed", "Thing 3"]
