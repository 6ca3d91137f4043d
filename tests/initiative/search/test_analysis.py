"""Words as they are compared."""

import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import pytest
import snowballstemmer

from initiative.search import analysis, stopwords

SOILS = """
    agriculture agricultural agriculturally organisations relational internationalization sustainability fertilizers
    agroécologie sécheresse nitrogène fertilité pâturages forêts éléments sequestración agricultores ganadería suelos
    Bodenfruchtbarkeit Landwirtschaft jordbruk maaperän maatalouden toprakların почвенный сельскохозяйственные
    εδάφους γεωργία agricultură solului mezőgazdaság talajok bodemvruchtbaarheid मिट्टी किसानों माटो விவசாயிகள்
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Soil, CARBON!", ["soil", "carbon"]),
        ("l'Œuvre d’été", ["l", "oeuvre", "d", "ete"]),
        ("Straße ﬁn İstanbul", ["strasse", "fin", "istanbul"]),
        ("cafe\u0301 agro\xadforestry", ["cafe", "agroforestry"]),
        ("التُّرْبَة العـــلم", ["التربة", "العلم"]),
        ("10.1016/j.geoderma CO₂ m² 4‰", ["10", "1016", "j", "geoderma", "co2", "m2", "4"]),
        ("a\x00b <> \ud800 ---", ["a", "b"]),
        ("", []),
    ],
)
def test_words_are_folded(text, words):
    assert analysis.words(text) == words


def test_words_of_ascii_are_those_that_any_text_has():
    every = "".join(map(chr, range(128)))
    assert [place.span() for place in analysis.places(every)] == [
        place.span() for place in analysis.WORD.finditer(every)
    ]
    assert [place[0] for place in analysis.places("cafe\u0301 agro\xadforestry")] == ["cafe\u0301", "agro\xadforestry"]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "soils", "soil"),
        ("en", "organisation", "organizing"),
        ("en", "colour", "colors"),
        ("en", "practise", "practice"),
        ("en", "practising", "practices"),
        ("en", "centre", "centers"),
        ("en", "metres", "meter"),
        ("en", "modelling", "modeled"),
        ("en", "analysed", "analyze"),
        ("en", "programmes", "program"),
        ("en", "catalogue", "catalogs"),
        ("en", "licence", "licenses"),
        ("en", "fertiliser", "fertilizers"),
        ("en", "sulphur", "sulfur"),
        ("en", "ploughing", "plow"),
        ("fr", "foret", "forets"),
        ("fr", "agroforesterie", "agroforesteries"),
        ("fr", "regenerees", "regenerer"),
        ("fr", "securite", "securites"),
        ("fr", "forestiere", "forestiers"),
        ("es", "suelo", "suelos"),
        ("es", "investigacion", "investigaciones"),
        ("es", "agricola", "agricolas"),
        ("ar", "التربة", "تربة"),
        ("ar", "والكربون", "كربون"),
        ("pt-br", "solos", "solo"),
    ],
)
def test_forms_of_a_word_share_a_stem(language, one, other):
    assert analysis.stem(one, language) == analysis.stem(other, language)


@pytest.mark.parametrize(
    ("language", "one", "other"), [("en", "course", "corse"), ("en", "four", "for"), ("fr", "sol", "soleil")]
)
def test_other_words_do_not(language, one, other):
    assert analysis.stem(one, language) != analysis.stem(other, language)


def test_a_language_without_a_stemmer_keeps_its_words():
    assert analysis.stem("maji", "sw") == "maji"


def test_stop_words_are_folded():
    assert {"a", "the"} <= analysis.stop_words("en")
    assert {"apres", "l"} <= analysis.stop_words("fr")
    assert "tambien" in analysis.stop_words("es-mx")
    assert analysis.stop_words("sw") == frozenset()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>Soil &amp; water</p><p>Roots</p>", "Soil & water Roots"),
        ("yield at p < 0.05 and n > 3", "yield at p < 0.05 and n > 3"),
        ("one<br/>two<!-- three -->", "one two"),
        ("nul\x00 \ud800and   blanks", "nul and blanks"),
    ],
)
def test_markup_is_taken_out(text, plain):
    assert analysis.plain(text) == plain


def test_titles_sort_as_their_language_does():
    titles = ["Ñu", "nzaku", "Año", "anzuelo", "Œuvre", "oeuf", "État", "etang"]
    assert sorted(titles, key=lambda title: analysis.sort_key(title, "es")) == [
        "anzuelo", "Año", "etang", "État", "nzaku", "Ñu", "oeuf", "Œuvre",
    ]  # fmt: skip
    assert sorted(["Ñu", "nzaku", "nube"], key=lambda title: analysis.sort_key(title, "fr")) == ["Ñu", "nube", "nzaku"]


@pytest.mark.parametrize("algorithm", sorted(analysis._ALGORITHMS.values()))
def test_compiled_stemmers_and_those_in_python_agree(algorithm):
    """An index may have been made with either: what is compiled isn't there on every machine."""
    compiled = snowballstemmer.stemmer(algorithm)
    assert type(compiled).__module__ == "Stemmer"
    written = import_module(f"snowballstemmer.{algorithm}_stemmer")
    in_python = getattr(written, f"{algorithm.title()}Stemmer")()
    words = sorted(
        {word for text in (SOILS, *stopwords.RAW.values()) for word in (*analysis.words(text), *text.split())}
    )
    assert compiled.stemWords(words) == in_python.stemWords(words)


@pytest.fixture
def _threads_in_each_others_way():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("_threads_in_each_others_way")
def test_threads_do_not_take_one_anothers_words():
    words = [
        f"{root}{end}"
        for root in ("internation", "relation", "agricultur")
        for end in ("al", "ization", "ally", "ed", "ing")
    ]
    right = [analysis._stem(word, "en") for word in words]
    with ThreadPoolExecutor(4) as threads:
        found = threads.map(lambda _turn: [analysis._stem(word, "en") for word in words], range(400))
        assert all(stems == right for stems in found)
