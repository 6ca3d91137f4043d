"""What the worker does: tried again where it fails, and never in silence."""

from datetime import timedelta

import pytest
from django.core.management import call_command, get_commands, load_command_class
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from initiative.background import Background
from initiative.keeping import duties
from initiative.keeping.duties import NIGHT, NIGHTLY, attend, is_silent, noting
from initiative.keeping.models import Duty
from initiative.keeping.nightly import NightlyCommand, Nights
from initiative.management.commands import publish_on_time

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        time = timezone.now()

        def now(self):
            return self.time

    made = Clock()
    monkeypatch.setattr(duties.timezone, "now", made.now)
    return made


def fail():
    raise LookupError("not there")


def test_what_fails_is_tried_again_later_each_time_and_an_hour_later_at_most(clock):
    pauses, since = [], clock.time
    for minute in range(300):
        clock.time = since + timedelta(minutes=minute)
        before = Duty.objects.filter(name="letters").values_list("failures", flat=True).first() or 0
        attend("letters", fail)
        if Duty.objects.get(name="letters").failures > before:
            pauses.append(minute)
    assert pauses == [0, 1, 3, 7, 15, 31, 63, 123, 183, 243]
    duty = Duty.objects.get(name="letters")
    assert (duty.failures, duty.problem, duty.done) == (10, "LookupError: not there", None)
    clock.time += timedelta(hours=1)
    assert attend("letters", lambda: None)
    duty.refresh_from_db()
    assert (duty.failures, duty.problem, duty.done) == (0, "", clock.time)


def test_the_others_go_on_and_what_is_daily_is_tried_until_it_is_done(monkeypatch, clock, tmp_path):
    done = []

    def call(task, verbosity):
        if task == "remind_partners" and done.count("forget_attempts") < 3:
            raise LookupError("not yet")
        done.append(task)

    def pause(_seconds):
        clock.time += timedelta(minutes=1)
        if done.count("forget_attempts") == 8:
            raise KeyboardInterrupt

    def begin(_nights):
        begun.append(clock.time)
        raise OSError("no room for another process") if len(begun) % 2 else OperationalError("the database is away")

    begun = []
    monkeypatch.setattr(Nights, "begin_if_due", begin)
    monkeypatch.setattr(publish_on_time, "call_command", call)
    monkeypatch.setattr(publish_on_time, "close_old_connections", lambda: None)
    monkeypatch.setattr(publish_on_time, "PAUSE", 1)
    monkeypatch.setattr(publish_on_time.time, "sleep", pause)
    monkeypatch.setattr(publish_on_time.timezone, "localdate", lambda: "the same day")
    call_command("publish_on_time", alive=tmp_path / "alive")
    assert (tmp_path / "alive").exists()
    assert len(begun) == 8
    assert done.count("forget_drafts") == done.count("remind_partners") == done.count("read_files") == 1
    assert done.count("deliver_letters") == 8


def test_a_long_one_is_no_silence(clock):
    def work():
        assert not is_silent()
        assert Duty.objects.get(name="read_files").done is None
        clock.time += timedelta(minutes=11)

    attend("deliver_letters", lambda: None)
    clock.time += timedelta(minutes=11)
    assert is_silent()
    attend("read_files", work)
    assert not is_silent()
    assert Duty.objects.get(name="read_files").done == clock.time


def test_administrators_see_what_fails_and_that_nothing_is_tried(admin_client, clock):
    def panel() -> str:
        return admin_client.get("/admin/").content.decode()

    Duty.objects.create(name="a_name_of_before", failures=9)
    attend("send_digests", lambda: None)
    assert not is_silent()
    assert "Work in the background fails" not in panel()
    attend("deliver_letters", fail)
    shown = panel()
    assert "<code>deliver_letters</code>" in shown
    assert "LookupError: not there" in shown
    assert "send_digests" not in shown
    Duty.objects.filter(failures__gt=0).delete()
    Duty.objects.update(tried=clock.time - timedelta(minutes=11))
    assert is_silent()
    assert "The worker has done nothing for more than ten minutes" in panel()


def test_where_no_worker_was_ever_none_is_missed(admin_client):
    assert not is_silent()


def test_what_is_done_by_night_is_noted_and_goes_on_to_fail(clock):
    with noting("backup"):
        clock.time += timedelta(hours=1)
    duty = Duty.objects.get(name="backup")
    assert (duty.done, duty.failures) == (clock.time, 0)
    with pytest.raises(LookupError), noting("backup"):
        fail()
    duty.refresh_from_db()
    assert (duty.failures, duty.problem, duty.done) == (1, "LookupError: not there", clock.time)
    assert not is_silent()  # it says nothing of the worker


def test_what_was_done_by_night_and_is_no_more_is_missed(admin_client, clock):
    since = clock.time
    for name in ("backup", "warm"):
        with noting(name):
            pass
    clock.time = since + timedelta(days=2)
    with noting("warm"):
        pass
    assert "What is done each night failed" not in admin_client.get("/admin/").content.decode()
    clock.time += timedelta(minutes=1)
    with pytest.raises(LookupError), noting("check_files"):
        fail()
    shown = admin_client.get("/admin/").content.decode()
    assert "What is done each night failed" in shown
    assert "<code>backup</code>" in shown
    assert "<code>check_files</code>: LookupError: not there" in shown
    assert "<code>warm</code>" not in shown
    assert "are tried again" not in shown
    clock.time += timedelta(days=61)
    assert "What is done each night failed" not in admin_client.get("/admin/").content.decode()


def test_what_the_settings_ask_of_a_night_is_missed_where_it_was_never_done(admin_client, clock, settings):
    began = MigrationRecorder(connection).migration_qs.earliest("applied").applied
    settings.NIGHTLY = ["backup", "warm"]
    clock.time = began + timedelta(days=1, hours=23)
    assert Background.look().problems()["duties"] == ""
    clock.time = began + timedelta(days=2, minutes=1)
    assert Background.look().problems()["duties"] == "backup: never done.; warm: never done."
    shown = admin_client.get("/admin/").content.decode()
    assert "<code>backup</code>" in shown
    assert "<code>check_files</code>" not in shown
    with noting("warm"):
        pass
    assert Background.look().problems()["duties"] == "backup: never done."
    # It is killed before it is done, each time.
    Duty.objects.create(name="backup", tried=clock.time)
    assert Background.look().problems()["duties"] == "backup: never done."
    # However long ago: nobody has taken it from the settings.
    clock.time += timedelta(days=90)
    assert "warm: not done since" in Background.look().problems()["duties"]
    settings.NIGHTLY = []
    assert Background.look().problems()["duties"] == ""


def test_the_commands_of_each_night_are_those_that_can_note_it():
    commands = {
        name: load_command_class(app, name) for name, app in get_commands().items() if app.startswith("initiative")
    }
    assert {name for name, command in commands.items() if isinstance(command, NightlyCommand)} == {*NIGHTLY} - {NIGHT}
