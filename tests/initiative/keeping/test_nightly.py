"""What is done by night is begun once, whatever was missed, and one part that fails keeps no other from being done."""

from datetime import UTC, datetime, time, timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from initiative.keeping import duties, nightly
from initiative.keeping.backups import LIST, forget_old
from initiative.keeping.duties import noting
from initiative.keeping.management.commands import nightly as command
from initiative.keeping.models import Duty
from initiative.keeping.nightly import Nights, last

NOW = datetime(2026, 6, 30, 3, 15, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch, settings):
    """A site of a week ago, whose nights begin at a quarter past three; its time, and how often something was begun."""
    made = SimpleNamespace(time=NOW, begun=0, runs=False)

    def begin(arguments):
        assert arguments[1:] == [str(settings.BASE_DIR / "manage.py"), "nightly"]
        made.begun += 1
        return SimpleNamespace(poll=lambda: None if made.runs else 0)

    settings.NIGHTLY_AT, settings.BACKUP_FOLDER = time(3, 15), "/backups"
    monkeypatch.setattr(timezone, "now", lambda: made.time)
    monkeypatch.setattr(nightly.subprocess, "Popen", begin)
    monkeypatch.setattr(duties, "_site_began", lambda: NOW - timedelta(days=7))
    return made


@pytest.mark.parametrize(
    ("zone", "now", "due"),
    [
        ("UTC", NOW, NOW),
        ("UTC", NOW - timedelta(seconds=1), NOW - timedelta(days=1)),
        ("UTC", NOW + timedelta(hours=23), NOW),
        ("Europe/Paris", NOW, NOW - timedelta(hours=2)),
        ("Pacific/Auckland", NOW, datetime(2026, 6, 29, 15, 15, tzinfo=UTC)),
    ],
)
def test_the_latest_moment_is_told_by_the_sites_clock(zone, now, due):
    with timezone.override(zone):
        assert last(time(3, 15), now) == due


@pytest.mark.django_db
def test_a_night_is_begun_once_and_not_again_by_the_next_worker(clock):
    nights = Nights()
    begun = []
    for minute in range(-5, 3 * 24 * 60):
        clock.time = NOW + timedelta(minutes=minute)
        if nights.begin_if_due():
            begun.append(clock.time)
            with noting("backup"):
                pass
            nights = Nights()  # it was started anew
    assert begun == [NOW - timedelta(minutes=5), NOW, NOW + timedelta(days=1), NOW + timedelta(days=2)]


@pytest.mark.django_db
def test_what_fails_before_it_is_noted_is_not_begun_each_minute(clock):
    nights = Nights()
    assert [nights.begin_if_due(), nights.begin_if_due()] == [True, False]
    clock.time += timedelta(days=1)
    clock.runs = True  # since yesterday
    assert not nights.begin_if_due()
    clock.runs = False
    assert nights.begin_if_due()
    assert not Duty.objects.exists()


@pytest.mark.django_db
def test_a_new_site_waits_for_its_first_night_and_without_a_time_none_is_begun(clock, settings, monkeypatch):
    monkeypatch.setattr(duties, "_site_began", lambda: NOW + timedelta(hours=5))
    clock.time = NOW + timedelta(hours=6)
    assert not Nights().begin_if_due()
    clock.time = NOW + timedelta(days=1)
    assert Nights().begin_if_due()
    settings.NIGHTLY_AT = None
    assert not Nights().begin_if_due()
    assert clock.begun == 1


@pytest.mark.parametrize("failing", ["", "backup", "check_files", "rebuild_search", "warm"])
def test_each_part_is_done_whatever_fails(tmp_path, monkeypatch, caplog, failing):
    done, out = [], StringIO()

    def call(name, *arguments, stdout, **options):
        done.append((name, *arguments, options))
        if name == failing:
            raise CommandError("not tonight")

    monkeypatch.setattr(command, "call_command", call)
    (tmp_path / "2020-01-01T031500").mkdir()
    if failing:
        with pytest.raises(CommandError, match=rf"^Not done: {failing}\.$"):
            call_command("nightly", tmp_path, stdout=out)
    else:
        call_command("nightly", tmp_path, stdout=out)
    assert done == [
        ("backup", tmp_path, {"nightly": True}),
        ("check_files", {"nightly": True}),
        ("rebuild_search", "organisation", {"processes": 1}),
        ("warm", {"nightly": True}),
    ]
    assert [record.getMessage() for record in caplog.records] == ([f"{failing} failed by night."] if failing else [])
    told = "" if failing == "backup" else "2020-01-01T031500 was older than 30 days and is deleted.\n"
    assert out.getvalue() == told
    # Where there is no new one, the old ones stay.
    assert (tmp_path / "2020-01-01T031500").exists() == (failing == "backup")


def test_the_folder_is_asked_for_where_the_settings_name_none(tmp_path, monkeypatch, settings):
    done = []
    monkeypatch.setattr(command, "call_command", lambda name, *arguments, **options: done.append((name, *arguments)))
    with pytest.raises(CommandError, match="target"):
        call_command("nightly")
    assert not done
    settings.BACKUP_FOLDER, settings.KEEP_BACKUPS = str(tmp_path), 0
    (tmp_path / "2020-01-01T031500").mkdir()
    call_command("nightly")
    assert done[0] == ("backup", tmp_path)
    assert (tmp_path / "2020-01-01T031500").exists()


def test_old_backups_go_and_the_newest_and_what_is_none_stay(tmp_path, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)

    def make(name: str, is_whole: bool = True) -> None:
        (tmp_path / name / "media").mkdir(parents=True)
        (tmp_path / name / "media" / "soil.txt").write_text("Soil")
        if is_whole:
            (tmp_path / name / LIST).write_text("{}")

    make("2026-04-01T031500")
    make("2026-05-31T031459")
    make("2026-05-31T031501")
    make("2026-05-01T031500.partial", is_whole=False)
    make("2026-06-30T031459.partial", is_whole=False)
    make("before-the-move")
    (tmp_path / "2026-01-01T031500").write_text("a note")
    assert forget_old(tmp_path, 30) == ["2026-04-01T031500", "2026-05-01T031500.partial", "2026-05-31T031459"]
    left = ["2026-01-01T031500", "2026-05-31T031501", "2026-06-30T031459.partial", "before-the-move"]
    assert sorted(path.name for path in tmp_path.iterdir()) == left


def test_the_newest_stays_however_old_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    for name in ("2025-01-01T000000", "2025-01-02T000000"):
        (tmp_path / name).mkdir()
        (tmp_path / name / LIST).write_text("{}")
    assert forget_old(tmp_path, 1) == ["2025-01-01T000000"]
    assert forget_old(tmp_path, 1) == []
