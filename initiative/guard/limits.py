"""Limits: how often the same person may do something. All workers count together (`initiative.guard.counts`)."""

import ipaddress
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.crypto import salted_hmac

from initiative.guard.counts import count
from initiative.guard.events import refused

_NETWORK = 64  # bits: what one household or office has of IPv6


@dataclass(frozen=True)
class Limit:
    """At most `times` in any `period` (a day at most) for the same `who`."""

    name: str
    times: int
    period: timedelta

    def take(self, who: str) -> bool:
        """Count an attempt. False, and nothing counted, where there were too many already."""
        digest = salted_hmac(f"limit {self.name}", who, algorithm="sha256").hexdigest()
        if count(digest, self.times, self.period):
            return True
        refused(f"limit {self.name}")
        return False


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
