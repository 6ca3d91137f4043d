"""Limits count in Redis where the settings name one, and in the database while it doesn't answer."""

import shutil
import socket
import subprocess
import threading
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from redis import Redis, RedisError

from initiative import health, metrics, urls
from initiative.guard import counts
from initiative.guard.limits import Limit
from initiative.guard.models import Attempt

pytestmark = pytest.mark.django_db

TWO_AN_HOUR = Limit("test", times=2, period=timedelta(hours=1))
HOUR = timedelta(hours=1)


class Server:
    """Redis on a socket of the machine, started and stopped; nothing of it is kept."""

    def __init__(self, folder):
        self.url, self._folder, self._process = f"unix://{folder}/redis", folder, None
        self.client = Redis.from_url(self.url)

    def start(self):
        program = shutil.which("redis-server") or shutil.which("valkey-server")
        if program is None:
            pytest.skip("Needs a server of Redis or Valkey (Debian: apt install redis-server).")
        command = [program, "--port", "0", "--unixsocket", f"{self._folder}/redis", "--save", "", "--dir", self._folder]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        for _time in range(200):
            try:
                return self.client.ping()
            except RedisError:
                time.sleep(0.05)
        raise AssertionError("It doesn't start")

    def stop(self):
        if self._process and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(20)


@pytest.fixture(autouse=True)
def _nobody_is_known_to_be_away():
    counts._redis.cache_clear()
    yield
    counts._redis.cache_clear()


@pytest.fixture
def redis(settings, tmp_path_factory):
    """A server that the settings name. The path of a socket has a hundred letters at most."""
    server = Server(tmp_path_factory.mktemp("r"))
    try:
        server.start()
        settings.REDIS_URL = server.url
        yield server
    finally:
        server.client.close()
        server.stop()


@pytest.fixture
def away(settings):
    """A server that the settings name, and that isn't there."""
    settings.REDIS_URL = "redis://127.0.0.1:1"


def test_so_many_in_a_period_and_no_more(redis, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert [TWO_AN_HOUR.take("203.0.113.5") for _attempt in range(4)] == [True, True, False, False]
        assert TWO_AN_HOUR.take("203.0.113.6")
        assert Limit("another", times=2, period=HOUR).take("203.0.113.5")
    assert redis.client.dbsize() == 3


def test_what_is_older_than_the_period_does_not_count(redis, monkeypatch):
    begun = timezone.now()
    for minutes, taken in ((0, True), (10, True), (59, False), (61, True), (62, False), (71, True)):
        moment = begun + timedelta(minutes=minutes)
        monkeypatch.setattr(counts, "timezone", SimpleNamespace(now=lambda moment=moment: moment))
        assert (minutes, TWO_AN_HOUR.take("203.0.113.5")) == (minutes, taken)


def test_what_is_counted_goes_by_itself_and_says_nothing_of_who_it_was(redis):
    TWO_AN_HOUR.take("203.0.113.5")
    [key] = redis.client.keys()
    assert len(key) == len("limit:") + 64
    assert 3_500_000 < redis.client.pttl(key) <= 3_600_000
    assert Limit("a moment", times=1, period=timedelta(milliseconds=30)).take("203.0.113.5")
    time.sleep(0.1)
    assert redis.client.keys() == [key]


def warnings(caplog) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == counts.__name__]


def test_while_it_is_away_the_database_counts_and_nobody_waits_for_it_each_time(away, caplog, monkeypatch):
    assert [TWO_AN_HOUR.take("203.0.113.5") for _attempt in range(3)] == [True, True, False]
    assert Attempt.objects.count() == 2
    [said] = warnings(caplog)
    assert said.startswith("Limits are counted in the database: Redis can't be asked (Error ")
    later = time.monotonic() + counts.AWAY
    monkeypatch.setattr(counts, "monotonic", lambda: later)
    TWO_AN_HOUR.take("203.0.113.6")
    assert len(warnings(caplog)) == 2


