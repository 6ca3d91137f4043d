"""Write the fonts of the pictures for links: Newsreader at its largest cut, from the site's own files. Run where those change,
before `tools/slim_fonts.py` takes the rarest letters out of the first of them: pictures have no face to ask besides.

.venv/bin/python -m tools.make_share_fonts
"""

from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from initiative.base.fonts import FONTS

FACES = Path(__file__).parent.parent / "static" / "fonts"
LARGEST = {"opsz": 72}


def main() -> None:
    """Two files, for the letters of Western Europe and for the others."""
    for part in ("latin", "latin-ext"):
        font = instantiateVariableFont(TTFont(FACES / f"newsreader-{part}.woff2"), LARGEST)
        font.flavor = None
        font.save(FONTS / f"newsreader-{part}-72.ttf")


if __name__ == "__main__":
    main()
