"""Samples of `components/file_row.html`."""

from initiative.base.languages import language_name
from initiative.styleguide.words import say

GROUP = "Library and search"
INSIDE = ("ul", "files")


def samples():
    file = {
        "href": "#",
        "format": "PDF",
        "language": "fr",
        "language_name": language_name("fr"),
        "media_type": "application/pdf",
    }
    return {
        "A file": {"file": file | {"size": 2_100_000, "sha256": "9f86d081884c7d659a2feaa0c55ad015" * 2}},
        "An address": {"file": file | {"format": "HTML", "host": "example.org"}, "text": say("go")},
        "With a label": {"file": file | {"label": say("title"), "size": 900}},
        "A long word": {"file": {"href": "#", "format": "DOCX", "label": say("long"), "size": 12}},
    }
