"""Pictures of every screen in every language, light and dark, narrow and wide, to be looked at.

python -m tests.browser.screenshots                                   everything, which takes a while
python -m tests.browser.screenshots --languages ar --widths 390 --schemes dark
python -m tests.browser.screenshots --screens library "desk, report"  the screens with these words in their names

They go to var/screenshots, with a page to leaf through (index.html) and sheets on which several screens stand side by side.
The screens, and what stands on them, are those of the browser tests.
"""

import argparse
import sys
from pathlib import Path

import pytest

from tests.browser.screenshots.album import SCALES, Album

LANGUAGES = ("en", "fr", "es", "ar")


class _Wishes:
    """What was asked for, handed to `shoot.py`."""

    def __init__(self, arguments: argparse.Namespace, album: Album):
        self._arguments, self._album = arguments, album

    @pytest.fixture
    def looks(self) -> list[tuple[str, str, int]]:
        """Language, scheme and width of each picture of a screen."""
        asked = self._arguments
        return [(code, scheme, width) for code in asked.languages for scheme in asked.schemes for width in asked.widths]

    @pytest.fixture
    def album(self) -> Album:
        return self._album

    def pytest_generate_tests(self, metafunc):
        from tests.browser.screens import EVERYTHING

        words = self._arguments.screens
        names = [name for name in EVERYTHING if not words or any(word in name for word in words)]
        metafunc.parametrize("name", names)


def main() -> int:
    """Take them, as one test of pytest for each screen; its exit code."""
    arguments = _arguments()
    album = Album(arguments.folder)
    shoot = Path(__file__).with_name("shoot.py")
    code = pytest.main([str(shoot), "-m", "browser", "-q"], plugins=[_Wishes(arguments, album)])
    sys.stdout.write("\n".join(["", *map(str, album.finish()), ""]))
    return int(code)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition(".")[0])
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=LANGUAGES)
    parser.add_argument("--widths", nargs="+", type=int, choices=SCALES, default=list(SCALES))
    parser.add_argument("--schemes", nargs="+", choices=("light", "dark"), default=("light", "dark"))
    parser.add_argument("--screens", nargs="+", metavar="WORDS", help="of the names in tests/browser/screens.py")
    parser.add_argument("--folder", type=Path, default=Path("var/screenshots"))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
