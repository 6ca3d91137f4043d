#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys
from contextlib import nullcontext

from initiative import preflight


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "initiative.settings")
    serving = sys.argv[1:2] == ["serve"]
    with nullcontext() if "--traceback" in sys.argv else preflight.one_sentence():
        if serving:
            preflight.prepare(sys.argv[2:])
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
