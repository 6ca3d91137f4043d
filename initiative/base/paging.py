"""Which pages of a long list are linked, for lists whose addresses aren't a paginator's."""

from collections.abc import Callable


def page_count(total: int, size: int) -> int:
    """How many pages there are, at least one."""
    return max(1, -(-total // size))


def page_number(text: str | None, last: int) -> int:
    """A page from 1 to `last`; nonsense is the first page."""
    if text and text.isascii() and text.isdigit() and len(text) < 10:
        return min(max(int(text), 1), last)
    return 1


def page_links(number: int, count: int, url: Callable[[int], str]) -> list[dict | None]:
    """First, last and the neighbours: `{"number", "url", "current"}`; None where pages are left out."""
    shown = sorted({1, count, *range(number - 1, number + 2)} & set(range(1, count + 1)))
    links: list[dict | None] = []
    before = 0
    for page in shown:
        if page > before + 1:
            links.append(None)
        links.append({"number": page, "url": url(page), "current": page == number})
        before = page
    return links
