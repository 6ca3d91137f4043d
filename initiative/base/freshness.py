"""How late a change may reach readers: ten seconds, whatever keeps an answer on its way to them.

The parts add up. What a worker knows of menus and addresses is `KNOWN` seconds old at most when a page is made of it, and what it
reads from a replica of the database `REPLICA`; the page is kept `PAGES` seconds, by the application and by a cache before it
together; and `STALE` seconds more while somebody makes it anew. The worker that made a change forgets at once, and who is signed
in is given no kept page.

Nothing has to be told when something changes. So nothing can be forgotten: neither a translation nor a date that passes nor
another process or machine that writes.
"""

KNOWN = 3
PAGES = 4
STALE = 2
REPLICA = 1
# From when on what a worker knows is read again beside its requests, after an answer: so readers seldom wait for that.
RENEWED = 2
# How long a page may stand in for one that can't be made.
WITHOUT_US = 86_400


def cache_control(age: int = 0) -> str:
    """What caches are told of an anonymous page that was made `age` seconds ago: a second at least, or a front wouldn't have
    it for the day when nobody answers."""
    left = max(1, PAGES - age)
    return (
        f"public, max-age=0, s-maxage={left}, stale-while-revalidate={max(0, PAGES + STALE - age - left)}, "
        f"stale-if-error={WITHOUT_US}"
    )
