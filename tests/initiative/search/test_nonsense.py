"""No input makes the search fail."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiative.search import Query, search
from initiative.search.query import SCOPES, SORTS

OPERATORS = """ " ' - * OR AND NOT NEAR ( ) { } : ^ + & | ! <-> % _ ; =soil $1 %s %(x)s {0} """
LETTERS = "soil carbon forêt التربة 𝓈𝑜𝒾𝓁 ﷺ ½ ² 🌱 İ ß \x00 \ud800 \\"
PIECES = [*OPERATORS.split(" "), *LETTERS.split(" "), "\t"]
pieces = st.lists(st.sampled_from(PIECES), max_size=25)
texts = st.one_of(st.text(max_size=60), pieces.map("".join), pieces.map(" ".join))
names = st.one_of(st.text(max_size=8), st.sampled_from(["type", "topic", "soil", "resource", "~kind"]))


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=texts,
    language=st.sampled_from(["en", "fr", "es", "ar", "", "xx", "pt-br"]),
    kinds=st.lists(names, max_size=2),
    facets=st.dictionaries(names, st.lists(names, max_size=2), max_size=2),
    scope=st.one_of(st.sampled_from(SCOPES), st.text(max_size=5)),
    sort=st.one_of(st.sampled_from(SORTS), st.text(max_size=5)),
    exact=st.booleans(),
    page=st.integers(),
    size=st.integers(),
)
def test_any_query_has_an_answer(**query):
    results = search(Query(**query))
    assert len(results.hits) <= min(results.total, 100)
    assert all(count >= 0 for counts in results.counts.values() for count in counts.values())
    for hit in results.hits:
        assert "<script" not in hit.title_html + hit.snippet_html
