"""The process that draws: a line of JSON comes in, `[mark, kind, facts]`; a line goes out, `{"mark": …, "length": …}` with so
many bytes after it, or `{"mark": …, "error": …}`.

While a site is updated in place, workers of the version before ask this one's code. So these lines, the kinds, and what a fact
means stay as they are; facts, and options of a line on a paper, may only be added, and with defaults.
"""

import json
import os
import select
import signal
import sys
from contextlib import suppress
from traceback import extract_tb

from initiative.base.drawing.card import card
from initiative.base.drawing.paper import paper

IDLE = 60.0  # seconds; then it goes
_KINDS = {"card": card, "paper": paper}


def main() -> None:
    """Draw until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who asks; the end of the line follows
    # What libraries print must not come among the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    while select.select([sys.stdin], [], [], IDLE)[0]:
        # Nothing is read ahead: who asks waits for the answer.
        asked = sys.stdin.buffer.readline()
        if not asked:
            return
        mark, kind, facts = json.loads(asked)
        try:
            drawing = _KINDS[kind](**facts)
            answer = {"length": len(drawing)}
        except Exception as error:  # noqa: BLE001  (whatever it is, who asked is told)
            drawing, last = b"", extract_tb(error.__traceback__)[-1]
            answer = {"error": f"{type(error).__name__} in {last.name} ({last.filename}, line {last.lineno})"}
        answers.write(json.dumps({"mark": mark, **answer}).encode() + b"\n" + drawing)
        answers.flush()


if __name__ == "__main__":
    with suppress(BrokenPipeError):  # who asked is gone
        main()
