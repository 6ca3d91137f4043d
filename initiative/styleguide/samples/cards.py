"""Samples of `components/cards.html`."""

from django.utils.html import format_html

from initiative.styleguide.things import SamplePicture
from initiative.styleguide.words import say

GROUP = "Texts"


def samples():
    card = {"title": say("title"), "text": format_html("<p>{}</p>", say("sentence")), "url": "#"}
    return {
        "Three": {"items": [card] * 3},
        "Numbered": {"items": [card] * 2, "counted": True, "level": 4},
        "With a picture": {"items": [card | {"image": SamplePicture()}, {"title": say("title")}]},
        "A long word": {"items": [{"title": say("long"), "text": say("long")}] * 2},
    }
