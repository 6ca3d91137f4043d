"""Several processes make the index together."""

import pytest
from django.db import connection

from initiative.search.models import SearchEntry, SearchNameWord, SearchWord
from initiative.search.rebuild import rebuild
from tests.factories import ResourceFactory, make_site

COUNT = 11


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """Resources that other processes see, in a copy of the test database that goes afterwards."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one connection write: a rebuild there has one process.")
    own = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        connection.creation.clone_test_db(suffix="crew", verbosity=0)
        connection.settings_dict["NAME"] = copy = connection.creation.get_test_db_clone_settings("crew")["NAME"]
        try:
            make_site()
            for number in range(COUNT):
                ResourceFactory(title=f"Crewwork {number}")
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = own
            with connection.creation._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE {connection.ops.quote_name(copy)}")


def state():
    """What is stored, without the numbers of rows."""
    return (
        set(SearchEntry.objects.values_list("source", "object_id", "language", "digest")),
        set(SearchWord.objects.values_list("language", "word", "written", "entries")),
        set(SearchNameWord.objects.values_list("language", "word", "entries")),
    )


def test_together_they_write_what_one_alone_writes(committed, monkeypatch):
    rebuild(anew=True)
    alone = state()
    assert ("en", "crewwork", COUNT) in alone[2]
    monkeypatch.setattr("initiative.search.rebuild._MANY", COUNT)
    monkeypatch.setattr("initiative.search.rebuild._PORTION", 2)
    steps = []
    outcome = rebuild(anew=True, processes=2, progress=lambda kind, done, of: steps.append((kind, done, of)))
    assert (state(), outcome.problems) == (alone, 0)
    assert [step for step in steps if step[0] == "resource"] == [("resource", done, COUNT) for done in (0, 8, COUNT)]
    assert rebuild(processes=2).written == 0


@pytest.mark.django_db
def test_for_a_few_objects_no_process_is_started(monkeypatch):
    monkeypatch.setattr("initiative.search.rebuild.Crew", lambda size: pytest.fail("A crew was called"))
    ResourceFactory()
    assert rebuild(anew=True, processes=2).objects > 0
