"""The lines of a page's head."""

from initiative.base.head import Alternate, Feed, Head, Link, Meta
from initiative.templatetags.heads import head_lines

SITE = "https://www.example.org"
HOSTILE = "<i>\"'&"
ESCAPED = "&lt;i&gt;&quot;&#x27;&amp;"


def test_each_thing_that_a_head_says_has_a_line():
    head = Head(
        "Roots",
        alternates=[
            Alternate("en", "/en/roots/", True),
            Alternate("fr", "/fr/racines/", True),
            Alternate("es", "/es/", False),
        ],
        feeds=[Feed("News & more", "application/rss+xml", "/en/news/feed/")],
        links=[Link("cite-as", "https://doi.org/10.1/a"), Link("item", "/a.pdf", "application/pdf", "A & B")],
        metas=[Meta("DC.title", "Roots", "fr"), Meta("citation_volume", "7")],
    )
    assert head_lines(head, SITE).split("\n  ") == [
        '<link rel="alternate" hreflang="en" href="https://www.example.org/en/roots/">',
        '<link rel="alternate" hreflang="fr" href="https://www.example.org/fr/racines/">',
        '<link rel="alternate" hreflang="x-default" href="https://www.example.org/en/roots/">',
        '<link rel="alternate" type="application/rss+xml" title="News &amp; more" href="/en/news/feed/">',
        '<link rel="cite-as" href="https://doi.org/10.1/a">',
        '<link rel="item" href="/a.pdf" type="application/pdf" title="A &amp; B">',
        '<meta name="DC.title" content="Roots" lang="fr">',
        '<meta name="citation_volume" content="7">',
    ]


def test_nothing_of_what_has_no_head_or_says_nothing():
    assert head_lines("", SITE) == head_lines(Head("Roots"), SITE) == ""


def test_nothing_brings_markup_in():
    head = Head(
        HOSTILE,
        alternates=[Alternate(HOSTILE, HOSTILE, True), Alternate("fr", HOSTILE, True)],
        feeds=[Feed(HOSTILE, HOSTILE, HOSTILE)],
        links=[Link(HOSTILE, HOSTILE, HOSTILE, HOSTILE)],
        metas=[Meta(HOSTILE, HOSTILE, HOSTILE)],
    )
    lines = head_lines(head, HOSTILE)
    assert HOSTILE not in lines
    # Three addresses behind the site's, and one language; a feed's three, a link's four, a statement's three.
    assert lines.count(ESCAPED) == 3 * 2 + 1 + 3 + 4 + 3
