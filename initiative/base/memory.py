"""Memory that a large answer took, given back to the machine: a worker would keep it for the next one."""

import ctypes
import gc

# glibc's; other systems give back by themselves, or not at all.
_trim = getattr(ctypes.CDLL(None), "malloc_trim", None)


def give_back() -> None:
    """Let go of what nothing refers to any more, and of the room that it left. Takes some milliseconds."""
    gc.collect()
    if _trim:
        _trim(0)
