"""Samples of `components/crumbs.html`."""

from initiative.styleguide.words import say

GROUP = "Frame of a page"


def samples():
    crumb = {"title": say("title"), "url": "#"}
    return {
        "Two levels": {"crumbs": [crumb, {"title": say("topic"), "url": "#"}]},
        "With this page": {"crumbs": [crumb], "here": say("topic")},
        "In another language": {"crumbs": [{"title": "Les sols", "url": "#", "lang": "fr"}]},
        "A long word": {"crumbs": [{"title": say("long"), "url": "#"}], "here": say("long")},
        "Empty": {"crumbs": []},
    }
