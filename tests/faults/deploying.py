"""New versions, each with a migration, while readers ask: is anybody told that the site is away? See docs/operations.md.

python -m tests.faults.deploying               10,000 requests; --requests 100000 for the whole
"""

import argparse
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import requests

from deploy.stack import ROOT, Stack
from initiative.search.generation import GENERATION
from tests.faults.crowd import NO_ANSWER, Crowd
from tests.faults.on_a_stack import Found, tried
from tests.faults.outage import sitemap

_LEFT = shutil.ignore_patterns(
    ".git", ".venv", "var", "__pycache__", "tests", ".pytest_cache", ".ruff_cache", ".hypothesis"
)
_MIGRATION = """
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("initiative", "{before}")]
    operations = [
        migrations.AddField("person", "of_version_{number}", models.CharField(max_length=20, null=True, blank=True)),
        migrations.RunSQL("CREATE INDEX CONCURRENTLY of_version_{number} ON initiative_person (of_version_{number})"),
    ]
"""


class Code:
    """A copy of the site's own files, of which new versions are made."""

    def __init__(self, folder: Path):
        self.folder, self.version = folder, 0
        shutil.copytree(ROOT, folder, ignore=_LEFT)
        self._last = max(path.stem for path in (folder / "initiative" / "migrations").glob("0*.py"))

    def renew(self) -> str:
        """Another version, with a column, an index, and another answer at /healthz, which is given back; the first takes words
        apart otherwise, and needs another search index."""
        self.version += 1
        name = f"{9_000 + self.version}_version_{self.version}"
        written = _MIGRATION.format(before=self._last, number=self.version)
        (self.folder / "initiative" / "migrations" / f"{name}.py").write_text(written)
        self._last = name
        column = f"    of_version_{self.version} = models.CharField(max_length=20, null=True, blank=True)\n"
        self._change("initiative/models/person.py", "    given_name =", f"{column}    given_name =")
        said = f"ok {self.version}"
        self._change("initiative/views.py", f'HttpResponse("{self._said()}"', f'HttpResponse("{said}"')
        if self.version == 1:
            self._change("initiative/search/analysis.py", "_LONGEST = 60", "_LONGEST = 50")
            self._change(
                "initiative/search/generation.py", f"GENERATION = {GENERATION}", f"GENERATION = {GENERATION + 1}"
            )
        return said

    def _said(self) -> str:
        return f"ok {self.version - 1}" if self.version > 1 else "ok"

    def _change(self, name: str, old: str, new: str) -> None:
        path = self.folder / name
        text = path.read_text()
        if old not in text:
            raise RuntimeError(f"{name} has no {old!r}: the trial has to follow it")
        path.write_text(text.replace(old, new, 1))


class Seeker(threading.Thread):
    """Somebody who searches the library again and again, with no answer that was kept: `found` has how many there were."""

    def __init__(self, url: str):
        super().__init__()
        self.url, self.found, self._over = f"{url}/en/resources/export.csv?q=soil", Counter(), threading.Event()

    def run(self) -> None:
        while not self._over.wait(0.3):
            try:
                answer = requests.get(self.url, headers={"Cookie": "sessionid=none"}, timeout=60)
                self.found[answer.status_code, len(answer.text.splitlines())] += 1
            except requests.RequestException:
                self.found[NO_ANSWER, 0] += 1

    def __enter__(self) -> "Seeker":
        self.start()
        return self

    def __exit__(self, *error) -> None:
        self._over.set()
        self.join()


def deploy(stack: Stack, code: Code) -> tuple[str, set[str]]:
    """As docs/operations.md says; what the new version is to say of itself, and what was said of twenty times."""
    said = code.renew()
    stack.manage("makemigrations", "search", "--name", f"version_{code.version}", "--verbosity", "0")
    stack.manage("migrate", "--no-input", "--verbosity", "0")
    stack.manage("collectstatic", "--no-input", "--verbosity", "0")
    stack.manage("write_front_pages")
    stack.manage("rebuild_search")
    stack.manage("check_ready")
    stack.renew_application()
    stack.stop("worker")
    stack.start("worker")
    time.sleep(1)
    return said, {requests.get(f"{stack.url}/healthz", timeout=60).text for _time in range(20)}


def trial(stack: Stack, code: Code, count: int, versions: int) -> Found:
    found: Found = {}
    with Crowd(stack.url, sitemap(stack.url), readers=8) as crowd, Seeker(stack.url) as seeker:
        for number in range(1, versions + 1):
            while crowd.count < count * number // (versions + 1):
                time.sleep(0.2)
            begun, before = time.monotonic(), crowd.count
            said, answers = deploy(stack, code)
            told = (
                f"{time.monotonic() - begun:.0f} s, {crowd.count - before:,} answers meanwhile; then it says {answers}"
            )
            found[f"version {number}, with a column and an index"] = told, answers == {said}
        while crowd.count < count:
            time.sleep(0.2)
    found["answers to readers"] = f"{crowd.count:,}", crowd.count >= count
    found["of them 5xx, or none at all"] = crowd.wrong[:5] or 0, not crowd.wrong
    found["status and lines of one search"] = dict(seeker.found), len(seeker.found) == 1
    said = stack.manage("rebuild_search", "--drop-old").splitlines()[-1]
    found["the index of before"] = said, said == f"The index of generation {GENERATION} is dropped."
    return found


def main() -> int:
    """Run and print a table; 1 where a reader met a fault."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--requests", type=int, default=10_000, help="in all (10000)")
    parser.add_argument("--versions", type=int, default=3, help="that follow one another meanwhile (3)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="code-") as folder:
        code = Code(Path(folder, "site"))
        return tried(
            "deploying",
            None,
            lambda stack: trial(stack, code, arguments.requests, arguments.versions),
            code=code.folder,
        )


if __name__ == "__main__":
    sys.exit(main())
