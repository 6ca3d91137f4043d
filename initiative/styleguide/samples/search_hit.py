"""Samples of `components/search_hit.html`."""

import datetime

from django.utils.html import format_html

from initiative.styleguide.things import Thing, resource
from initiative.styleguide.words import say

GROUP = "Library and search"
INSIDE = ("ol", "results")


def samples():
    marked = format_html("{} <mark>{}</mark>", say("title"), say("topic"))
    hit = Thing(url="#", snippet_html=marked, date=datetime.date(2024, 12, 5))
    archived = resource(archived=True)
    return {
        "A page": {"row": Thing(hit=hit, title=marked)},
        "A work": {
            "row": Thing(hit=hit, title=marked, work=archived, language="fr", translation=say("title")),
            "level": 4,
        },
        "Found in a file": {
            "row": Thing(hit=Thing(url="#", attached_html=marked, attached_language="fr"), title=say("title"))
        },
        "A long word": {"row": Thing(hit=Thing(url="#", snippet_html=say("long")), title=say("long"))},
    }
