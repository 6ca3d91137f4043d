"""Pictures of screens: kept in a folder, set out on sheets, and put on a page to leaf through."""

import html
import io
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from django.utils.text import slugify
from PIL import Image, ImageDraw, ImageFont

# Width of a screen in pixels → how large it stands on a sheet: small enough for several, large enough to be read.
SCALES = {390: 0.75, 1440: 0.53}
SHEET = (1_568, 1_568)
CAPTION, GAP = 20, 8

_PAGE = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Every screen</title>
    <style>
      body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 2rem; }}
      section div {{ display: flex; gap: 1rem; overflow-x: auto; align-items: start; }}
      figure {{ margin: 0; flex: none; }}
      img {{ display: block; inline-size: auto; max-block-size: 32rem; max-inline-size: 24rem; border: 1px solid #999;
             object-fit: cover; object-position: top; }}
    </style>
  </head>
  <body>
    <h1>Every screen</h1>
    {sections}
  </body>
</html>
"""


@dataclass(frozen=True)
class Shot:
    """One picture of a screen; `foot`: pixels above its footer."""

    name: str
    look: tuple[str, str, int]
    path: Path
    foot: int

    @property
    def label(self) -> str:
        return " ".join(map(str, self.look))


class Album:
    """A folder of shots."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.shots: list[Shot] = []
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, name: str, look: tuple[str, str, int], picture: bytes, foot: int) -> None:
        """Keep a picture: the bytes of a PNG."""
        folder = self.folder / "-".join(map(str, look))
        folder.mkdir(exist_ok=True)
        path = folder / f"{slugify(name)}.png"
        path.write_bytes(picture)
        self.shots.append(Shot(name, look, path, foot))

    def finish(self) -> list[Path]:
        """Make sheets and page; where they are."""
        looks = defaultdict(list)
        for shot in self.shots:
            looks[shot.look].append(shot)
        sheets = [path for look, shots in looks.items() for path in self._sheets(look, shots)]
        page = self.folder / "index.html"
        page.write_text(_PAGE.format(sections="\n".join(self._sections())))
        return [*sheets, page]

    def _sheets(self, look, shots) -> list[Path]:
        """The screens of a look one after another in columns, as a newspaper is set."""
        columns = [column for place, shot in enumerate(shots) for column in _columns(shot, whole=place == 0)]
        across = SHEET[0] // (columns[0].width + GAP)
        paths = []
        for first in range(0, len(columns), across):
            sheet = Image.new("RGB", SHEET, "#999")
            for place, column in enumerate(columns[first : first + across]):
                sheet.paste(column, (place * (column.width + GAP), 0))
            paths.append(self.folder / f"sheet-{'-'.join(map(str, look))}-{len(paths) + 1:02}.png")
            sheet.save(paths[-1])
        return paths

    def _sections(self):
        screens = defaultdict(list)
        for shot in self.shots:
            screens[shot.name].append(shot)
        for name, shots in screens.items():
            figures = "".join(
                f'<figure><a href="{source}"><img src="{source}" alt="" loading="lazy"></a>'
                f"<figcaption>{shot.label}</figcaption></figure>"
                for shot in shots
                for source in [html.escape(shot.path.relative_to(self.folder).as_posix())]
            )
            yield f"<section><h2>{html.escape(name)}</h2><div>{figures}</div></section>"


def _columns(shot: Shot, whole: bool) -> list[Image.Image]:
    """A shot, with its footer only where it is `whole`, cut into columns with its name above."""
    with Image.open(io.BytesIO(shot.path.read_bytes())) as picture:
        height = picture.height if whole else min(picture.height, shot.foot)
        picture = picture.convert("RGB").crop((0, 0, picture.width, height))
    scale = SCALES[shot.look[2]]
    small = picture.resize((round(picture.width * scale), round(height * scale)), Image.Resampling.LANCZOS)
    room = SHEET[1] - CAPTION
    font = ImageFont.load_default(14)
    columns = []
    for top in range(0, small.height, room):
        column = Image.new("RGB", (small.width, SHEET[1]), "#999")
        ImageDraw.Draw(column).text((2, 1), f"{shot.name} · {shot.label}", fill="black", font=font)
        column.paste(small.crop((0, top, small.width, min(top + room, small.height))), (0, CAPTION))
        columns.append(column)
    return columns
