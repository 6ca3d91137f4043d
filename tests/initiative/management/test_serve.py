import os
import re
import sys
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from wagtail.models import Page

from initiative import health, preflight
from initiative.management.commands import serve
from initiative.models import HomePage
from initiative.search.models import SearchGeneration

pytestmark = pytest.mark.django_db


class TakenOver(Exception):
    """Stands for the server, which takes the process over and never returns."""


@pytest.fixture
def start(tmp_path, monkeypatch, settings, capsys):
    """Starts the site as `manage.py serve` does; returns what was said, the commands called, the server's command."""
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.MEDIA_ROOT = tmp_path / "media"
    for name in ("PORT", "BIND", "ANNOUNCEMENT"):
        monkeypatch.setenv(name, "")  # so that they are put back afterwards
    monkeypatch.setattr(preflight, "_try_port", lambda *_: None)
    called = []

    def command(name, *args, **options):
        called.append(name)
        if name == "load_starter_content":
            Page.get_first_root_node().add_child(instance=HomePage(title="Home", slug="first-home"))
        if name == "collectstatic":
            (tmp_path / "static" / "staticfiles.json").write_text("{}", encoding="utf-8")

    def take_over(program, arguments):
        assert program == arguments[0] == sys.executable
        raise TakenOver(arguments[1:])

    monkeypatch.setattr(serve, "call_command", command)
    monkeypatch.setattr(os, "execv", take_over)
    monkeypatch.setattr(serve.subprocess, "Popen", lambda arguments: called.append(arguments[-1]))

    def start(**options):
        called.clear()
        with pytest.raises(TakenOver) as server:
            call_command("serve", port="8123", **options)
        return capsys.readouterr().out, list(called), server.value.args[0]

    return start


def test_the_first_start_loads_the_content_and_later_ones_leave_it_alone(start):
    assert start()[1] == ["collectstatic", "load_starter_content", "publish_on_time"]
    assert start()[1] == ["publish_on_time"]


def test_content_that_was_removed_stays_removed(start):
    start()
    HomePage.objects.get(slug="first-home").unpublish()
    assert start()[1] == ["publish_on_time"]


def test_the_administrators_password_is_shown_once_and_is_right(start):
    said, _, _ = start()
    [password] = re.findall(r"password  (\S+)", said)
    assert re.fullmatch(r"[a-z2-9]{5}(-[a-z2-9]{5}){3}", password)
    user = get_user_model().objects.get(username="admin")
    assert user.is_superuser
    assert user.check_password(password)
    said, _, _ = start()
    assert "password" not in said


def test_no_administrator_is_made_where_there_are_users(start):
    get_user_model().objects.create_user("editor")
    said, _, _ = start()
    assert "password" not in said
    assert not get_user_model().objects.filter(username="admin").exists()


def test_a_second_start_with_nothing_to_do_says_nothing(start):
    start()
    assert start()[0] == ""


def test_an_index_that_this_version_lacks_is_built(start, monkeypatch):
    built = []
    monkeypatch.setattr(serve, "rebuild", lambda: built.append("all"))
    start()
    assert built == []
    SearchGeneration.objects.update(whole=None)
    assert start()[0] == "Building the search index of this version …\n"
    assert built == ["all"]


def test_static_files_are_built_again_when_a_source_or_the_result_changes(start, tmp_path, monkeypatch):
    start()
    (tmp_path / "static" / "staticfiles.json").unlink()
    assert start()[1] == ["collectstatic", "publish_on_time"]
    monkeypatch.setattr(serve, "static_fingerprint", lambda: "another")
    assert start()[1] == ["collectstatic", "publish_on_time"]
    assert start()[1] == ["publish_on_time"]


def test_gunicorn_takes_over_and_says_where_the_site_is_once_it_answers(start, settings):
    _, _, server = start()
    assert server == [
        "-m",
        "gunicorn",
        "--config",
        str(settings.BASE_DIR / "gunicorn.conf.py"),
        "--log-level",
        "warning",
    ]
    assert os.environ["PORT"] == "8123"
    assert os.environ["BIND"].split(",")[0] == "127.0.0.1:8123"
    assert os.environ["ANNOUNCEMENT"] == (
        "The site   http://localhost:8123/\nThe admin  http://localhost:8123/admin/\nCtrl-C stops it."
    )


def test_developers_get_djangos_server_and_no_static_build(start, settings):
    said, called, server = start(dev=True)
    assert called == ["load_starter_content", "publish_on_time"]
    assert server == [str(settings.BASE_DIR / "manage.py"), "runserver", "127.0.0.1:8123"]
    assert "The site   http://localhost:8123/" in said


def test_a_database_out_of_reach_is_one_sentence(start, monkeypatch):
    def refuse():
        raise OperationalError("connection refused\nIs the server running?")

    monkeypatch.setattr(serve, "missing_migrations", refuse)
    with pytest.raises(preflight.CannotStart) as refusal:
        call_command("serve", port="8123")
    assert str(refusal.value) == (
        "The database cannot be used (connection refused): see to it that it runs, or set DATABASE_URL."
    )


def test_a_media_folder_that_cannot_be_made_is_one_sentence(start, settings, tmp_path):
    (tmp_path / "media").write_text("", encoding="utf-8")
    with pytest.raises(preflight.CannotStart, match="a file stands in its place"):
        call_command("serve", port="8123")


def test_pending_migrations_are_applied_and_announced(start):
    """As many as `check_ready` counts."""
    MigrationRecorder.Migration.objects.filter(app="committee", name__startswith="0004").delete()
    MigrationRecorder.Migration.objects.filter(app="partners").delete()
    steps = 1 + len(list(Path("partners/migrations").glob("0*.py")))
    said, called, _ = start()
    assert called[0] == "migrate"
    assert said.startswith(f"Preparing the database: {steps} steps …\n")
    assert health.problems()["migrations"] == f"{steps} to apply, the first committee.0004_footnotes"