def test_when_it_comes_back_it_counts_again(redis, monkeypatch):
    assert TWO_AN_HOUR.take("203.0.113.5")
    redis.stop()
    assert TWO_AN_HOUR.take("203.0.113.5")
    assert Attempt.objects.count() == 1
    redis.start()
    later = time.monotonic() + counts.AWAY
    monkeypatch.setattr(counts, "monotonic", lambda: later)
    assert [TWO_AN_HOUR.take("203.0.113.5") for _attempt in range(3)] == [True, True, False]
    assert Attempt.objects.count() == 1


def test_one_that_was_started_anew_is_asked_at_once(redis):
    assert TWO_AN_HOUR.take("203.0.113.5")
    redis.stop()
    redis.start()
    assert TWO_AN_HOUR.take("203.0.113.5")
    assert Attempt.objects.count() == 0


def test_a_question_that_is_asked_again_is_counted_once(redis, monkeypatch):
    monkeypatch.setattr(counts, "uuid4", lambda: SimpleNamespace(hex="the same"))
    once = Limit("once", times=1, period=HOUR)
    assert once.take("203.0.113.5")
    assert once.take("203.0.113.5")  # its answer was lost
    monkeypatch.setattr(counts, "uuid4", lambda: SimpleNamespace(hex="another"))
    assert not once.take("203.0.113.5")


def full(client):
    client.config_set("maxmemory", 1)


def without_rights(client):
    client.execute_command("ACL", "SETUSER", "default", "-evalsha", "-eval", "-script")


@pytest.mark.parametrize("spoil", [full, without_rights])
def test_one_that_answers_and_does_not_count_is_as_good_as_away(redis, spoil):
    spoil(redis.client)
    assert TWO_AN_HOUR.take("203.0.113.5")
    assert Attempt.objects.count() == 1
    assert counts.problem().startswith("Limits are counted in the database, Redis can't be asked: ")


@pytest.mark.parametrize("answer", [b":abc\r\n", b"$abc\r\n", b"-MOVED\r\n", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def test_something_else_that_listens_there_stops_nobody(settings, answer):
    def speak():
        while True:
            try:
                line, _who = listener.accept()
            except OSError:
                return
            with line:
                line.recv(1024)
                line.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=speak)
        thread.start()
        settings.REDIS_URL = f"redis://127.0.0.1:{listener.getsockname()[1]}"
        assert TWO_AN_HOUR.take("203.0.113.5")
        assert Attempt.objects.count() == 1
        assert counts.problem()
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


def test_what_the_site_could_not_do_is_given_back(redis, client, monkeypatch, settings):
    """Whoever presses “send again” while the database is away isn't refused once it is back."""
    client.raise_request_exception = False
    once = Limit("once", times=1, period=HOUR)

    def fails(request):
        assert once.take("203.0.113.5")
        raise OperationalError("connection refused")

    monkeypatch.setattr(urls.urlpatterns[0], "callback", fails)
    path = reverse(urls.urlpatterns[0].name)
    assert [client.get(path).status_code for _time in range(3)] == [503, 503, 503]
    assert redis.client.keys() == []

    monkeypatch.setattr(urls.urlpatterns[0], "callback", lambda request: HttpResponse(str(once.take("203.0.113.5"))))
    assert [client.get(path).content for _time in range(2)] == [b"True", b"False"]


def test_staff_and_prometheus_are_told_and_the_site_is_ready(away, capsys, settings):
    said = "Limits are counted in the database, Redis can't be asked: Error "
    assert health.background()["limits"].startswith(said)
    call_command("check_ready")
    assert f"background, limits: {said}" in capsys.readouterr().out
    assert "site_redis_up 0" in list(metrics.lines())
    settings.REDIS_URL = ""
    assert "limits" not in health.background()
    assert not [line for line in metrics.lines() if "redis" in line]


def test_one_that_counts_is_well(redis):
    assert health.background()["limits"] == ""
    assert "site_redis_up 1" in list(metrics.lines())
