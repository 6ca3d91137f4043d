"""Where attempts are counted: in Redis where `REDIS_URL` names one, else in the database. Either way all workers and machines
count together; and where Redis doesn't answer, in the database meanwhile."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from functools import cache, partial
from time import monotonic
from uuid import uuid4

from django.conf import settings
from django.db import Error
from django.utils import timezone
from django.utils.functional import cached_property

from initiative.guard.models import Attempt

logger = logging.getLogger(__name__)

# No limit looks further back.
LONGEST = timedelta(days=1)
PATIENCE = 0.5  # seconds for Redis to answer: somebody waits for a form. Looking up its name isn't bounded by it
AWAY = 5.0  # seconds in which it isn't asked again after it didn't
# One step, so that two at the very same moment aren't both the last. Times are milliseconds. A question whose answer was lost is
# asked again under its own name. What adds comes before what removes: only a first change is refused where there is no room.
_COUNT = """
if redis.call('ZSCORE', KEYS[1], ARGV[4]) then return 1 end
local since = ARGV[1] - ARGV[2]
if redis.call('ZCOUNT', KEYS[1], '(' .. since, '+inf') >= tonumber(ARGV[3]) then return 0 end
redis.call('ZADD', KEYS[1], ARGV[1], ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', since)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
"""
# What takes back each attempt that was counted for one request.
_taken: ContextVar[list[Callable[[], bool]] | None] = ContextVar("counted", default=None)


def count(who: str, times: int, period: timedelta) -> bool:
    """Count an attempt of `who`, a digest. False, and nothing counted, where there were `times` in the last `period`."""
    counted = _redis(settings.REDIS_URL).count(who, times, period) if settings.REDIS_URL else None
    return _count_in_database(who, times, period) if counted is None else counted


@contextmanager
def noted() -> Iterator[None]:
    """Within this, for one request, it is known what `give_back` gives back."""
    token = _taken.set([])
    try:
        yield
    finally:
        _taken.reset(token)


def give_back() -> None:
    """What the site itself couldn't do isn't counted against who asked for it. Where what counted is away by now, it is."""
    for forget in _taken.get() or ():
        if not forget():
            return


def problem() -> str:
    """What is wrong with Redis, in a line; empty where it counts, and where the settings name none. Never raises."""
    return _redis(settings.REDIS_URL).problem() if settings.REDIS_URL else ""


def forget_old_attempts() -> None:
    """Delete from the database what no limit looks at any more. Redis does so by itself."""
    Attempt.objects.filter(moment__lt=timezone.now() - LONGEST).delete()


def _count_in_database(who: str, times: int, period: timedelta) -> bool:
    """Three statements. Two at the very same moment may both count as the last: a limit needn't be exact."""
    now = timezone.now()
    forget_old_attempts()
    if Attempt.objects.filter(who=who, moment__gt=now - period).count() >= times:
        return False
    attempt = Attempt.objects.create(who=who, moment=now)
    _note(partial(_forget_in_database, attempt))
    return True


def _forget_in_database(attempt: Attempt) -> bool:
    """Take an attempt back, unless it went with all else that was written: its number may then be another's. False where the
    database can't be asked."""
    try:
        Attempt.objects.filter(pk=attempt.pk, who=attempt.who, moment=attempt.moment).delete()
    except Error as error:
        logger.warning("The database can't be asked, so an attempt stays counted (%s)", error)
        return False
    return True


def _note(forget: Callable[[], bool]) -> None:
    if (taken := _taken.get()) is not None:
        taken.append(forget)


class Redis:
    """Counts in a server of Redis or Valkey, each a set that goes by itself a period after the last attempt."""

    def __init__(self, url: str):
        self._url, self._away_until = url, 0.0

    def count(self, who: str, times: int, period: timedelta) -> bool | None:
        """As `count` of this module; None where it doesn't answer."""
        if monotonic() < self._away_until:
            return None
        name = uuid4().hex
        try:
            counted = self._ask(who, times, period, name)
        except Exception as error:  # noqa: BLE001  (redis-py raises all sorts of a server that says strange things)
            self._away_until = monotonic() + AWAY
            logger.warning("Limits are counted in the database: Redis can't be asked (%s)", error)
            return None
        if counted:
            _note(partial(self.forget, who, name))
        return counted

    def forget(self, who: str, name: str) -> bool:
        """Take an attempt back; False where it doesn't answer."""
        try:
            self._client.zrem(_key(who), name)
        except Exception as error:  # noqa: BLE001  (as above)
            logger.warning("Redis can't be asked, so an attempt stays counted (%s)", error)
            return False
        return True

    def problem(self) -> str:
        """What is wrong with it, in a line; empty where it counts."""
        try:
            self._ask("health", 1, timedelta(milliseconds=1), uuid4().hex)
        except Exception as error:  # noqa: BLE001  (as above)
            return f"Limits are counted in the database, Redis can't be asked: {error}"[:300]
        return ""

    def _ask(self, who: str, times: int, period: timedelta, name: str) -> bool:
        moment, lasts = (int(seconds * 1_000) for seconds in (timezone.now().timestamp(), period.total_seconds()))
        return bool(self._script(keys=[_key(who)], args=[moment, lasts, times, name]))

    @cached_property
    def _script(self):
        return self._client.register_script(_COUNT)

    @cached_property
    def _client(self):
        # Here, as few sites have one. Those load it before their workers part (initiative.preload).
        from redis import ConnectionError as Lost
        from redis import Redis as Client
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        # Asked once more where a connection is lost: it may have been started anew since it was last asked.
        again = Retry(NoBackoff(), 1, supported_errors=(Lost,))
        return Client.from_url(self._url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE, retry=again)


def _key(who: str) -> str:
    return f"limit:{who}"


_redis = cache(Redis)
