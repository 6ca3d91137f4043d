"""Samples of `components/pagination.html`."""

from django.core.paginator import Paginator

GROUP = "Library and search"


def samples():
    pages = Paginator(range(240), 20)
    return {
        "In the middle": {"pages": pages.page(6)},
        "The first": {"pages": pages.page(1)},
        "The last": {"pages": pages.page(12)},
        "Given as links": {
            "links": [{"number": 1, "url": "#", "current": True}, None, {"number": 1200, "url": "#"}],
            "previous_url": "#",
            "next_url": "#",
        },
        "Empty": {"pages": Paginator(range(3), 20).page(1)},
    }
