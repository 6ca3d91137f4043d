"""One record, one source: how a resource is cited and written down in the formats that others read.

`citation_item` says a resource in CSL-JSON. BibTeX, RIS and APA are written from that item alone, so they can't disagree.
`public_record` says all that is public of a resource; JSON and CSV are written from it.
"""

from resources.citations.apa import apa_digest, apa_html
from resources.citations.bibtex import bibtex_entry
from resources.citations.item import citation_item
from resources.citations.record import public_record
from resources.citations.ris import ris_entry
from resources.citations.spreadsheet import csv_header, csv_row
from resources.citations.written import reference

__all__ = [
    "apa_digest",
    "apa_html",
    "bibtex_entry",
    "citation_item",
    "csv_header",
    "csv_row",
    "public_record",
    "reference",
    "ris_entry",
]
