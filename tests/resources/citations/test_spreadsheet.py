import csv
import io

from resources.citations.spreadsheet import COLUMNS, csv_header, csv_row
from resources.queries import resources_in_portions
from tests.factories import PersonFactory, ResourceFactory


def read(resource) -> dict:
    """The row as a spreadsheet has it."""
    ((found,),) = resources_in_portions([resource.pk])
    return next(csv.DictReader(io.StringIO(csv_header().removeprefix("\ufeff") + csv_row(found), newline="")))


def test_each_text_of_a_row_is_made_harmless(site):
    resource = ResourceFactory(
        title='=HYPERLINK("https://example.org","roots")',
        abstract="@one\n\n+two",
        container="-journal",
        publisher="=cmd",
        volume="+1",
        pages="-2",
        people=[PersonFactory(given_name="", family_name="=Loam")],
    )
    row = read(resource)
    assert row["title"] == '\'=HYPERLINK("https://example.org","roots")'
    assert row["abstract"] == "'@one +two"
    found = [row[name] for name in ("container", "publisher", "volume", "pages", "authors")]
    assert found == ["'-journal", "'=cmd", "'+1", "'-2", "'=Loam"]
    assert [cell for cell in row.values() if cell[:1] in tuple("=+-@\t\r")] == []


def test_the_first_line_is_the_same_in_every_language():
    assert csv_header() == (
        "\ufeffid,url,type,title,language,title_translation,authors,editors,directors,narrators,and_others,date,year,container,"
        "volume,issue,pages,publisher,doi,isbn,link,licence,open_access,abstract,topics,places,research_priorities,audiences,files,"
        "archived,replaces,replaced_by,updated\r\n"
    )
    assert len(COLUMNS) == len(set(COLUMNS)) == 33
