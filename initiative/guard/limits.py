"""Limits: how often the same person may do something. Counted in the database, so that all workers count together."""

import ipaddress
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from initiative.guard.events import refused
from initiative.guard.models import Attempt

# No limit looks further back.
LONGEST = timedelta(days=1)
_NETWORK = 64  # bits: what one household or office has of IPv6


@dataclass(frozen=True)
class Limit:
    """At most `times` in any `period` (a day at most) for the same `who`. Two at the very same moment may both count as the
    last: a limit needn't be exact."""

    name: str
    times: int
    period: timedelta

    def take(self, who: str) -> bool:
        """Count an attempt. False, and nothing counted, where there were too many already. Three statements."""
        now, digest = timezone.now(), self._digest(who)
        forget_old_attempts()
        if Attempt.objects.filter(who=digest, moment__gt=now - self.period).count() >= self.times:
            refused(f"limit {self.name}")
            return False
        Attempt.objects.create(who=digest, moment=now)
        return True

    def _digest(self, who: str) -> str:
        return salted_hmac(f"limit {self.name}", who, algorithm="sha256").hexdigest()


def forget_old_attempts() -> None:
    """Delete what no limit looks at any more."""
    Attempt.objects.filter(moment__lt=timezone.now() - LONGEST).delete()


def visitor(request) -> str:
    """The internet address that a request came from; of IPv6 its network, which one person has all of.

    Behind a proxy that is the last address in `X-Forwarded-For`, the one that the proxy itself wrote; what stands before it
    is anybody's claim.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or address
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 6:
        return str(found.ipv4_mapped or ipaddress.ip_network((found, _NETWORK), strict=False))
    return str(found)
