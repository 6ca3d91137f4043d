"""Addresses of the library, made up by Hypothesis: none is an error of ours."""

import os
from urllib.parse import quote_plus

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests.nonsense.values import NONSENSE, UNDERSTOOD

# So many are tried; `.ci/run` wants 10,000.
FUZZED = int(os.environ.get("FUZZED_ADDRESSES", "200"))
PARTS = 4

TEXTS = st.one_of(
    st.sampled_from(NONSENSE[:30]),
    st.text(max_size=40),
    st.integers().map(str),
    st.binary(max_size=12).map(lambda raw: raw.decode("latin-1")),
)
PAIRS = st.one_of(
    *(st.tuples(st.just(name), st.sampled_from(values) | TEXTS) for name, values in UNDERSTOOD.items()),
    st.tuples(st.text(max_size=10), TEXTS),
)
# As browsers write it, as bytes of another encoding, or not encoded at all.
WRITTEN = st.one_of(
    st.just(lambda text: quote_plus(text.encode("utf-8", "replace"))),
    st.just(lambda text: quote_plus(text.encode("utf-16", "replace"))),
    st.just(lambda text: "".join(letter for letter in text if " " < letter < "\x7f" and letter != "#")),
)
LISTS = ["/en/resources/", "/fr/ressources/", "/es/recursos/", "/ar/resources/"]
FILES = ["export.bib", "export.ris", "export.csl.json", "export.csv", "export.json", "feed.atom", "opensearch.xml"]


@pytest.mark.parametrize("part", range(PARTS))
def test_any_library_address(public, part):
    """No address of the library is an error of ours, and wherever one leads, that is where it ends."""
    tried = set()

    @seed(part)
    # One in ten is like another once it is written down; of a few, more.
    @settings(
        max_examples=(FUZZED * 23 // 20 + 60) // PARTS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        path=st.sampled_from(LISTS),
        file=st.sampled_from([""] * 9 + FILES),
        pairs=st.lists(PAIRS, max_size=9),
        write=WRITTEN,
        between=st.sampled_from(["&"] * 8 + ["&&", ";", "&=&", "&%"]),
        # The page around the list is the same whatever is asked: few ask for it.
        partial=st.sampled_from([True] * 7 + [False]),
    )
    def ask(path, file, pairs, write, between, partial):
        url = f"{path}{file}?{between.join(f'{write(name)}={write(value)}' for name, value in pairs)}"
        tried.add(url)
        response = public.get(url, headers={"HX-Request": "true"} if partial else {})
        if response.status_code == 302:
            assert not file
            assert not partial
            assert response.headers["Location"].startswith(path)
            response = public.get(response.headers["Location"])
        assert response.status_code == 200, url
        content = b"".join(response)
        assert file or b"data-results" in content

    ask()
    assert len(tried) >= FUZZED // PARTS
