"""The tokens of `static/css/tokens.css`, read from the file itself: what they are in the light and in the dark, and how well
words are read on their grounds."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.contrib.staticfiles import finders

from initiative.styleguide.colours import Colour, contrast

SCHEMES = ("light", "dark")
_DARK = "@media (prefers-color-scheme: dark)"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# A comment on a line of its own is a heading; one after a token is a remark.
_HEADING = re.compile(r"^[ \t]*/\*\s*(.*?)\s*\*/[ \t]*$", re.MULTILINE)

# What is read on what, and the contrast it must have: 7 for long texts, 4.5 for others, 3 for edges and signs.
PAIRS = [
    ("ink", "paper", 7),
    ("ink", "paper-deep", 7),
    ("ink", "paper-core", 7),
    ("ink-soft", "paper", 7),
    ("ink-soft", "paper-deep", 4.5),
    ("clay", "paper", 4.5),
    ("ochre", "paper", 4.5),
    ("leaf", "paper", 4.5),
    ("water", "paper", 4.5),
    ("alarm", "paper", 4.5),
    ("line-strong", "paper", 3),
    ("focus", "paper", 3),
    ("on-s", "s-litter", 4.5),
    ("on-s", "s-humus", 7),
    ("on-s", "s-clay", 4.5),
    ("on-s", "s-rock", 7),
    ("on-s-light", "s-ochre", 4.5),
    ("on-s-light", "s-sand", 7),
    ("on-bedrock", "bedrock", 7),
    ("on-bedrock-soft", "bedrock", 4.5),
    ("on-mark", "mark", 4.5),
]


@dataclass(frozen=True)
class Reading:
    """One token on another in one scheme."""

    scheme: str
    text: str
    ground: str
    least: float
    contrast: float

    @property
    def is_enough(self) -> bool:
        return self.contrast >= self.least

    @property
    def shown(self) -> str:
        """To a tenth, rounded down: 4.46 isn't 4.5."""
        return f"{int(self.contrast * 10) / 10:.1f}"


def source() -> str:
    """The text of the style sheet of tokens."""
    return Path(finders.find("css/tokens.css")).read_text(encoding="utf-8")


def tokens(scheme: str = "light") -> dict[str, str]:
    """Name without its dashes → value, as the file has it; in the dark, what the dark changes."""
    light = _declarations(_block(source(), ":root"))
    return light if scheme == "light" else light | _dark()


def rules() -> str:
    """The style sheet of the guide that follows from the tokens. `.scheme-light`, `.scheme-dark`: a part of a page is in the
    light or in the dark whatever the browser prefers. `.fill-…`, `.size-…`, `.space-…`: a token to look at."""
    dark, light = _dark(), tokens()
    found = []
    for scheme, values in (("light", {name: light[name] for name in dark}), ("dark", dark)):
        said = "".join(f"--{name}:{value};" for name, value in values.items())
        found.append(f".scheme-{scheme}{{color-scheme:{scheme};{said}}}")
    named = {name for pair in PAIRS for name in pair[:2]}
    found += [f".fill-{name}{{fill:var(--{name})}}" for name in sorted(named)]
    found += [f".size-{name}{{font-size:var(--{name})}}" for name in sizes()]
    found += [f".space-{name}{{inline-size:var(--{name})}}" for name in spaces()]
    return "\n".join(found) + "\n"


def sizes() -> list[str]:
    """The names of the sizes of type."""
    return [name for name in tokens() if name.startswith("t-")]


def spaces() -> dict[str, str]:
    """The steps of space, and how wide they are."""
    return {name: value for name, value in tokens().items() if re.fullmatch(r"s\d", name)}


def groups() -> list[tuple[str, list[str]]]:
    """The names of the tokens under the comments that stand above them, in order."""
    _before, *parts = _HEADING.split(_block(source(), ":root"))
    return [(parts[place], list(_declarations(parts[place + 1]))) for place in range(0, len(parts), 2)]


def readings() -> list[Reading]:
    """Every pair in both schemes."""
    found = []
    for scheme in SCHEMES:
        values = tokens(scheme)
        for text, ground, least in PAIRS:
            found.append(
                Reading(scheme, text, ground, least, contrast(Colour.parse(values[text]), Colour.parse(values[ground])))
            )
    return found


def _dark() -> dict[str, str]:
    return _declarations(_block(_block(source(), _DARK), ":root"))


def _block(text: str, opening: str) -> str:
    """What stands between the braces after the first `opening`."""
    start = text.index("{", text.index(opening)) + 1
    depth, place = 1, start
    while depth:
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        place += 1
    return text[start : place - 1]


def _declarations(block: str) -> dict[str, str]:
    plain = _COMMENT.sub("", block)
    return {name: " ".join(value.split()) for name, value in re.findall(r"--([\w-]+):\s*([^;]+);", plain)}
