"""docs/asvs.md names every requirement of levels 1 and 2 once, and nothing that isn't there."""

import ast
import re
from collections import Counter
from functools import cache

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
DOCUMENT = (ROOT / "docs" / "asvs.md").read_text()
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (yes|partly|not yet) \| .+ \| (.+) \|$", re.MULTILINE)
NUMBER = re.compile(r"\d+\.\d+\.\d+")
# ASVS 5.0.0: how many requirements of levels 1 and 2 each section begins with; those of level 3 stand last but in 8.1.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2, "3.3": 4, "3.4": 6,
    "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 12,
    "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2,
    "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2,
    "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1,
    "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5,
    "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4, "17.3": 2,
}  # fmt: skip


def applies_not() -> list[str]:
    """The numbers of the last table, with what its dashes stand for."""
    numbers = []
    for line in DOCUMENT.partition("## Doesn’t apply")[2].splitlines():
        for part in line.split("|")[1].split(",") if line.startswith("|") else ():
            found = NUMBER.findall(part)
            if len(found) == 2:
                section, last = found[1].rpartition(".")[::2]
                numbers += [f"{section}.{number}" for number in range(int(found[0].rpartition(".")[2]), int(last) + 1)]
            else:
                numbers += found
    return numbers


def test_every_requirement_stands_there_once():
    assert sum(SECTIONS.values()) == 253
    wanted = {f"{section}.{number}" for section, most in SECTIONS.items() for number in range(1, most + 1)}
    numbers = Counter([row[0] for row in ROW.findall(DOCUMENT)] + applies_not())
    assert {number for number, times in numbers.items() if times > 1} == set()
    assert set(numbers) == wanted


def test_the_sum_is_right():
    states = Counter(row[1] for row in ROW.findall(DOCUMENT))
    assert f"{states['yes']} met, {states['partly']} partly, {states['not yet']} not yet" in DOCUMENT


@cache
def _tests_of(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("state", ["yes", "partly", "not yet"])
def test_what_is_named_is_there(state):
    for number, said, shown_by in ROW.findall(DOCUMENT):
        if said != state:
            continue
        named = re.findall(r"`([^`]+)`", shown_by)
        assert bool(named) is (state != "not yet"), number
        for name in named:
            path, _colons, test = name.partition("::")
            assert (ROOT / path).exists(), f"{number}: {path}"
            assert not test or test in _tests_of(path), f"{number}: {name}"
