"""Trials on the site as it runs in production, and the table of what they found."""

import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from deploy.stack import Stack, StackError

# What was looked at → what was found, and whether that is as it must be.
Found = dict[str, tuple[object, bool]]


def tried(
    name: str, folder: str | None, *trials: Callable[[Stack], Found], kind: type[Stack] = Stack, **options
) -> int:
    """Start the site, a stack of this kind, with its data in `folder` (one of its own by default) and these options, try it,
    print a table; 1 where something is wrong or can't be started."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started ends, too
    found: Found = {}
    with tempfile.TemporaryDirectory(prefix=f"{name}-") as own:
        Path(own).chmod(0o755)
        try:
            with kind(Path(folder or own), **options) as stack:
                for trial in trials:
                    found |= trial(stack)
                if not _right(found):
                    sys.stderr.write(last_fault(stack.log("application")))
        except StackError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    width = max(map(len, found))
    for what, (figure, right) in found.items():
        sys.stdout.write(f"  {what:{width}}  {figure}{'' if right else '  WRONG'}\n")
    return 0 if _right(found) else 1


def _right(found: Found) -> bool:
    return all(right for _figure, right in found.values())


def last_fault(log: Path) -> str:
    """The last traceback in a log, with the lines before and after it; empty where there is none."""
    before, traceback, after = log.read_text(errors="replace").rpartition("Traceback (most recent call last):")
    return f"{before[-500:]}{traceback}{after[:8_000]}\n" if traceback else ""
