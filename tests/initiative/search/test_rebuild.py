"""Making the index anew."""

import io

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection

from initiative.search import Document, Indexer, Query, documents, generations, search
from initiative.search.models import SearchEntry, SearchFacet, SearchProblem, SearchWord
from initiative.search.rebuild import rebuild
from tests.initiative.search.library import document, found, store

pytestmark = pytest.mark.django_db


def group_documents(group):
    if group.name == "broken":
        raise RuntimeError("This group can't be indexed")
    for language in ("en", "fr"):
        yield Document(
            kind="group",
            object_id=str(group.pk),
            language=language,
            title=f"{group.name} soil",
            facets={"length": [str(len(group.name))]},
        )


@pytest.fixture(autouse=True)
def groups(monkeypatch):
    """Only groups are indexed, and three there are."""
    Group.objects.all().delete()
    Group.objects.bulk_create(Group(name=name) for name in ("one", "two", "three"))
    indexer = Indexer(kind="group", model=Group, queryset=Group.objects.all, documents=group_documents)
    monkeypatch.setattr(documents, "_indexers", {"group": indexer})


def state():
    """Everything a reader could see of the index."""
    results = search(Query("soil"))
    words = sorted(SearchWord.objects.values_list("language", "word", "entries"))
    return sorted(hit.title for hit in results.hits), results.counts, results.kinds, words


def test_everything_is_indexed_and_what_is_gone_goes():
    store(document("9999", "Gone soil"), source="group")
    store(document("1", "Unknown soil"), source="nonsense")
    outcome = rebuild()
    assert (outcome.objects, outcome.written, outcome.problems) == (3, 6, 0)
    assert state() == (
        ["one soil", "three soil", "two soil"],
        {"length": {"3": 2, "5": 1}},
        {"group": 3},
        sorted((language, word, count) for language in ("en", "fr") for word, count in
               [("one", 1), ("two", 1), ("three", 1), ("soil", 3)]),
    )  # fmt: skip


def test_a_second_rebuild_writes_nothing_and_changes_nothing():
    rebuild()
    before, numbers = state(), sorted(SearchEntry.objects.values_list("pk", flat=True))
    assert rebuild().written == 0
    assert rebuild(anew=True).written == 6
    assert (state(), sorted(SearchEntry.objects.values_list("pk", flat=True))) == (before, numbers)


def test_changes_that_no_signal_told_of_are_found():
    rebuild()
    Group.objects.filter(name="two").update(name="twenty")
    Group.objects.filter(name="one").delete()
    assert rebuild().written == 2
    assert state()[:3] == (["three soil", "twenty soil"], {"length": {"5": 1, "6": 1}}, {"group": 2})
    assert found("one") == []


def test_bitmaps_and_words_are_mended():
    rebuild()
    before = state()
    SearchFacet.objects.filter(value="3").delete()
    store(document("1", "Soil", facets={"length": ["99"]}), source="nonsense")
    rebuild()
    assert state() == before
    SearchWord.objects.filter(word="soil").delete()
    SearchWord.objects.update(entries=7)
    rebuild(anew=True)
    assert state() == before


def test_a_bad_object_stops_no_other(caplog):
    Group.objects.filter(name="two").update(name="broken")
    outcome = rebuild()
    assert (outcome.objects, outcome.written, outcome.problems) == (3, 4, 1)
    assert SearchProblem.objects.get().label == "broken"
    assert "can't be indexed" in caplog.text
    Group.objects.filter(name="broken").delete()
    rebuild()
    assert not SearchProblem.objects.exists()


def test_an_interrupted_rebuild_leaves_an_index_that_answers(monkeypatch):
    monkeypatch.setattr("initiative.search.rebuild._PORTION", 1)

    def stop(kind, done, of):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(progress=stop)
    assert search(Query("soil")).total == 2
    rebuild()
    assert search(Query("soil")).total == 3


def test_lost_words_are_written_again():
    rebuild()
    before = state()
    generations.drop_tables(connection)
    assert rebuild().written == 6
    assert state() == before


def test_a_new_language_gets_its_tables(settings):
    rebuild()
    settings.LANGUAGES = [*settings.LANGUAGES, ("pt-br", "Brazilian Portuguese")]
    rebuild()
    store(document("1", "Os solos", language="pt-br"), source="other")
    assert found("solo", language="pt-br") == ["1"]


def test_a_language_taken_away_leaves_nothing(settings):
    rebuild()
    settings.LANGUAGES = [("en", "English")]
    rebuild()
    assert set(SearchEntry.objects.values_list("language", flat=True)) == {"en"}
    assert set(SearchWord.objects.values_list("language", flat=True)) == {"en"}
    assert set(SearchFacet.objects.values_list("language", flat=True)) == {"en"}


class TestCommand:
    def call(self, *args, out=None, **options):
        out = out or io.StringIO()
        call_command("rebuild_search", *args, stdout=out, **options)
        return out.getvalue()

    def test_says_what_it_did(self):
        first, last = self.call().splitlines()
        assert first == "group: 3"
        assert last.startswith("3 objects in ")
        assert last.endswith("6 entries were new or had changed.")

    def test_shows_a_bar_on_a_terminal(self):
        class Terminal(io.StringIO):
            def isatty(self):
                return True

        assert "█" * 30 + " 3/3\n" in self.call("group", out=Terminal())

    def test_can_be_quiet(self):
        assert self.call(verbosity=0) == ""

    def test_refuses_unknown_kinds(self):
        with pytest.raises(CommandError, match=r"There is no zebra\. There are: group\."):
            self.call("zebra")

    def test_makes_everything_anew_or_nothing(self):
        self.call()
        assert "6 entries" in self.call("--anew")
        with pytest.raises(CommandError, match="leave the kinds away"):
            self.call("group", "--anew")

    def test_fails_if_something_could_not_be_indexed(self):
        Group.objects.filter(name="two").update(name="broken")
        with pytest.raises(CommandError, match="1 objects could not be indexed"):
            self.call()
