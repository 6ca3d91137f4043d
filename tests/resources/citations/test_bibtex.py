from hypothesis import given
from hypothesis import strategies as st

from resources.citations import bibtex_entry
from tests.resources import reading_back as read

ARTICLE = {
    "id": "walker-2022",
    "type": "article-journal",
    "title": "The potential of DNA & 50% of CO2 in France: Roots",
    "author": [{"family": "Walker", "given": "Wayne S."}, {"literal": "Food and Agriculture Organization"}],
    "editor": [{"family": "Sand, Clay and Silt", "given": "Ada"}],
    "issued": {"date-parts": [[2022, 5, 31]]},
    "container-title": "Soil & Tillage_Research",
    "volume": "119",
    "issue": "23",
    "page": "12-15",
    "publisher": "PNAS",
    "DOI": "10.1002/(SICI)1_2<3>4%5",
    "ISBN": "978-3-16-148410-0",
    "URL": "https://example.org/a_b?c=%20&d={e}#f",
    "language": "en",
    "keyword": "Roots; Land, water; Soils",
    "abstract": "One.\n\nTwo.",
    "narrator": [{"family": "Loam", "given": "Ada"}],
    "custom": {"others": True},
}


def test_an_article():
    assert bibtex_entry(ARTICLE) == (
        "@article{walker-2022,\n"
        "  title = {The potential of {DNA} \\& 50\\% of {CO2} in {France}: Roots},\n"
        "  author = {Walker, Wayne S. and {Food and Agriculture Organization} and others},\n"
        "  editor = {{Sand, Clay and Silt}, Ada},\n"
        "  year = {2022},\n"
        "  month = may,\n"
        "  date = {2022-05-31},\n"
        "  journal = {Soil \\& Tillage\\_Research},\n"
        "  volume = {119},\n"
        "  number = {23},\n"
        "  pages = {12--15},\n"
        "  publisher = {PNAS},\n"
        "  doi = {10.1002/(SICI)1_2<3>4%5},\n"
        "  isbn = {978-3-16-148410-0},\n"
        "  url = {https://example.org/a_b?c=%20&d=%7Be%7D#f},\n"
        "  language = {en},\n"
        "  keywords = {Roots, {Land, water}, Soils},\n"
        "  note = {Narrator: Ada Loam},\n"
        "  abstract = {One. Two.},\n"
        "}\n"
    )


def test_the_least_there_is():
    assert (
        bibtex_entry({"id": "roots", "type": "document", "title": "Roots"}) == "@misc{roots,\n  title = {Roots},\n}\n"
    )


def test_each_type_keeps_container_and_publisher_where_it_should():
    def lines(kind):
        told = {"id": "x", "type": kind, "title": "X", "container-title": "In", "publisher": "By"}
        entry = bibtex_entry(told).splitlines()
        return [entry[0], *entry[2:-1]]

    assert lines("article-newspaper") == ["@article{x,", "  journal = {In},", "  publisher = {By},"]
    assert lines("book") == ["@book{x,", "  series = {In},", "  publisher = {By},"]
    assert lines("chapter") == ["@incollection{x,", "  booktitle = {In},", "  publisher = {By},"]
    assert lines("report") == ["@techreport{x,", "  series = {In},", "  institution = {By},"]
    assert lines("dataset") == ["@misc{x,", "  howpublished = {In},", "  publisher = {By},"]


def test_dates_of_any_precision():
    def lines(issued):
        return bibtex_entry({"id": "x", "type": "book", "title": "X", "issued": issued}).splitlines()[2:-1]

    assert lines({"date-parts": [[2022]]}) == ["  year = {2022},", "  date = {2022},"]
    assert lines({"date-parts": [[2022, 12]]}) == ["  year = {2022},", "  month = dec,", "  date = {2022-12},"]
    assert lines({"date-parts": [[2018, 10, 24], [2018, 10, 26]]}) == [
        "  year = {2018},",
        "  month = oct,",
        "  date = {2018-10-24/2018-10-26},",
    ]
    assert lines({"literal": "in press"}) == ["  year = {in press},"]


def test_a_film_is_by_its_directors():
    film = {"id": "x", "type": "motion_picture", "title": "X", "director": [{"family": "Loam", "given": "Ada"}]}
    assert "  author = {Loam, Ada},\n" in bibtex_entry(film)


def test_editors_alone_have_the_others():
    book = {"id": "x", "type": "book", "title": "X", "editor": [{"family": "Loam"}], "custom": {"others": True}}
    assert "  editor = {{Loam} and others},\n" in bibtex_entry(book)


def title(text: str) -> str:
    return bibtex_entry({"id": "x", "type": "book", "title": text}).splitlines()[1].removeprefix("  title = ")[:-1]


def test_capitals_that_no_style_may_take_away():
    assert title("Soils of Africa, seen from “Paris”") == "{Soils of {Africa}, seen from “{Paris}”}"
    assert title("NEXT: A Tool That Helps You Count") == "{{NEXT}: A Tool That Helps You Count}"
    assert title("L’état des sols. Les sols du Sahel") == "{L’état des sols. Les sols du {Sahel}}"
    assert title("pH and mRNA of a 4p1000 farm") == "{{pH} and {mRNA} of a 4p1000 farm}"
    assert title("تربة وكربون") == "{تربة وكربون}"


def test_what_tex_would_take_for_a_command():
    assert title("\\ { } ~ ^ $ # _ % &") == (
        "{{\\textbackslash} {\\textbraceleft} {\\textbraceright} {\\textasciitilde} {\\textasciicircum} \\$ \\# \\_ \\% \\&}"
    )


# What TeX itself makes other signs of (dashes, quotation marks), and accents that pylatexenc writes as one sign.
WORDS = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters="-'`~^!?<>\"", max_codepoint=0x2FFF), min_size=1
)
TITLES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)


@given(TITLES, WORDS, WORDS)
def test_whatever_is_written_is_read_back(text, family, given_name):
    item = {"id": "x", "type": "book", "title": text, "author": [{"family": family, "given": given_name}], "page": text}
    (told,) = read.from_bibtex(bibtex_entry(item)).values()
    assert (told.title, told.makers) == (text, [f"{family}, {given_name}"])
