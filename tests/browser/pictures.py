"""Pictures of components, and what tells one from another: not how a machine smooths the edges of letters, but whatever moved,
grew, or changed its colour."""

import io
import os
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

FOLDER = Path(__file__).parent / "pictures"
# `make reference-pictures` takes them anew.
RENEWED = bool(os.environ.get("RENEW_PICTURES"))
# Two languages, directions and lights, in which each is taken.
LOOKS = [("en", "light"), ("ar", "dark")]
WIDTH = 640

_APART = 2  # pixels by which the sides may differ
_FAR = 60  # of 255: how different a spot must be, after both were blurred
_SPOTS = 24  # pixels that may be so different
_BLOCK = 16  # pixels
_OTHER = 14  # of 255: how different the mean of a block must be
_BLOCKS = 6  # that may be so different

# Only fonts that the site brings along, and the one that Arabic has on every machine that runs the tests; no words that the
# browser says in its own language; every picture there; and each component at a whole pixel, whatever stands above it.
_STILL = """
    async () => {
        const own = {
            "--serif": '"Newsreader", "Noto Naskh Arabic"',
            "--sans": '"Instrument Sans", "Noto Naskh Arabic"',
            "--mono": '"Instrument Sans", "Noto Naskh Arabic"',
        };
        for (const [name, value] of Object.entries(own)) document.documentElement.style.setProperty(name, value);
        for (const field of document.querySelectorAll("input[type=file]")) field.style.visibility = "hidden";
        const pictures = [...document.images];
        for (const picture of pictures) picture.loading = "eager";
        await Promise.all(pictures.map((picture) => picture.decode()));
        await document.fonts.ready;
        for (const element of document.querySelectorAll(".guide-part, [data-picture]")) {
            const top = element.getBoundingClientRect().top + scrollY;
            element.style.marginBlockStart = `${Math.ceil(top) - top}px`;
        }
    }
"""
_BOXES = """
    (part) => {
        const outer = part.getBoundingClientRect();
        return [...part.querySelectorAll("[data-picture]")].map((element) => {
            const box = element.getBoundingClientRect();
            return [element.dataset.picture, box.left - outer.left, box.top - outer.top, box.right - outer.left, box.bottom - outer.top];
        });
    }
"""


def take(page) -> dict[str, Image.Image]:
    """The components of the open style guide, each by its name."""
    page.evaluate(_STILL)
    found = {}
    for part in page.locator(".guide-part:has([data-picture])").all():
        boxes = part.evaluate(_BOXES)
        with Image.open(io.BytesIO(part.screenshot(animations="disabled", caret="hide"))) as whole:
            for name, *box in boxes:
                found[name] = whole.convert("RGB").crop(tuple(round(side) for side in box))
    return found


def path(name: str, language: str) -> Path:
    """Where the reference of a component in a language is kept."""
    return FOLDER / f"{name}-{language}.webp"


def keep(pictures: dict[str, Image.Image], language: str) -> None:
    """Make pictures the references of a language. What looks as it did stays as it was, so that git shows what changed."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob(f"*-{language}.webp"):
        if old not in {path(name, language) for name in pictures}:
            old.unlink()
    for name, picture in pictures.items():
        if path(name, language).exists() and not difference(reference(name, language), picture):
            continue
        # Small where that shows the same; thin lines of colour need every pixel.
        for form in (
            {"quality": 40, "use_sharp_yuv": True},
            {"quality": 80, "use_sharp_yuv": True},
            {"lossless": True},
        ):
            picture.save(path(name, language), "WEBP", **form)
            if not difference(reference(name, language), picture):
                break


def reference(name: str, language: str) -> Image.Image:
    """The picture kept of a component. Raises FileNotFoundError where there is none."""
    with Image.open(path(name, language)) as picture:
        return picture.convert("RGB")


def difference(before: Image.Image, now: Image.Image) -> str:
    """What changed between two pictures, in words; empty where only the machine did."""
    if any(abs(old - new) > _APART for old, new in zip(before.size, now.size, strict=True)):
        return f"was {before.width} × {before.height} pixels, is {now.width} × {now.height}"
    box = (0, 0, min(before.width, now.width), min(before.height, now.height))
    same = [picture.crop(box) for picture in (before, now)]
    changed = _different(*(picture.filter(ImageFilter.BoxBlur(1)) for picture in same), _FAR)
    # A line of single pixels is an edge that was smoothed in another way; what changed has a body.
    changed = changed.filter(ImageFilter.MinFilter(3))
    if (spots := changed.histogram()[255]) > _SPOTS:
        return f"{spots} pixels changed, within {changed.getbbox()}"
    blocks = _different(*(picture.reduce(_BLOCK) for picture in same), _OTHER).histogram()[255]
    return f"another colour in {blocks} blocks of {_BLOCK} pixels" if blocks > _BLOCKS else ""


def _different(before: Image.Image, now: Image.Image, far: int) -> Image.Image:
    """White where two pictures are further apart than `far` in any colour, else black."""
    red, green, blue = ImageChops.difference(before, now).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue).point(lambda level: 255 if level > far else 0)
