"""Two versions of the site side by side, each with a whole index of its own."""

from contextlib import contextmanager
from datetime import timedelta
from hashlib import blake2b

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from initiative.search import Document, Indexer, Query, analysis, documents, generations, known_values, search, suggest
from initiative.search.generation import GENERATION
from initiative.search.indexing import catch_up
from initiative.search.models import SearchChange, SearchGeneration, SearchProblem
from initiative.search.rebuild import rebuild
from tests.initiative.search.library import found
from tests.initiative.search.versions import code_of, tables_of

pytestmark = pytest.mark.django_db

NEXT = GENERATION + 1

SAMPLE = {
    "en": "The colours of organised programmes: healthy soils, modelling CO₂ at 4‰, farmers' ploughs, mould and sulphur",
    "fr": "L'œuvre des agriculteurs : séquestrer le carbone, régénérer les forêts, économiser l'eau, un été à la prairie",
    "es": "Restauración de suelos degradados, investigaciones agrícolas, el año del pingüino, conservación y niños",
    "ar": "التربة والكربون في الزراعة المستدامة، الأراضي الجافة، مزارعون ومزارعات، Agroforestry",
}


def group_documents(group):
    if group.name.startswith("broken"):
        raise RuntimeError("This group can't be indexed")
    yield Document("group", str(group.pk), "en", f"{group.name} soils", facets={"length": [str(len(group.name))]})


def test_whoever_changes_what_is_stored_raises_the_generation():
    """Also by a new version of the stemmers. Where this fails: raise GENERATION, `make migrations`, and write both down here."""
    told = []
    for language, text in SAMPLE.items():
        words = analysis.words(text)
        told += [words, analysis.stems(words, language), analysis.sort_key(text, language)]
    for model in sorted(generations.tables(), key=lambda model: model.__name__):
        told += [(field.column, field.get_internal_type(), field.max_length) for field in model._meta.local_fields]
    digest = blake2b(repr(told).encode(), digest_size=8).hexdigest()
    assert (GENERATION, digest) == (3, "73f9b95aedf5318c")


@pytest.fixture(autouse=True)
def indexer(monkeypatch):
    """Only groups are indexed, and all are public whose names don't begin with "secret"."""
    Group.objects.all().delete()
    public = Group.objects.exclude(name__startswith="secret")
    one = Indexer(kind="group", model=Group, queryset=public.all, documents=group_documents)
    monkeypatch.setattr(documents, "_indexers", {"group": one})


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Save groups (as they are, or with another name) or delete them, as requests do; what is new is given back."""

    def commit(*names, delete=(), **renamed):
        with django_capture_on_commit_callbacks(execute=True):
            for before, after in renamed.items():
                group = Group.objects.get(name=before)
                group.name = after
                group.save()
            for name in delete:
                Group.objects.get(name=name).delete()
            return [Group.objects.create(name=name) for name in names]

    return commit


@pytest.fixture
def next_version(monkeypatch):
    """Inside, this is the next version of the site, which knows no stems."""

    @contextmanager
    def version():
        with code_of(NEXT), monkeypatch.context() as changed:
            changed.setattr(analysis, "stems", lambda folded, language: list(folded))
            yield

    return version


@pytest.fixture
def this_version(monkeypatch):
    """Inside, this is the present version, also while the next one works."""
    stems = analysis.stems

    @contextmanager
    def version():
        with code_of(GENERATION), monkeypatch.context() as changed:
            changed.setattr(analysis, "stems", stems)
            yield

    return version


def titles(text="soils"):
    return sorted(hit.title for hit in search(Query(text)).hits)


def answers():
    """Whatever readers can ask."""
    found = search(Query("soil"))
    suggested = sorted(one.title for one in suggest("soi", "en", {"group": 9}))
    return (
        titles("soil"),
        found.counts,
        found.kinds,
        suggested,
        search(Query("soilz")).suggestion,
        known_values("group"),
    )


def test_the_next_index_is_built_beside_the_one_that_answers(commit, next_version, this_version, monkeypatch):
    monkeypatch.setattr("initiative.search.rebuild._PORTION", 1)
    commit("one", "two", "three")
    before, seen = answers(), []

    def look(kind, done, of):
        with this_version():
            seen.append(answers() == before if done < 2 else titles("soil"))
            if done == 2:
                commit("four", "hidden", one="changed", delete=["two"], three="secret")
                commit(hidden="secret too")

    with next_version():
        generations.install(connection)
        assert f"generation {NEXT}) is not built: run manage.py rebuild_search" in generations.problem()
        assert (titles(), suggest("soi", "en", {"group": 9})) == ([], [])
        rebuild(progress=look)
        assert generations.problem() == ""
        assert titles() == ["changed soils", "four soils"]
        assert (titles("soil"), search(Query("soilz")).suggestion) == ([], "soils")
    right = ["changed soils", "four soils"]
    assert seen == [True, True, ["one soils", "three soils", "two soils"], right]
    assert titles("soil") == right
    assert answers()[1:] == ({"length": {"4": 1, "7": 1}}, {"group": 2}, right, "soils", {"length": ["4", "7"]})
    assert not SearchChange.objects.filter(generation=NEXT).exists()


def test_either_version_gets_what_the_other_changes(commit, next_version):
    commit("one", "broken")
    with next_version():
        rebuild()
    commit("two", one="first")
    assert titles("soil") == ["first soils", "two soils"]
    with next_version():
        assert titles() == ["one soils"]
        call_command("tend_search")
        assert titles() == ["first soils", "two soils"]
        # After a way back, the version before finds its index, and what it missed.
        (three,) = commit("three", two="broken too", delete=["first"])
    assert titles("soil") == ["first soils", "two soils"]
    catch_up()
    assert (titles("soil"), found("three")) == (["three soils", "two soils"], [str(three.pk)])
    assert SearchProblem.objects.count() == 2
    # What one can't index, the other may; and neither tells back what it was told.
    commit(three="broken as well")
    with next_version():
        catch_up()
        assert titles() == ["three soils", "two soils"]
        problems = SearchProblem.objects.values_list("label", flat=True)
        assert sorted(problems) == ["broken", "broken as well", "broken too"]
    assert not SearchChange.objects.exists()


def test_what_was_told_waits_until_the_database_is_there_again(commit, next_version, monkeypatch):
    """Else what the other version took off the site would be found in this one's index."""
    commit("one")
    with next_version():
        rebuild()
    commit(delete=["one"])

    def busy(*asked):
        raise OperationalError("database is locked")

    with next_version():
        with monkeypatch.context() as broken:
            broken.setattr("initiative.search.indexing.writing", busy)
            with pytest.raises(OperationalError):
                catch_up()
        assert titles() == ["one soils"]
        catch_up()
        assert (titles(), SearchChange.objects.exists(), SearchProblem.objects.exists()) == ([], False, False)


