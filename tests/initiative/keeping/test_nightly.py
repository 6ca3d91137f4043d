"""What is done by night is begun once, whatever was missed, and one part that fails keeps no other from being done."""

import json
import subprocess
from datetime import UTC, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from initiative.background import Background
from initiative.keeping import backups, database, duties, nightly
from initiative.keeping.backups import LIST, Forgotten, KeepingError, forget_old
from initiative.keeping.duties import NIGHT, noting
from initiative.keeping.management.commands import nightly as command
from initiative.keeping.models import Duty
from initiative.keeping.nightly import Nights, last

NOW = datetime(2026, 6, 30, 3, 15, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch, settings):
    """A site of a week ago, whose nights begin at a quarter past three: its time, how often something was begun, and how that
    ended (None: it runs)."""
    made = SimpleNamespace(time=NOW, begun=0, code=0)

    def begin(_arguments):
        made.begun += 1
        return SimpleNamespace(poll=lambda: made.code)

    settings.NIGHTLY_AT, settings.BACKUP_FOLDER = time(3, 15), "/backups"
    monkeypatch.setattr(timezone, "now", lambda: made.time)
    monkeypatch.setattr(nightly.subprocess, "Popen", begin)
    monkeypatch.setattr(duties, "_site_began", lambda: NOW - timedelta(days=7))
    return made


def note() -> None:
    with noting(NIGHT):
        pass


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (NOW, NOW),
        (NOW - timedelta(seconds=1), NOW - timedelta(days=1)),
        (NOW + timedelta(hours=23), NOW),
        (NOW.astimezone(timezone.get_fixed_timezone(600)), NOW),
    ],
)
def test_the_latest_moment_of_a_time(now, due):
    assert last(time(3, 15), now) == due


@pytest.mark.django_db
def test_a_night_is_begun_once_and_not_again_by_the_next_worker(clock):
    nights, begun = Nights(), []
    for minute in range(-5, 3 * 24 * 60):
        clock.time = NOW + timedelta(minutes=minute)
        if nights.begin_if_due():
            begun.append(clock.time)
            note()
            nights = Nights()  # it was started anew
    assert begun == [NOW - timedelta(minutes=5), NOW, NOW + timedelta(days=1), NOW + timedelta(days=2)]


@pytest.mark.django_db
def test_what_fails_before_it_is_noted_is_not_begun_each_minute(clock):
    nights, clock.code = Nights(), None
    assert [nights.begin_if_due(), nights.begin_if_due()] == [True, False]
    clock.time += timedelta(days=1)
    assert not nights.begin_if_due()  # it runs since yesterday
    clock.code = 1
    assert [nights.begin_if_due(), nights.begin_if_due()] == [True, False]
    assert not Duty.objects.exists()


@pytest.mark.django_db
def test_a_night_that_was_cut_off_is_begun_once_more_an_hour_later_by_the_next_worker(clock):
    nights = Nights()
    assert nights.begin_if_due()
    Duty.objects.create(name=NIGHT, tried=NOW, done=NOW - timedelta(days=1))
    clock.time += timedelta(hours=1)
    assert not Nights().begin_if_due()
    clock.time += timedelta(minutes=1)
    assert not nights.begin_if_due()  # it may go on beside this one
    assert Nights().begin_if_due()
    Duty.objects.update(failures=1)  # the night before
    assert Nights().begin_if_due()
    Duty.objects.update(problem="CommandError: Not done: warm.")  # which was told
    assert not Nights().begin_if_due()


@pytest.mark.django_db
def test_a_clock_that_was_ahead_ends_no_nights(clock):
    Duty.objects.create(name=NIGHT, tried=NOW + timedelta(days=4000), done=NOW + timedelta(days=4000))
    nights = Nights()
    nights.begun = NOW + timedelta(days=4000)
    assert nights.begin_if_due()
    note()
    clock.time += timedelta(minutes=1)
    assert not Nights().begin_if_due()


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


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "level"), [(nightly.TOLD, "WARNING"), (1, "ERROR"), (-9, "ERROR")])
def test_one_that_did_not_end_well_is_told_once(clock, caplog, code, level):
    nights = Nights()
    assert nights.begin_if_due()
    note()
    clock.code = code
    assert not nights.begin_if_due()
    assert not nights.begin_if_due()
    told = [(record.levelname, record.getMessage()) for record in caplog.records if record.levelname != "INFO"]
    assert told == [(level, f"What is done by night ended with {code}.")]


