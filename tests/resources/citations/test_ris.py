from resources.citations import ris_entry
from tests.resources.citations.test_bibtex import ARTICLE


def test_an_article():
    assert ris_entry(ARTICLE) == "\r\n".join(
        [
            "TY  - JOUR",
            "ID  - walker-2022",
            "TI  - The potential of DNA & 50% of CO2 in France: Roots",
            "AU  - Walker, Wayne S.",
            "AU  - Food and Agriculture Organization",
            "ED  - Sand, Clay and Silt, Ada",
            "PY  - 2022",
            "DA  - 2022/05/31/",
            "T2  - Soil & Tillage_Research",
            "VL  - 119",
            "IS  - 23",
            "SP  - 12",
            "EP  - 15",
            "PB  - PNAS",
            "DO  - 10.1002/(SICI)1_2<3>4%5",
            "SN  - 978-3-16-148410-0",
            "UR  - https://example.org/a_b?c=%20&d={e}#f",
            "LA  - en",
            "KW  - Roots",
            "KW  - Land, water",
            "KW  - Soils",
            "N1  - There are more authors than those named.",
            "N1  - Narrator: Ada Loam",
            "AB  - One. Two.",
            "ER  - ",
            "",
            "",
        ]
    )


def test_the_least_there_is():
    assert (
        ris_entry({"id": "x", "type": "document", "title": "X"}) == "TY  - GEN\r\nID  - x\r\nTI  - X\r\nER  - \r\n\r\n"
    )


def lines(**more) -> list[str]:
    return ris_entry({"id": "x", "type": "book", "title": "X", **more}).split("\r\n")[3:-3]


def test_dates_of_any_precision():
    assert lines(issued={"date-parts": [[2022]]}) == ["PY  - 2022", "DA  - 2022///"]
    assert lines(issued={"date-parts": [[2022, 5]]}) == ["PY  - 2022", "DA  - 2022/05//"]
    assert lines(issued={"date-parts": [[2018, 10, 24], [2018, 10, 26]]}) == [
        "PY  - 2018",
        "DA  - 2018/10/24/until 2018-10-26",
    ]
    assert lines(issued={"literal": "in press"}) == ["DA  - ///in press"]


def test_pages_are_only_divided_where_there_are_two():
    assert lines(page="e211") == ["SP  - e211"]
    assert lines(page="1-2-3") == ["SP  - 1-2-3"]
    assert lines(page="1-5, 8-9") == ["SP  - 1-5, 8-9"]
    assert lines(page="12-") == ["SP  - 12-"]


def test_editors_of_a_chapter_are_second_authors():
    assert lines(type="chapter", editor=[{"family": "Loam", "given": "Ada"}]) == ["A2  - Loam, Ada"]


def test_nothing_begins_a_line_that_should_not():
    assert lines(abstract="One\nER  - \nTY  - BOOK") == ["AB  - One ER - TY - BOOK"]
