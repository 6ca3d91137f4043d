"""Samples of `components/video.html`."""

from initiative.styleguide.things import SamplePicture
from initiative.styleguide.words import say

GROUP = "Texts"


def samples():
    return {
        "Drawn": {
            "title": say("title"),
            "url": "https://example.org/film",
            "youtube_id": "abcdefghijk",
            "seed": "hedge",
        },
        "With a still and its words": {
            "title": say("title"),
            "url": "https://example.org/film",
            "still": SamplePicture(),
            "caption": say("sentence"),
            "transcript": say("sentence"),
        },
        "A long word": {"title": say("long"), "url": "https://example.org/film", "caption": say("long")},
    }
