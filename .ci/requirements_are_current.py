"""Ends with 1 where a name in requirements*.in has no pin in the compiled file, or a pin has no hash."""

import re
import sys
from pathlib import Path

NAME = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(\[[^]]*\])?", re.MULTILINE)
PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==\S+( ;[^\\\n]*)? \\\n    --hash=sha256:[0-9a-f]{64}", re.MULTILINE)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> int:
    stale = 0
    for compiled in sorted(str(path) for path in Path().glob("requirements*.txt")):
        pins = {normal(name) for name, _ in PIN.findall(Path(compiled).read_text(encoding="utf-8"))}
        source = compiled.removesuffix(".txt") + ".in"
        for name, _ in NAME.findall(Path(source).read_text(encoding="utf-8")):
            if normal(name) not in pins:
                print(f"{source} asks for {name}, which {compiled} does not pin: run make requirements")
                stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main())
