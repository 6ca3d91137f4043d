"""References as readers see them. The style is the Citation Style Language project's; what is checked is what we do with it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.citations import apa_html
from resources.citations.apa import _reference, _style
from resources.enums import CslType

ADA = {"family": "Loam", "given": "Ada B."}
JUAN = {"family": "Arcilla", "given": "Juan-jo"}
YEAR = {"date-parts": [[2022]]}


def apa(language="en", **item) -> str:
    return apa_html({"id": "x", "type": "report", "title": "Roots", **item}, language)


def test_an_article():
    item = {
        "type": "article-journal",
        "author": [ADA, JUAN],
        "issued": {"date-parts": [[2022, 5, 31]]},
        "container-title": "Soil & Tillage",
        "volume": "119",
        "issue": "23",
        "page": "12-15",
        "DOI": "10.1000/182",
        "ISBN": "978-3-16-148410-0",
        "keyword": "Roots",
        "abstract": "On roots.",
    }
    assert apa(**item) == (
        "Loam, A. B., &amp; Arcilla, J.-J. (2022). Roots. <em>Soil &amp; Tillage</em>, <em>119</em>(23), 12–15. "
        "https://doi.org/10.1000/182"
    )


def test_the_first_work_that_a_process_prints_has_its_words_too():
    """Words of the language were asked for before anything was printed, and came out as `none`."""
    _style.cache_clear()
    _reference.cache_clear()
    assert apa() == "<em>Roots</em>. (n.d.)."
    _style.cache_clear()
    _reference.cache_clear()
    assert apa("fr", author=[ADA], custom={"others": True}) == "Loam, A. B., et al. (s.\xa0d.). <em>Roots</em>."


@pytest.mark.parametrize(
    ("language", "directors", "when", "film"),
    [
        ("en", "Directors", "September", "Video recording"),
        ("fr", "réalisateurs", "septembre", "Enregistrement vidéo"),
        ("es", "directores", "septiembre", "Video recording"),
        ("ar", "إدارة", "سبتمبر", "Video recording"),
        ("pt-br", "diretores", "setembro", "Gravação de vídeo"),
    ],
)
def test_a_film_in_the_words_of_each_language(language, directors, when, film):
    item = {
        "type": "motion_picture",
        "director": [ADA, JUAN],
        "issued": {"date-parts": [[2020, 9]]},
        "publisher": "FAO",
    }
    assert apa(language, narrator=[{"family": "Hearsay"}], **item) == (
        f"Loam, A. B., &amp; Arcilla, J.-J. ({directors}). (2020, {when}). <em>Roots</em> [{film}]. FAO."
    )


def test_the_active_language_by_default():
    item = {"id": "x", "type": "book", "title": "Roots"}
    assert apa_html(item) == "<em>Roots</em>. (n.d.)."


def test_a_title_that_stands_for_the_author_comes_once():
    assert apa(issued=YEAR, publisher="FAO") == "<em>Roots</em>. (2022). FAO."
    assert apa("fr") == "<em>Roots</em>. (s.\xa0d.)."
    assert apa(type="dataset", URL="https://example.org/") == "<em>Roots</em>. (n.d.). [Dataset]. https://example.org/"


def test_editors_who_stand_for_the_author_come_once():
    assert apa(type="book", editor=[ADA], publisher="FAO") == "Loam, A. B. (Ed.). (n.d.). <em>Roots</em>. FAO."
    chapter = {"type": "chapter", "author": [JUAN], "editor": [ADA, ADA], "container-title": "Soils", "page": "1-9"}
    assert apa(**chapter) == (
        "Arcilla, J.-J. (n.d.). Roots. In A. B. Loam &amp; A. B. Loam (Eds.), <em>Soils</em> (pp. 1–9)."
    )


def test_others():
    others = {"custom": {"others": True}}
    assert apa(author=[ADA], **others) == "Loam, A. B., et al. (n.d.). <em>Roots</em>."
    assert apa(author=[ADA, JUAN], **others) == "Loam, A. B., Arcilla, J.-J., et al. (n.d.). <em>Roots</em>."
    assert apa("ar", author=[ADA], **others) == "Loam, A. B., وآخرون. (د.ت). <em>Roots</em>."
    assert apa(author=[ADA] * 30, **others) == f"{'Loam, A. B., ' * 19}et al. (n.d.). <em>Roots</em>."
    assert apa(type="book", editor=[ADA], **others) == "Loam, A. B., et al. (Eds.). (n.d.). <em>Roots</em>."


def test_dates():
    assert apa(issued={"date-parts": [[2018, 3], [2018, 5]]}) == "<em>Roots</em>. (2018)."
    assert apa(issued={"date-parts": [[2018], [2019]]}) == "<em>Roots</em>. (2018–2019)."
    assert apa(issued={"literal": "in press"}) == "<em>Roots</em>. (in press)."


def test_names_that_have_no_initials():
    assert apa(author=[{"family": "لول", "given": "محمد"}]) == "لول, محمد. (n.d.). <em>Roots</em>."
    assert apa(author=[{"family": "Loam"}]) == "Loam. (n.d.). <em>Roots</em>."
    assert apa(author=[{"literal": "FAO & partners"}]) == "FAO &amp; partners. (n.d.). <em>Roots</em>."
    assert apa(author=[{"family": "Beethoven", "given": "Ludwig van"}]) == "Beethoven, L. van. (n.d.). <em>Roots</em>."


def test_a_title_that_ends_a_sentence_gets_no_full_stop():
    assert apa(title="Whose soil?", author=[ADA]) == "Loam, A. B. (n.d.). <em>Whose soil?</em>"
    assert apa(title="Roots.", author=[ADA]) == "Loam, A. B. (n.d.). <em>Roots.</em>"


def test_nothing_but_emphasis_is_markup():
    item = {
        "author": [{"literal": "<b>A</b>"}],
        "title": "<script>x</script> & <i>y</i>",
        "publisher": "\ue000P\ue001\ue002",
    }
    assert apa(**item) == (
        "&lt;b&gt;A&lt;/b&gt;. (n.d.). <em>&lt;script&gt;x&lt;/script&gt; &amp; &lt;i&gt;y&lt;/i&gt;</em>. P."
    )


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NAMES = st.lists(
    st.one_of(
        st.builds(lambda text: {"literal": text or "X"}, TEXT),
        st.builds(lambda family, given: {"family": family or "X", "given": given}, TEXT, TEXT),
    ),
    max_size=3,
)


@given(
    st.sampled_from(CslType.values),
    TEXT.filter(str.strip),
    st.fixed_dictionaries({"author": NAMES, "editor": NAMES, "director": NAMES}),
    st.dictionaries(st.sampled_from(["container-title", "volume", "issue", "page", "publisher", "DOI", "URL"]), TEXT),
)
@settings(max_examples=150, deadline=None)
def test_whatever_is_written_there_is_a_reference(kind, title, people, facts):
    told = {name: value for name, value in {**people, **facts}.items() if value}
    html = apa(type=kind, title=title, **told)
    assert html.count("<") == html.count("<em>") + html.count("</em>")


def test_many_threads_at_once_get_the_same_as_one():
    def reference(number):
        return apa("es", title=f"Roots {number % 20}", type="book", editor=[ADA], volume=str(number))

    expected = [f"Loam, A. B. (ed.). (n.d.). <em>Roots {number % 20}</em> (Vol. {number})." for number in range(100)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(reference, range(100))) == [one.replace("n.d.", "s.\xa0f.") for one in expected]
