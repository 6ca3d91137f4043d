"""CSV: a resource a row, safe to open in a spreadsheet."""

from initiative.base.spreadsheet import BYTE_ORDER_MARK, csv_line
from resources.citations.item import citation_item, sorted_name
from resources.citations.record import public_record
from resources.citations.text import one_line
from resources.enums import Role

_BETWEEN = "; "

COLUMNS = [
    "id", "url", "type", "title", "language", "title_translation", "authors", "editors", "directors", "narrators",
    "and_others", "date", "year", "container", "volume", "issue", "pages", "publisher", "doi", "isbn", "link",
    "licence", "open_access", "abstract", "topics", "places", "research_priorities", "audiences",
    "files", "archived", "replaces", "replaced_by", "updated",
]  # fmt: skip


def csv_header() -> str:
    """The first line: the columns' names, the same in every language. A byte order mark tells spreadsheets of UTF-8."""
    return BYTE_ORDER_MARK + csv_line(COLUMNS)


def csv_row(resource) -> str:
    """The resource as one line. Several values in a cell have a semicolon between them."""
    values = _values(resource)
    return csv_line(values[column] for column in COLUMNS)


def _values(resource) -> dict[str, object]:
    record, item = public_record(resource), citation_item(resource)
    roles = (Role.AUTHOR, Role.EDITOR, Role.DIRECTOR, Role.NARRATOR)
    people = {role: _BETWEEN.join(sorted_name(name) for name in item.get(role, [])) for role in roles}
    return {
        **{column: record[column] for column in COLUMNS if column in record},
        "type": record["type"]["key"],
        "title_translation": one_line(resource.title_for_reader),
        "authors": people[Role.AUTHOR],
        "editors": people[Role.EDITOR],
        "directors": people[Role.DIRECTOR],
        "narrators": people[Role.NARRATOR],
        "and_others": _yes(record["and_others"]),
        "date": record["issued"],
        "year": resource.year,
        "open_access": _yes(record["open_access"]),
        "abstract": one_line(item.get("abstract")),
        "topics": _BETWEEN.join(topic["label"] for topic in record["topics"]),
        "places": _BETWEEN.join(place["code"] for place in record["places"]),
        "research_priorities": _BETWEEN.join(str(priority["number"]) for priority in record["research_priorities"]),
        "audiences": _BETWEEN.join(record["audiences"]),
        "files": _BETWEEN.join(file["url"] for file in record["files"]),
        "archived": _yes(record["archived"]),
    }


def _yes(value: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[value]
