"""Samples of `components/accordion.html`."""

from django.utils.html import format_html

from initiative.styleguide.words import say

GROUP = "Texts"


def samples():
    text = format_html("<p>{}</p>", say("sentence"))
    return {
        "Two questions": {"items": [{"title": say("title"), "text": text}] * 2},
        "A long word": {"items": [{"title": say("long"), "text": text}]},
        "Empty": {"items": []},
    }
