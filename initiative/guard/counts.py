"""Where attempts are counted: in Redis where `REDIS_URL` names one, else in the database. Either way all workers and machines
count together; and where Redis doesn't answer, in the database meanwhile."""

import logging
from datetime import timedelta
from functools import cache
from time import monotonic
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from initiative.guard.models import Attempt

logger = logging.getLogger(__name__)

# No limit looks further back.
LONGEST = timedelta(days=1)
PATIENCE = 0.5  # seconds for Redis to answer: somebody waits for a form
AWAY = 5.0  # seconds in which it isn't asked again after it didn't
# One step, so that two at the very same moment aren't both the last. Times are milliseconds. What adds comes before what removes:
# only a first change is refused where there is no room.
_COUNT = """
local since = ARGV[1] - ARGV[2]
if redis.call('ZCOUNT', KEYS[1], '(' .. since, '+inf') >= tonumber(ARGV[3]) then return 0 end
redis.call('ZADD', KEYS[1], ARGV[1], ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', since)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
"""


def count(who: str, times: int, period: timedelta) -> bool:
    """Count an attempt of `who`, a digest. False, and nothing counted, where there were `times` in the last `period`."""
    shared = _redis(settings.REDIS_URL) if settings.REDIS_URL else None
    counted = shared.count(who, times, period) if shared else None
    return _count_in_database(who, times, period) if counted is None else counted


def problem() -> str:
    """What is wrong with Redis, in a line; empty where it answers, and where the settings name none."""
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
    Attempt.objects.create(who=who, moment=now)
    return True


class Redis:
    """Counts in a server of Redis or Valkey, each a set that goes by itself when its period is over."""

    def __init__(self, url: str):
        # Here, as it takes a while to load and few sites have one.
        from redis import Redis as Client
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        # Once more, as it may have been started anew since it was last asked.
        self._client = Client.from_url(
            url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE, retry=Retry(NoBackoff(), 1)
        )
        self._script = self._client.register_script(_COUNT)
        self._away_until = 0.0

    def count(self, who: str, times: int, period: timedelta) -> bool | None:
        """As `count` of this module; None where it doesn't answer."""
        from redis import RedisError

        if monotonic() < self._away_until:
            return None
        moment, lasts = int(timezone.now().timestamp() * 1_000), int(period.total_seconds() * 1_000)
        try:
            return bool(self._script(keys=[f"limit:{who}"], args=[moment, lasts, times, uuid4().hex]))
        except RedisError as error:
            self._away_until = monotonic() + AWAY
            logger.warning("Limits are counted in the database: Redis doesn't answer (%s)", error)
            return None

    def problem(self) -> str:
        """What is wrong with it, in a line; empty where it answers."""
        from redis import RedisError

        try:
            self._client.ping()
        except RedisError as error:
            return f"Redis doesn't answer, limits are counted in the database meanwhile: {error}"[:300]
        return ""


_redis = cache(Redis)
