"""Work in the background that is not done shows to who runs the site, and readers have their pages."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import yaml
from django.core.management import call_command
from wagtail.models import Page, Revision

from initiative import metrics
from initiative.background import Background
from initiative.keeping.duties import NIGHTLY
from initiative.keeping.models import Duty
from initiative.letters.models import MOST_TRIES, Letter

pytestmark = pytest.mark.django_db
WELL = {"worker": "", "duties": "", "letters": "", "scheduled": ""}
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
TOKEN = "a-token-of-the-settings"


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr("initiative.background.timezone.now", lambda: NOW)


@pytest.fixture
def worker():
    """It was here a minute ago."""
    return Duty.objects.create(
        name="deliver_letters", tried=NOW - timedelta(minutes=1), done=NOW - timedelta(minutes=1)
    )


def letter(key, minutes, to="a@example.org", **more):
    written = NOW - timedelta(minutes=minutes)
    Letter.objects.create(key=key, to=to, language="en", subject="S", text="T", written=written, **more)


def schedule(minutes):
    due = NOW - timedelta(minutes=minutes)
    Revision.objects.filter(pk=Page.objects.order_by("pk")[1].save_revision().pk).update(approved_go_live_at=due)


def found() -> dict[str, str]:
    return Background.look().problems()


def test_all_is_well(worker, django_assert_num_queries):
    letter("new", 29)
    letter("sent", 500, sent=NOW)
    schedule(29)
    with django_assert_num_queries(7):
        assert found() == WELL


def test_what_cron_does_no_more(worker):
    Duty.objects.create(name="warm", done=NOW - timedelta(days=2), tried=NOW)
    backup = Duty.objects.create(
        name="backup", done=NOW - timedelta(days=60), tried=NOW - timedelta(days=60, minutes=1)
    )
    assert found() == WELL
    backup.done = backup.tried = NOW - timedelta(days=2, minutes=1)
    backup.save()
    assert found() == WELL | {"duties": "backup: not done since 2026-05-30 11:59 UTC."}
    Duty.objects.create(name="check_files", tried=NOW, failures=1, problem="CommandError: A file is gone.")
    told = "backup: not done since 2026-05-30 11:59 UTC.; check_files: never done. CommandError: A file is gone."
    assert found() == WELL | {"duties": told}


def test_a_worker_that_was_never_here_or_is_gone(worker):
    Duty.objects.update(tried=NOW - timedelta(minutes=11))
    assert found() == WELL | {"worker": "Nothing done since 2026-06-01 11:49 UTC."}
    Duty.objects.all().delete()
    assert found() == WELL | {"worker": "None was ever here: start manage.py publish_on_time."}


def test_what_fails_and_what_waits(worker):
    Duty.objects.create(
        name="send_digests", tried=NOW, failures=5, problem="OSError: no", done=NOW - timedelta(hours=2)
    )
    Duty.objects.create(name="read_files", tried=NOW, failures=1, problem="KeyError: 1")
    letter("old", 31)
    letter("lost", 5, tries=MOST_TRIES, tried=NOW)
    letter("lost long ago", 5, tries=MOST_TRIES, tried=NOW - timedelta(days=8))
    schedule(31)
    assert found() == {
        "worker": "",
        "duties": "read_files: failed 1 times, never done: KeyError: 1; "
        "send_digests: failed 5 times, last done 2026-06-01 10:00 UTC: OSError: no",
        "letters": "The oldest has been due since 2026-06-01 11:29 UTC.; Given up for good in the last week: 1.",
        "scheduled": "The oldest has been due since 2026-06-01 11:29 UTC.",
    }


def test_a_letter_that_was_tried_waits_for_its_own_time(worker):
    minute = timedelta(minutes=1)
    letter("refused for days", 5_000, tries=12, tried=NOW - minute)
    letter("tried just now", 200, tries=5, tried=NOW - minute)
    letter("due for half an hour", 200, tries=5, tried=NOW - (32 + 30) * minute)
    assert found() == WELL
    assert Background.look().letter == NOW - 30 * minute
    letter("due for longer", 200, tries=5, tried=NOW - (32 + 31) * minute)
    assert found() == WELL | {"letters": "The oldest has been due since 2026-06-01 11:29 UTC."}


def test_a_mail_server_that_takes_nothing_is_no_refused_address(worker):
    lately = {"tries": 12, "tried": NOW - timedelta(minutes=1)}
    letter("refused", 90, **lately)
    letter("refused too", 40, **lately)
    letter("not tried", 5, to="c@example.org")
    assert found() == WELL
    letter("another", 31, to="b@example.org", **lately)
    assert found() == WELL | {"letters": "Of several that were tried none was taken since 2026-06-01 10:30 UTC."}
    assert "site_mail_stands_seconds 5400" in list(metrics.lines())
    letter("taken", 50, to="d@example.org", sent=NOW - timedelta(minutes=35))
    assert found() == WELL
    assert "site_mail_stands_seconds 0" in list(metrics.lines())


def test_what_has_no_such_name_any_more_tells_nothing(worker):
    Duty.objects.create(name="a_name_of_before", tried=NOW, failures=9, problem="OSError: no")
    assert found() == WELL
    Duty.objects.filter(name="deliver_letters").delete()
    assert found() == WELL | {"worker": "None was ever here: start manage.py publish_on_time."}
    assert not any("a_name_of_before" in line for line in metrics.lines())


def test_it_is_told_to_who_has_the_token_and_nobody_is_kept_away(client, worker, settings, capsys):
    settings.OPERATIONS_TOKEN = TOKEN
    Duty.objects.update(tried=NOW - timedelta(hours=1))
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready")
    response = client.get("/readyz", headers={"Authorization": f"Bearer {TOKEN}"})
    told = WELL | {"worker": "Nothing done since 2026-06-01 11:00 UTC."}
    assert (response.status_code, json.loads(response.content)["background"]) == (200, told)
    call_command("check_ready")
    assert (
        "background, worker: Nothing done since 2026-06-01 11:00 UTC.\nbackground, duties: well\n"
        in capsys.readouterr().out
    )


def test_the_numbers(worker):
    Duty.objects.create(name="send_digests", tried=NOW, failures=5)
    letter("old", 31)
    lines = list(metrics.lines())
    for line in (
        f"site_worker_seen_seconds {NOW.timestamp():.0f}",
        f'site_duty_done_seconds{{duty="deliver_letters"}} {NOW.timestamp() - 60:.0f}',
        'site_duty_done_seconds{duty="send_digests"} 0',
        'site_duty_failures{duty="send_digests"} 5',
        'site_waiting_seconds{what="letters"} 1860',
        'site_waiting_seconds{what="scheduled"} 0',
    ):
        assert line in lines


def test_alerts_name_what_there_is(worker, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1"
    told = {re.split(r"[{ ]", line)[0] for line in metrics.lines() if not line.startswith("#")}
    [group] = yaml.safe_load((settings.BASE_DIR / "deploy" / "alerts.yml").read_text())["groups"]
    for rule in group["rules"]:
        [name] = re.findall(r"site_\w+", rule["expr"])
        assert name in told, rule["alert"]
        for duties in re.findall(r'duty[!=]~"(.+?)"', rule["expr"]):
            assert tuple(duties.split("|")) == NIGHTLY, rule["alert"]
