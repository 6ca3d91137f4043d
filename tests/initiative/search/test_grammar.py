"""What a query means."""

import pytest

from initiative.search.grammar import parse


def understood(text, language="en", **more):
    """The expression as readable text: `soil|earth "a phrase" pre* -not`."""
    expression = parse(text, language, ["en", "fr"], **more)

    def term(one):
        words = " ".join(one.words)
        return f"{words}*" if one.prefix else f'"{words}"' if one.exact else words

    parts = ["|".join(map(term, clause)) for clause in expression.required]
    return " ".join([*parts, *(f"-{term(one)}" for one in expression.excluded)])


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("soil carbon", "soil carbon"),
        ("the carbon of the soil", "carbon soil"),
        ("Soil SOIL soil", "soil"),
        ('"soil carbon" stocks', '"soil carbon" stocks'),
        ("“soil carbon” «soils»", '"soil carbon" "soils"'),
        ('"the soil', '"the soil"'),
        ("soil -carbon", "soil -carbon"),
        ('-"soil carbon"', '-"soil carbon"'),
        ("soil OR earth", "soil|earth"),
        ("soil | earth OR ground water", "soil|earth|ground water"),
        ("soil or earth", "soil earth"),
        ("soil AND water", "soil water"),
        ("OR soil OR", "soil"),
        ("OR", ""),
        ("soil OR -water", "soil -water"),
        ("agro*", "agro*"),
        ("a*", '"a"'),
        ("*", ""),
        ("soil* -agro*", "soil* -agro*"),
        ("soil-carbon", "soil carbon"),
        ("- -- \" '' ()", ""),
        ("-", ""),
        ("", ""),
        ("who are the", '"who" "are" "the"'),
        ('title:soil NEAR(soil) {body}:x ^y "', "title soil near soil body x y"),
    ],
)
def test_meaning(text, meaning):
    assert understood(text) == meaning


def test_exact_takes_words_as_typed():
    assert understood("soils carbon OR water*", exact=True) == '"soils" "carbon"|water*'


def test_elision_and_stop_words_follow_the_language():
    assert understood("l'eau dans la forêt", "fr") == "eau foret"
    assert understood("the water on land", "fr") == "the water land"


def test_words_are_stemmed_in_every_language_of_the_site():
    ((term,),) = parse("forestry", "fr", ["en", "fr", "es"]).required
    assert term.stems == (("forestry",), ("forestri",))


def test_long_queries_are_cut():
    expression = parse(" ".join(f"word{number}" for number in range(2_000)), "en", ["en"])
    assert len(expression.required) == 24
    ((*alternatives,),) = parse(" OR ".join(f"w{number}" for number in range(100)), "en", ["en"]).required
    assert len(alternatives) == 24
