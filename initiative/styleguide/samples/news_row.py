"""Samples of `components/news_row.html`."""

import datetime

from initiative.styleguide.things import SamplePicture, Thing
from initiative.styleguide.words import say

GROUP = "News and events"
INSIDE = ("ul", "news-list")


def samples():
    article = Thing(
        title=say("title"),
        path="#",
        date=datetime.date(2024, 12, 5),
        introduction=say("sentence"),
        archived=False,
        image=None,
    )
    return {
        "In full": {"article": Thing(**vars(article) | {"image": SamplePicture()})},
        "Without a picture": {"article": article},
        "Plain, archived": {"article": Thing(**vars(article) | {"archived": True}), "plain": True, "level": 4},
        "In another language": {
            "article": Thing(**vars(article) | {"title": "Le jour des sols", "text_language": "fr"}),
            "plain": True,
        },
        "A long word": {"article": Thing(**vars(article) | {"title": say("long"), "introduction": say("long")})},
    }
