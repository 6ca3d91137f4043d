import json
import pkgutil
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from initiative import health
from initiative.search.generation import GENERATION
from initiative.search.models import SearchGeneration

READY = {"database": "", "migrations": "", "search": "", "cache": "", "storage": ""}
TOKEN = "a-token-of-the-settings"


@pytest.fixture
def storage_full(monkeypatch):
    def refuse(self, name, content, max_length=None):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(storages["private"]), "save", refuse)


def test_all_is_well_and_nothing_is_left_behind(client, db, settings, tmp_path):
    settings.MEDIA_ROOT = settings.PRIVATE_ROOT = tmp_path
    assert health.problems() == READY
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready")
    assert "no-store" in response.headers["Cache-Control"]


def test_each_part_says_what_is_wrong_with_it(db, storage_full, monkeypatch):
    MigrationRecorder.Migration.objects.filter(app="guard").delete()
    SearchGeneration.objects.update(whole=None)
    monkeypatch.setattr(health.cache, "get", lambda key: None)
    assert health.problems() == {
        "database": "",
        "migrations": "1 to apply, the first guard.0001_attempts",
        "search": f"The index of this version (generation {GENERATION}) is not built: run manage.py rebuild_search.",
        "cache": "What was put in isn't there.",
        "storage": "OSError: [Errno 28] No space left on device",
    }


def test_a_process_judges_by_the_migrations_it_was_loaded_with(db, monkeypatch):
    """While the next version's files are beside it, and not yet applied, it is as ready as before."""
    monkeypatch.setattr(health, "_known", set())
    health.note_migrations()
    assert health._known == MigrationRecorder(connection).applied_migrations().keys()
    coming = [pkgutil.ModuleInfo(None, "9999_next", False)]
    monkeypatch.setattr(pkgutil, "iter_modules", lambda folders: coming)
    assert health.problems()["migrations"] == ""
    monkeypatch.setattr(health, "_known", set())
    assert health.problems()["migrations"].endswith(".9999_next")


def test_a_database_that_is_away_is_said_to_be(client, db, monkeypatch):
    def refuse(*_args, **_more):
        raise OperationalError("connection refused\nIs the server running?")

    with monkeypatch.context() as away:
        away.setattr(connection, "cursor", refuse)
        assert health.problems()["database"] == "OperationalError: connection refused"
        assert client.get("/readyz").status_code == 503
        assert health.background() == {"worker": "OperationalError: connection refused"}


def test_only_staff_and_who_has_the_token_are_told_what_is_wrong(client, db, settings, storage_full, admin_client):
    settings.OPERATIONS_TOKEN = TOKEN
    told = {
        "ready": False,
        "problems": READY | {"storage": "OSError: [Errno 28] No space left on device"},
        "background": health.background(),
    }
    for headers in ({}, {"Authorization": "Bearer another"}, {"Authorization": "Bearer "}, {"Authorization": "é"}):
        response = client.get("/readyz", headers=headers)
        assert (response.status_code, response.content) == (503, b"not ready")
    for who, headers in ((client, {"Authorization": f"Bearer {TOKEN}"}), (admin_client, {})):
        response = who.get("/readyz", headers=headers)
        assert (response.status_code, json.loads(response.content)) == (503, told)


@pytest.mark.parametrize(("group", "is_told"), [("Editors", True), ("Translators", True), ("", False)])
def test_staff_are_whoever_may_enter_the_admin(client, db, django_user_model, group, is_told):
    """Nobody who is invited there is Django's `is_staff`."""
    ada = django_user_model.objects.create_user("ada", password="x", is_staff=not is_told)
    ada.groups.set(Group.objects.filter(name=group))
    client.force_login(ada)
    response = client.get("/readyz")
    assert (response.status_code, response.headers["Content-Type"]) == (
        200,
        "application/json" if is_told else "text/plain",
    )


def test_who_may_enter_the_admin_and_did_not_use_the_second_factor_is_told_nothing(client, db, settings, admin_user):
    settings.STAFF_SECOND_FACTOR = True
    client.force_login(admin_user)
    assert client.get("/readyz").content == b"ready"


def test_readers_are_told_what_was_so_two_seconds_ago_at_most(client, db, monkeypatch, django_assert_num_queries):
    """Whoever asks without end writes no files without end."""
    saved, now = [], SimpleNamespace(seconds=1_000.0)
    save = type(storages["private"]).save

    def note(self, name, content, max_length=None):
        saved.append(name)
        return save(self, name, content, max_length)

    monkeypatch.setattr(type(storages["private"]), "save", note)
    monkeypatch.setattr(health, "monotonic", lambda: now.seconds)
    assert client.get("/readyz").content == b"ready"
    looked = len(saved)
    assert looked > 0
    with django_assert_num_queries(0):
        for _time in range(50):
            assert client.get("/readyz").content == b"ready"
    assert len(saved) == looked
    now.seconds += 2
    assert client.get("/readyz").content == b"ready"
    assert len(saved) == 2 * looked


def test_what_is_wrong_is_known_two_seconds_later_and_so_is_that_it_is_over(client, db, monkeypatch, admin_client):
    now = SimpleNamespace(seconds=1_000.0)
    monkeypatch.setattr(health, "monotonic", lambda: now.seconds)
    assert client.get("/readyz").status_code == 200
    with monkeypatch.context() as broken:
        broken.setattr(health.cache, "get", lambda key: None)
        assert admin_client.get("/readyz").status_code == 503  # who sees details sees them as they are
        assert client.get("/readyz").status_code == 200
        now.seconds += 2
        assert client.get("/readyz").status_code == 503
    assert admin_client.get("/readyz").status_code == 200
    assert client.get("/readyz").status_code == 503
    now.seconds += 2
    assert client.get("/readyz").status_code == 200


def test_of_many_who_ask_at_once_one_looks(monkeypatch):
    looks = []

    def look():
        looks.append(1)
        time.sleep(0.05)
        return {"storage": ""}

    monkeypatch.setattr(health, "problems", look)
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(lambda _n: health.is_ready(), range(8))) == {True}
    assert len(looks) == 1


def test_without_a_token_nobody_has_it(client, db, storage_full):
    assert client.get("/readyz", headers={"Authorization": "Bearer "}).content == b"not ready"


def test_the_command_says_the_same_and_ends_with_an_error(db, capsys, request):
    call_command("check_ready")
    said = capsys.readouterr().out
    assert said.startswith(
        "database: ready\nmigrations: ready\nsearch: ready\ncache: ready\nstorage: ready\nbackground, worker: "
    )
    request.getfixturevalue("storage_full")
    with pytest.raises(CommandError):
        call_command("check_ready")
    assert "storage: OSError: [Errno 28] No space left on device\n" in capsys.readouterr().out


@pytest.mark.django_db
def test_who_asks_while_one_look_takes_too_long_is_told_that_it_is_not_ready(monkeypatch):
    """Each would hold a thread, and four are all that a worker has."""
    monkeypatch.setattr(health, "_KEPT", 0.01)
    assert health.is_ready()
    with health._judging:
        assert not health.is_ready()
    assert health.is_ready()
