"""Samples of `components/resource_hit.html`."""

from django.utils.html import format_html

from initiative.base import languages
from initiative.styleguide.things import resource
from initiative.styleguide.words import say

GROUP = "Library and search"
INSIDE = ("ol", "results")


def samples():
    marked = format_html("{} <mark>{}</mark>", say("title"), say("topic"))
    other = "fr" if languages.current() != "fr" else "en"
    translations = {"text_in": lambda field, code: say("sentence"), "language": other, "title": "Le jour des sols"}
    return {
        "Found": {"resource": resource("loess"), "title": marked, "snippet": marked},
        "Found in a file": {
            "resource": resource("gleysol", ("water",)),
            "attached": marked,
            "attached_language": other,
        },
        "In another language": {
            "resource": resource("andosol", **translations),
            "snippet": "Le sol se souvient.",
            "snippet_language": other,
        },
        "Archived, not open": {
            "resource": resource("vertisol", (), is_open=False, archived=True, byline=""),
            "level": 4,
        },
        "A long word": {"resource": resource(title=say("long"), byline=say("long"), abstract=say("long"))},
    }
