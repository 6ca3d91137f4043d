"""The tables of docs/rights.md and docs/limits.md say what is so: nothing more, nothing less."""

import ast
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.utils.module_loading import import_string

DOCS = settings.BASE_DIR / "docs"
CODE = ("initiative", "committee", "partners", "resources")
# In the order in which they are told; `view` stands for reading in the admin.
ACTIONS = {
    "view": "read", "add": "add", "change": "change", "publish": "publish", "delete": "delete", "lock": "lock", "unlock": "",
    "choose": "choose", "access": "yes", "submit": "begin", "write": "write",
}  # fmt: skip


def rows(document: str, heading: str) -> list[list[str]]:
    """The cells of the table below a heading, without its head."""
    text = (DOCS / document).read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def names_of(group: Group) -> dict[str, str]:
    """What of → what a group may do, as the table says it: of records and files, of pages, and the languages it writes."""
    found: dict[str, set[str]] = {}
    for right in group.permissions.select_related("content_type"):
        found.setdefault(str(right.content_type.model), set()).add(right.codename)
    for right in group.page_permissions.select_related("permission"):
        found.setdefault("page", set()).add(right.permission.codename)
    told = {}
    for what, codenames in found.items():
        verbs = {codename.partition("_")[0] for codename in codenames}
        told[what] = ", ".join(word for verb, word in ACTIONS.items() if verb in verbs and word)
        assert verbs <= ACTIONS.keys(), codenames
    if "translation" in told:
        told["translation"] = ", ".join(sorted(codename.removeprefix("write_") for codename in found["translation"]))
    return told


def test_the_rights_of_each_group(db):
    [head] = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (DOCS / "rights.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| of |")
    ]
    told = {row[0].strip("`"): row[1:] for row in rows("rights.md", "By group")}
    groups = {name: names_of(Group.objects.get(name=name)) for name in head[1:]}
    so = {what: [group.get(what, "–") for group in groups.values()] for group in groups.values() for what in group}
    assert told == so
    # Those of one language have what all translators have, but for the other languages.
    every = groups["Translators"]
    for group in Group.objects.exclude(name__in=groups):
        assert names_of(group) == every | {"translation": names_of(group)["translation"]}
        assert len(names_of(group)["translation"]) == 2


def limits() -> set[tuple[str, str, str]]:
    """File, times and seconds of every `Limit(…)` in the code."""
    found = set()
    for path in (path for name in CODE for path in (settings.BASE_DIR / name).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if " = Limit(" in text else ():
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
                call = node.value
                if isinstance(call.func, ast.Name) and call.func.id == "Limit":
                    place = path.relative_to(settings.BASE_DIR).with_suffix("").as_posix()
                    found.add(f"{place.replace('/', '.')}.{node.targets[0].id}")
    return found


def test_how_often_anything_may_be_done():
    told = {row[-1].strip("`"): row[1:3] for row in rows("limits.md", "How often")}
    so = {}
    for place in limits():
        limit = import_string(place)
        hours = limit.period / timedelta(hours=1)
        period = {0.25: "15 minutes", 1: "hour", 24: "day"}[hours]
        so[place] = [str(limit.times), period]
    assert len(so) >= 16
    assert told == so


@pytest.mark.parametrize(("what", "figure", "place"), rows("limits.md", "How large"))
def test_how_large_anything_may_be(what, figure, place):
    name = place.strip("`")
    value = getattr(settings, name) if name.isupper() else import_string(name)
    number, unit = re.fullmatch(r"([\d,]+) ?(MB|MiB)?.*", figure).groups()
    assert value == int(number.replace(",", "")) * {"MB": 10**6, "MiB": 1 << 20, None: 1}[unit], what
