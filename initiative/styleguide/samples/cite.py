"""Samples of `components/cite.html`."""

from django.utils.html import format_html

from initiative.styleguide.words import say

GROUP = "Library and search"


def samples():
    words = f"{say('person')}. (2024). {say('title')} {say('journal')}."
    return {
        "Two ways": {
            "citations": [
                {"id": "apa", "label": "APA", "html": format_html("{}", words)},
                {"id": "bibtex", "label": "BibTeX", "text": "@article{loam2024,\n  year = {2024},\n}", "url": "#"},
            ]
        },
        "A long word": {"citations": [{"id": "long", "label": "RIS", "text": say("long") * 2, "url": "#"}]},
    }
