"""Suggestions for queries that find little."""

import pytest

from initiative.search import Query, search

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("library")
class TestSuggestions:
    @pytest.mark.parametrize(
        ("language", "typed", "suggested"),
        [
            ("en", "carbn", "carbon"),
            ("en", "cabron", "carbon"),
            ("en", "acrbon", "carbon"),
            ("en", "karbon", "carbon"),
            ("en", "sequestraton", "sequestration"),
            ("en", "agroforestrry", "agroforestry"),
            ("en", "soil carbn sequestraton", "soil carbon sequestration"),
            ("en", '"soil carbn" -zebra', '"soil carbon" -zebra'),
            ("en", "CARBN policy", "carbon policy"),
            ("en", "soel", "soil"),
            ("fr", "agroforestrie", "agroforesterie"),
            ("fr", "irigation", "irrigation"),
            ("fr", "fôret", ""),  # finds forêt as it is
            ("fr", "forret", "forêt"),
            ("es", "pinguinno", "pingüinos"),
            ("es", "invstigación", "investigación"),
            ("ar", "الكربوون", "والكربون"),
            ("en", "carbon", ""),
            ("en", "zebra", ""),
            ("en", "zzzzqqqq", ""),
            ("en", "xy", ""),
            ("en", "12345", ""),
            ("en", "carbn*", ""),
        ],
    )
    def test_likely_spelling(self, language, typed, suggested):
        assert search(Query(typed, language=language)).suggestion == suggested

    def test_suggests_only_what_finds_more(self):
        assert search(Query("tropicl", kinds=["resource"])).suggestion == "tropical"
        assert search(Query("tropicl", kinds=["event"])).suggestion == ""
        assert search(Query("tropicl carbn", scope="title")).suggestion == ""

    def test_partial_results_come_with_a_suggestion(self):
        results = search(Query("soil sequestraton"))
        assert results.partial
        assert results.suggestion == "soil sequestration"