def test_a_version_alone_tells_nobody(commit):
    with CaptureQueriesContext(
        connection,
    ) as spent:
        commit("one", "two")
    assert titles("soil") == ["one soils", "two soils"]
    assert not [query for query in spent if SearchChange._meta.db_table in query["sql"]]
    assert generations.problem() == ""


def test_an_index_that_was_left_unfinished_is_not_whole(commit, next_version):
    commit("one")

    def stop(kind, done, of):
        raise KeyboardInterrupt

    with next_version():
        with pytest.raises(KeyboardInterrupt):
            rebuild(progress=stop)
        rebuild(["group"])
        assert generations.problem()
        assert generations.drop_old(at_once=True) == []
        rebuild()
        assert generations.problem() == ""


def test_the_old_goes_without_a_trace_a_week_after_it_was_used_or_when_told_to(commit, next_version, capsys):
    commit("one")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE search_searchentry (id integer)")
        cursor.execute("CREATE TABLE search_words_en (id integer)")
    with next_version():
        rebuild()
        assert list(generations.others().values_list("number", flat=True)) == [GENERATION - 1, GENERATION]
        commit("two")
        call_command("tend_search")
        assert tables_of(GENERATION)
        eight_days_ago = timezone.now() - timedelta(days=8)
        SearchGeneration.objects.filter(number=GENERATION - 1).update(used=eight_days_ago)
        call_command("tend_search")
        names = connection.introspection.table_names()
        assert ("search_searchentry" in names, "search_words_en" in names) == (False, False)
        with pytest.raises(CommandError, match="leave the kinds away"):
            call_command("rebuild_search", "group", "--drop-old")
        call_command("rebuild_search")
        assert f"The index of generation {GENERATION} stands beside this one of {NEXT}.\n" in capsys.readouterr().out
        # Nothing is to be built, so this is all that it does.
        call_command("rebuild_search", "--if-missing", "--drop-old")
        assert capsys.readouterr().out == f"The index of generation {GENERATION} is dropped.\n"
        assert (tables_of(GENERATION), SearchChange.objects.count()) == (set(), 0)
        assert titles() == ["one soils", "two soils"]


def test_a_newer_index_stays_for_when_its_version_comes_again(next_version):
    with next_version():
        rebuild()
    SearchGeneration.objects.update(used=timezone.now() - timedelta(days=30))
    call_command("tend_search")
    assert generations.drop_old(at_once=True) == []
    assert tables_of(NEXT)


@pytest.mark.parametrize("other", [GENERATION - 1, NEXT])
def test_what_the_site_shows_no_more_is_in_no_index_for_longer_than_a_day(commit, other):
    """Nobody is there to take it out of that of another version, be it older or newer; so all of that goes."""
    with code_of(other):
        generations.install(connection)
        SearchGeneration.objects.update(whole=timezone.now())
    commit("Ada Lovelace")
    with code_of(other):
        catch_up()
        assert titles() == ["Ada Lovelace soils"]
    a_day_ago = timezone.now() - timedelta(days=1)
    SearchGeneration.objects.filter(number=other).update(used=a_day_ago)
    call_command("tend_search")
    assert tables_of(other)  # it says what the site says
    commit(delete=["Ada Lovelace"])
    SearchGeneration.objects.filter(number=other).update(used=a_day_ago + timedelta(minutes=1))
    call_command("tend_search")
    assert tables_of(other)  # its worker may still come
    SearchGeneration.objects.filter(number=other).update(used=a_day_ago)
    call_command("tend_search")
    assert (tables_of(other), SearchChange.objects.exists()) == (set(), False)


def test_an_emptied_database_finds_nothing_of_before(commit):
    """`flush` leaves the tables that no migration made, and forgets that they are there."""
    commit("one")
    with code_of(NEXT):
        generations.install(connection)
    flushed = connection.introspection.django_table_names(only_existing=True, include_views=False)
    assert not tables_of(GENERATION) & set(flushed)
    Group.objects.all().delete()
    SearchGeneration.objects.all().delete()
    generations.install(connection)
    assert (titles(), tables_of(NEXT), generations.problem()) == ([], set(), "")
    commit("two")
    assert titles() == ["two soils"]


def test_an_index_whose_building_begins_again_is_in_use(commit, next_version):
    with next_version():
        generations.install(connection)
    commit("one")
    SearchGeneration.objects.filter(number=NEXT).update(used=timezone.now() - timedelta(days=8))
    with next_version():
        generations.install(connection)
    assert generations.drop_old() == []