@pytest.mark.django_db
def test_none_is_begun_through_a_pooler_and_that_is_told_once_a_night(clock, caplog, monkeypatch):
    monkeypatch.setattr(database, "is_pooled", lambda: True)
    nights = Nights()
    assert [nights.begin_if_due(), nights.begin_if_due()] == [False, False]
    assert [record.getMessage() for record in caplog.records] == [
        "What is done by night has to go past the pooler: let cron begin it (docs/operations.md)."
    ]
    assert not clock.begun


@pytest.mark.django_db
def test_it_is_this_sites_command_in_a_process_of_its_own(settings, monkeypatch, tmp_path):
    monkeypatch.setattr(duties, "_site_began", lambda: NOW)
    settings.NIGHTLY_AT, settings.BASE_DIR = time(3, 15), tmp_path
    (tmp_path / "manage.py").write_text(
        "import pathlib, sys; pathlib.Path(__file__).with_name('asked').write_text(sys.argv[1])"
    )
    nights = Nights()
    assert nights.begin_if_due()
    assert nights.process.wait(20) == 0
    assert (tmp_path / "asked").read_text() == "nightly"


@pytest.mark.django_db
@pytest.mark.parametrize("failing", ["", "backup", "check_files", "rebuild_search", "warm"])
def test_each_part_is_done_whatever_fails(tmp_path, monkeypatch, settings, caplog, failing):
    done, looked, out = [], [], StringIO()

    def call(name, *arguments, stdout, **options):
        done.append((name, *arguments, options))
        if name == failing:
            raise CommandError("not tonight")
        if name == "backup":
            make(tmp_path / "2026-06-30T031500")

    settings.KEEP_BACKUPS = 30
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(command, "call_command", call)
    monkeypatch.setattr(command, "close_old_connections", lambda: looked.append(len(done)))
    for day in ("2020-01-01", "2020-01-02", "2026-06-29"):
        make(tmp_path / f"{day}T031500")
    if failing:
        with pytest.raises(CommandError, match=rf"^Not done: {failing}\.$") as told:
            call_command("nightly", tmp_path, stdout=out)
        assert told.value.returncode == nightly.TOLD
    else:
        call_command("nightly", tmp_path, stdout=out)
    assert done == [
        ("backup", tmp_path, {"nightly": True}),
        ("check_files", {"nightly": True}),
        ("rebuild_search", "organisation", {"processes": 1}),
        ("warm", {"nightly": True}),
    ]
    # PostgreSQL may have been away since the part before.
    assert set(looked) == {0, 1, 2, 3, 4}
    assert [record.getMessage() for record in caplog.records] == ([f"{failing} failed by night."] if failing else [])
    # Where there is no new one, the old ones stay.
    assert out.getvalue().count("was older than 30 days and is deleted.\n") == (0 if failing == "backup" else 2)
    assert len(list(tmp_path.iterdir())) == (3 if failing == "backup" else 2)
    missed = f"nightly: never done. CommandError: Not done: {failing}." if failing else ""
    assert Background.look().problems()["duties"] == missed


