"""Samples of `components/quote.html`."""

from initiative.styleguide.words import say

GROUP = "Texts"


def samples():
    return {
        "With its source": {"text": say("sentence"), "attribution": say("person"), "source": "https://example.org/"},
        "In another language": {"text": "Le sol se souvient.", "attribution": say("person"), "language": "fr"},
        "Words alone": {"text": say("sentence")},
        "A long word": {"text": say("long"), "attribution": say("long")},
    }
