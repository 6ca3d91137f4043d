"""Read the starter content's files."""

from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

FOLDER = Path(__file__).parent
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@cache
def _read(path: Path):
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader) or {}


def records(name: str):
    """The facts of `records/<name>.yaml`: a list of mappings, or several lists by name."""
    return _read(FOLDER / "records" / f"{name}.yaml")


def texts(name: str, language: str) -> dict:
    """The texts of `<language>/<name>.yaml`; empty where there is no such file."""
    path = FOLDER / language / f"{name}.yaml"
    return _read(path) if path.exists() else {}


def page_names() -> list[str]:
    """Every page by its path below `pages/`, parents first and in menu order: `home`, `about/index`, `about/strategy` …"""
    folder = FOLDER / LANGUAGES[0] / "pages"
    names = [path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.yaml")]
    return sorted(
        names, key=lambda name: (name != "home", len(parents(name)), page(name, LANGUAGES[0]).get("order", 999), name)
    )


def parents(name: str) -> list[str]:
    """The pages above a page, top first: `about/strategy` → `["home", "about/index"]`."""
    if name == "home":
        return []
    folder, _slash, leaf = name.rpartition("/")
    if not folder:
        return ["home"]
    if leaf == "index":
        above = folder.rpartition("/")[0]
        return [*(parents(f"{above}/index") if above else []), *([f"{above}/index"] if above else ["home"])]
    return [*parents(f"{folder}/index"), f"{folder}/index"]


def page(name: str, language: str) -> dict | None:
    """The content of a page in a language, or None where it isn't written."""
    path = FOLDER / language / "pages" / f"{name}.yaml"
    return _read(path) if path.exists() else None
