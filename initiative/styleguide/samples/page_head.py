"""Samples of `components/page_head.html`."""

from initiative.styleguide.things import Thing
from initiative.styleguide.words import say

GROUP = "Frame of a page"


def samples():
    return {
        "In full": {
            "title": say("title"),
            "introduction": say("sentence"),
            "crumbs": [{"title": say("topic"), "url": "#"}],
            "meta": say("journal"),
        },
        "A title": {"title": say("topic")},
        "In another language": {"title": "Le jour des sols", "lang": "fr"},
        "A page left in another language": {
            "page": Thing(heading="Le jour des sols", untranslated={}),
            "title": "Le jour des sols",
        },
        "A long word": {"title": say("long"), "introduction": say("long")},
    }
