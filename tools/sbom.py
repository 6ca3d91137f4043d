"""What the site is made of, as CycloneDX 1.6 (JSON): `make sbom` writes it for whoever has to know.

python tools/sbom.py > sbom.json

Names and versions come from requirements.txt, licences and what needs what from what is installed.
"""

import json
import re
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^ ;\\\n]+)", re.MULTILINE)
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def normal(name: str) -> str:
    """A package's name as indexes write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def reference(name: str, version: str) -> str:
    """Its package URL."""
    return f"pkg:pypi/{normal(name)}@{version}"


def component(name: str, version: str) -> dict:
    """One package; without a licence where it isn't installed here, being for other systems."""
    found = {"type": "library", "bom-ref": reference(name, version), "name": normal(name), "version": version,
             "purl": reference(name, version)}  # fmt: skip
    try:
        told = distribution(name).metadata
    except PackageNotFoundError:
        return found
    licences = [told["License-Expression"]] if told["License-Expression"] else []
    licences = licences or [
        line.rpartition(" :: ")[2] for line in told.get_all("Classifier", []) if line.startswith("License")
    ]
    licences = licences or [told["License"].partition("\n")[0]] if told["License"] else licences
    return found | {"licenses": [{"license": {"name": licence}} for licence in licences]}


def needs(name: str, pins: dict[str, str]) -> list[str]:
    """References of what a package needs, of those that are pinned."""
    try:
        wanted = {normal(NAME.match(line)[0]) for line in distribution(name).requires or []}
    except PackageNotFoundError:
        return []
    return sorted(reference(other, pins[other]) for other in wanted & pins.keys())


def bill(requirements: str) -> dict:
    """The whole document, from the text of a compiled requirements file."""
    pins = {normal(name): version for name, version in PIN.findall(requirements)}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "initiative", "name": "initiative"}},
        "components": [component(name, version) for name, version in sorted(pins.items())],
        "dependencies": [
            {"ref": "initiative", "dependsOn": sorted(reference(*pin) for pin in pins.items())},
            *(
                {"ref": reference(name, version), "dependsOn": needs(name, pins)}
                for name, version in sorted(pins.items())
            ),
        ],
    }


if __name__ == "__main__":
    json.dump(bill((ROOT / "requirements.txt").read_text(encoding="utf-8")), sys.stdout, indent=1)
