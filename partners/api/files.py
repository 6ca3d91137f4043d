"""The open data as files: CSV, JSON and GeoJSON, with licence and version, and the dictionary of their fields."""

import json
from collections.abc import Iterable, Iterator

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from initiative.base import languages
from initiative.base.spreadsheet import BYTE_ORDER_MARK, csv_line
from initiative.base.strata.countries import COUNTRIES
from partners.api import records
from partners.api.schemas import CommitmentOut, PartnerOut

# name → (its fields, all of them, those as records)
SETS = {
    "partners": (PartnerOut, records.partners, records.partner_records),
    "commitments": (CommitmentOut, records.commitments, records.commitment_records),
}
MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "geojson": "application/geo+json"}


def _columns(schema) -> list[tuple[str, str, str]]:
    """(column, field, language) of a CSV file: a text has a column a language."""
    found = []
    for name, field in schema.model_fields.items():
        codes = languages.codes() if field.annotation == dict[str, str] else [""]
        found += [(f"{name}_{code}" if code else name, name, code) for code in codes]
    return found


def _cell(record: dict, field: str, language: str) -> object:
    value = record[field].get(language, "") if language else record[field]
    return "; ".join(map(str, value)) if isinstance(value, list) else value


def as_csv(name: str) -> Iterator[str]:
    """All of a set, one a row; several values in a cell have a semicolon between them."""
    schema, found, records_of = SETS[name]
    columns = _columns(schema)
    yield BYTE_ORDER_MARK + csv_line(column for column, _field, _language in columns)
    for record in records.every(found(), records_of):
        yield csv_line(_cell(record, field, language) for _column, field, language in columns)


def as_json(name: str) -> Iterator[str]:
    """All of a set, with licence and version; a record a line."""
    _schema, found, records_of = SETS[name]
    return _json(about(), name, records.every(found(), records_of))


def as_geojson(name: str) -> Iterator[str]:
    """All of a set that has a country, each at a point well inside it: nothing finer is known."""
    _schema, found, records_of = SETS[name]
    said = {"type": "FeatureCollection", **about(), "precision": "country"}
    return _json(said, "features", map(_feature, records.every(found(), records_of)))


def _feature(record: dict) -> dict:
    codes = record.get("countries") or [record.get("country")]
    points = [[COUNTRIES[code][1], COUNTRIES[code][0]] for code in codes if code in COUNTRIES]
    geometry = None
    if points:
        geometry = {"type": "MultiPoint", "coordinates": points}
        if len(points) == 1:
            geometry = {"type": "Point", "coordinates": points[0]}
    return {"type": "Feature", "id": record["id"], "geometry": geometry, "properties": record}


def dictionary() -> dict:
    """What each field of each set means: `{"licence", "version", "partners": {field: {"type", "description"}}, …}`."""
    fields = {
        name: {
            field: {"description": known.description, "type": _type(schema, field)}
            for field, known in schema.model_fields.items()
        }
        for name, (schema, _found, _records_of) in SETS.items()
    }
    return {**about(), **fields}


def _type(schema, field: str) -> str:
    known = schema.json_schema()["properties"][field]
    kinds = [known, *known.get("anyOf", [])]
    return " or ".join(dict.fromkeys(kind.get("format") or kind["type"] for kind in kinds if "type" in kind))


def about() -> dict:
    """Licence and version."""
    return {"licence": records.LICENCE, "version": timezone.localdate()}


def _json(said: dict, name: str, records_found: Iterable[dict]) -> Iterator[str]:
    """An object that says this, and has all records under that name; a piece for each."""
    yield f"{_written(said)[:-1]}, {_written(name)}: ["
    for number, record in enumerate(records_found):
        yield f"{',' if number else ''}\n{_written(record)}"
    yield "\n]}\n"


def _written(content) -> str:
    return json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False)


WRITERS = {"csv": as_csv, "json": as_json, "geojson": as_geojson}
