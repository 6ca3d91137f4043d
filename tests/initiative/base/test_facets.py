from django.http import QueryDict

from initiative.base.facets import Facet, Option, Selection, address

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


def test_an_address_says_nothing_that_is_empty():
    assert address("/en/", [("q", ""), ("page", None)]) == "/en/"
