"""Lists of what a search found."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace

from django.http import QueryDict

from initiative.search import listing, text_asked
from initiative.search.query import LONGEST_TEXT


def test_the_words_are_as_many_as_the_form_takes(client, site):
    assert text_asked({"q": " a\x00b " + "c" * LONGEST_TEXT}) == "ab " + "c" * (LONGEST_TEXT - 3)
    assert text_asked({}) == ""
    page = client.get("/en/resources/").content.decode()
    assert f'name="q" type="search" maxlength="{LONGEST_TEXT}"' in page
    asked = client.get("/en/resources/", {"q": "soil " * 200})
    assert asked.url == f"/en/resources/?q={'soil+' * 99}soil"


def test_one_slow_search_keeps_no_other_list_waiting(monkeypatch):
    """The property of Python 3.11's functools had one lock for all lists: threads of a worker searched one after the other."""
    both = Barrier(2, timeout=10)

    def search(query):
        both.wait()
        return SimpleNamespace(total=0, counts={}, asked=query.text)

    monkeypatch.setattr(listing, "search", search)
    lists = [listing.SearchList(QueryDict(f"q={text}"), "/en/", "en") for text in ("slow", "quick")]
    with ThreadPoolExecutor(2) as threads:
        assert [found.asked for found in threads.map(lambda one: one.results, lists)] == ["slow", "quick"]


def test_addresses_differ_in_path_page_language_and_what_is_changed():
    found = listing.SearchList(QueryDict("q=soil+%26+water&sort=newest&page=3"), "/en/", "en")
    found.orders = [("newest", "newest first")]
    found.sort = "newest"
    assert found.url() == "/en/?q=soil+%26+water&sort=newest"
    assert found.url(2) == "/en/?q=soil+%26+water&sort=newest&page=2"
    assert found.url(path="/en/feed.atom") == "/en/feed.atom?q=soil+%26+water&sort=newest"
    assert found.url(2, "fr", "/fr/") == "/fr/?q=soil+%26+water&sort=newest&page=2"
    assert found.url(sort="") == "/en/?q=soil+%26+water"
    assert found.url(2, q="", sort="") == "/en/?page=2"
    assert found.url(0, q="", sort="") == "/en/"
