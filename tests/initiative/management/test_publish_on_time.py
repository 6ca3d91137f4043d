"""What editors schedule is published without anybody at hand."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from initiative.background import Background
from initiative.keeping.duties import DAILY, TASKS
from initiative.management.commands import publish_on_time
from tests.factories import ResourceFactory, add_article

pytestmark = pytest.mark.django_db


def test_pages_and_records_are_published_and_expire_when_it_is_time(site):
    past = timezone.now() - timedelta(minutes=1)
    article = add_article(site, live=False, go_live_at=past)
    article.save_revision(approved_go_live_at=past)
    coming, going = ResourceFactory(live=False, go_live_at=past), ResourceFactory(expire_at=past)
    coming.save_revision(approved_go_live_at=past)
    call_command("publish_on_time", once=True)
    for thing in (article, coming, going):
        thing.refresh_from_db()
    assert [article.live, coming.live, going.live] == [True, True, False]


def test_what_is_not_due_waits(site):
    later = timezone.now() + timedelta(hours=1)
    resource = ResourceFactory(live=False, go_live_at=later)
    resource.save_revision(approved_go_live_at=later)
    call_command("publish_on_time", once=True)
    resource.refresh_from_db()
    assert not resource.live


def test_from_cron_it_is_seen_what_is_daily_is_done_once_a_day_and_a_failure_is_told(monkeypatch):
    noon, done, failing = datetime(2026, 6, 1, 12, tzinfo=UTC), [], {"send_digests"}

    def call(task, verbosity):
        if task in failing:
            raise LookupError("not there")
        done.append(task)

    monkeypatch.setattr(publish_on_time, "call_command", call)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    with pytest.raises(CommandError, match=r"^Not done: send_digests\."):
        call_command("publish_on_time", once=True)
    assert Background.look().problems()["worker"] == ""
    assert Background.look().problems()["duties"].startswith("send_digests: failed 1 times, never done: LookupError")
    assert sorted(done) == sorted({*TASKS, *DAILY} - failing)
    done.clear()
    with pytest.raises(CommandError, match=r"^Not done: send_digests\."):
        call_command("publish_on_time", once=True)  # it rests for a minute
    assert done == [task for task in TASKS if task not in failing]
    monkeypatch.setattr(timezone, "now", lambda: noon + timedelta(days=1))
    done.clear()
    with pytest.raises(CommandError):
        call_command("publish_on_time", once=True)
    assert set(DAILY) <= set(done)