@pytest.mark.django_db
def test_the_folder_is_asked_for_where_the_settings_name_none_and_old_ones_stay_by_default(
    tmp_path, monkeypatch, settings
):
    done = []
    monkeypatch.setattr(command, "call_command", lambda name, *arguments, **options: done.append((name, *arguments)))
    with pytest.raises(CommandError, match="target"):
        call_command("nightly")
    assert not done
    settings.BACKUP_FOLDER = str(tmp_path)
    for day in ("2020-01-01", "2020-01-02"):
        make(tmp_path / f"{day}T031500")
    call_command("nightly")
    assert done[0] == ("backup", tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def make(folder: Path, rows: int | None = 1000) -> None:
    """A backup of so many rows; without its list where that is None."""
    (folder / "media").mkdir(parents=True)
    (folder / "media" / "soil.txt").write_text("Soil")
    if rows is not None:
        (folder / LIST).write_text(json.dumps({"rows": {"auth_user": 1, "page": rows - 1, "search_3_word": 9_000}}))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_old_backups_go_and_the_newest_and_what_is_none_stay(folder):
    (folder / "elsewhere").mkdir()
    make(folder / "elsewhere" / "2026-03-01T031500")
    (folder / "2026-03-01T031500").symlink_to(folder / "elsewhere" / "2026-03-01T031500")
    make(folder / "2026-04-01T031500")
    make(folder / "2026-05-01T031500.partial", rows=None)
    make(folder / "2026-05-30T031459")
    make(folder / "2026-05-30T031501")
    make(folder / "2026-06-29T031500")
    make(folder / "2026-06-30T031459")
    make(folder / "2026-06-30T031459.partial", rows=None)
    make(folder / "before-the-move")
    (folder / "2026-01-01T031500").write_text("a note")
    assert forget_old(folder, 30) == Forgotten(
        ["2026-04-01T031500", "2026-05-01T031500.partial", "2026-05-30T031459"], {}
    )
    dated = ["2026-01-01T031500", "2026-03-01T031500", "2026-05-30T031501", "2026-06-29T031500", "2026-06-30T031459"]
    assert names(folder) == [*dated, "2026-06-30T031459.partial", "before-the-move", "elsewhere"]


def test_the_newest_whole_one_stays_however_old_it_is(folder):
    make(folder / "2025-01-01T000000")
    make(folder / "2025-01-03T000000.partial")  # its list was written, and then it was killed
    make(folder / "before-the-move")
    assert forget_old(folder, 1).deleted == ["2025-01-03T000000.partial"]
    assert forget_old(folder, 1).deleted == []
    assert names(folder) == ["2025-01-01T000000", "before-the-move"]


def test_a_clock_that_is_ahead_or_a_long_pause_deletes_no_more_than_a_night(folder, monkeypatch):
    for number in range(1, 30):
        make(folder / f"2026-06-{number:02}T031500")
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(days=4000))
    make(folder / "2037-06-12T031500")
    assert forget_old(folder, 27).deleted == ["2026-06-01T031500"]
    # The clock set right, that one isn't the newest: the next backup links to another, and it keeps none from going.
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    make(folder / "2026-06-30T031500")
    assert backups._whole(folder)[-1].name == "2026-06-30T031500"
    assert forget_old(folder, 26).deleted == ["2026-06-02T031500"]


def test_nothing_goes_where_the_newest_may_be_of_an_empty_site(folder):
    make(folder / "2025-01-01T000000")
    make(folder / "2026-06-29T031500")
    make(folder / "2026-06-30T031459", rows=499)
    with pytest.raises(KeepingError, match="2026-06-30T031459 has far fewer rows than 2025-01-01T000000"):
        forget_old(folder, 30)
    assert len(names(folder)) == 3
    make(folder / "2026-06-30T031500", rows=500)
    assert forget_old(folder, 30).deleted == ["2025-01-01T000000"]


def test_what_is_somebody_elses_is_no_backup(folder, monkeypatch):
    make(folder / "2026-06-29T031500")
    make(folder / "2026-06-30T031500")
    exists = Path.exists

    def refuse(path):
        if path.parent.name == "2026-06-30T031500":
            raise PermissionError("not yours")
        return exists(path)

    monkeypatch.setattr(Path, "exists", refuse)
    assert [path.name for path in backups._whole(folder)] == ["2026-06-29T031500"]


def test_one_that_can_not_be_deleted_keeps_no_other_and_is_tried_again(folder, monkeypatch, settings):
    def remove(path, *, fails=("2025-01-01T000000",)):
        if path.name in fails:
            raise PermissionError(f"Not allowed: {path.name}")
        subprocess.run(["/bin/rm", "-r", str(path)], check=True)

    monkeypatch.setattr(backups.shutil, "rmtree", remove)
    for day in ("2025-01-01", "2025-01-02", "2026-06-28", "2026-06-29"):
        make(folder / f"{day}T000000")
    out, settings.KEEP_BACKUPS = StringIO(), 30
    with pytest.raises(CommandError, match=r"^Some old backups can't be deleted\.$"):
        command.Command(stdout=out).forget_old(folder)
    assert out.getvalue() == (
        "2025-01-02T000000 was older than 30 days and is deleted.\n"
        "2025-01-01T000000 can't be deleted: Not allowed: 2025-01-01T000000\n"
    )
    # It is taken for none any more, and no longer links what the next has.
    assert not (folder / "2025-01-01T000000" / LIST).exists()
    assert forget_old(folder, 30).left == {"2025-01-01T000000": "Not allowed: 2025-01-01T000000"}
    monkeypatch.undo()
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    assert forget_old(folder, 30).deleted == ["2025-01-01T000000"]
