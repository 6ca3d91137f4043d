"""The cache that each process has for itself."""

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache

from initiative.base import freshness


class ProcessCache(LocMemCache):
    """In memory. What Wagtail keeps for up to an hour (where each site's tree begins, what languages are called), and forgets in
    the process alone that changes it, is as old here as other known things may be: others change it, too."""

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        if key.startswith("wagtail_"):
            timeout = freshness.KNOWN
        super().set(key, value, timeout, version)
