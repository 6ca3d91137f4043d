import re

import pytest
from django.db import OperationalError, connection

from initiative import health, metrics
from initiative.letters.models import MOST_TRIES, Letter

TOKEN = "a-token-of-the-settings"


@pytest.fixture(autouse=True)
def from_nothing(settings):
    settings.OPERATIONS_TOKEN = TOKEN
    metrics.counters.clear()


def told(client) -> dict[str, float]:
    response = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert response.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = [line for line in response.content.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _blank, value in (line.rpartition(" ") for line in lines)}


def test_who_has_no_token_finds_no_such_page(client, site, admin_client, settings):
    """Staff neither."""
    for who in (client, admin_client):
        for headers in ({}, {"Authorization": "Bearer another"}, {"Authorization": "é"}):
            assert who.get("/metrics", headers=headers).status_code == 404
    settings.OPERATIONS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_answers_are_counted_by_what_they_said_and_how_long_they_took(client, site):
    client.get("/robots.txt")
    client.get("/nowhere")
    metrics.answered(200, 0.03)
    metrics.answered(503, 60)
    found = told(client)
    assert [found[f'site_answers_total{{status="{name}"}}'] for name in ("2xx", "3xx", "4xx", "5xx")] == [2, 0, 1, 1]
    buckets = [value for name, value in found.items() if name.startswith("site_answer_seconds_bucket")]
    assert buckets == sorted(buckets)
    assert (buckets[-1], found["site_answer_seconds_count"]) == (4, 4)
    assert buckets[-2] == 3  # one took longer than the last bound
    assert found["site_answer_seconds_sum"] > 60


def test_parts_and_letters_are_told_as_they_are(client, db):
    for number, tries in enumerate((0, 3, MOST_TRIES)):
        Letter.objects.create(key=f"{number}", to="a@example.org", language="en", subject="S", text="T", tries=tries)
    found = told(client)
    assert {part: found[f'site_ready{{part="{part}"}}'] for part in health.problems()} == dict.fromkeys(
        health.problems(), 1
    )
    assert (found['site_letters{state="waiting"}'], found['site_letters{state="given_up"}']) == (2, 1)


def test_a_database_that_is_away_is_told_and_nothing_else_fails(db, monkeypatch):
    def refuse(*_args, **_more):
        raise OperationalError("connection refused")

    with monkeypatch.context() as away:
        away.setattr(connection, "cursor", refuse)
        lines = list(metrics.lines())
    assert 'site_ready{part="database"} 0' in lines
    assert not any(line.startswith("site_letters") for line in lines)


def test_every_line_is_of_the_format(db):
    for line in metrics.lines():
        assert re.fullmatch(r'# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"]+"\})? [0-9.]+', line)


def test_a_worker_that_was_killed_while_it_counted_stops_nobody(monkeypatch):
    monkeypatch.setattr(metrics, "_PATIENCE", 0.05)
    metrics.counters._lock.acquire()  # and never gives it back
    for _time in range(3):
        metrics.counters.add("2xx")
    assert metrics.counters.get("2xx") == 3
    assert metrics.counters._lock.acquire(block=False)
    metrics.counters._lock.release()
