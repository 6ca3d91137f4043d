"""The restore drill: a whole site is backed up while it runs, lost, and restored. See docs/operations.md.

python -m tests.faults.drill
"""

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

import requests

from deploy.stack import Stack, StackError
from tests.faults.outage import sitemap

FILES = 40


def fill(stack: Stack) -> None:
    """Some documents, so that there are files to lose."""
    stack.manage(
        "shell", "--verbosity", "0", "--command",
        "from django.core.files.base import ContentFile\n"
        "from wagtail.documents import get_document_model\n"
        "from django.contrib.auth import get_user_model\n"
        "get_user_model().objects.get_or_create(username='ada')\n"
        f"for number in range({FILES}):\n"
        "    content = ContentFile(b'Soil %d' % number * 1000, name=f'soil-{number}.txt')\n"
        "    get_document_model().objects.create(title=f'Soil {number}', file=content)\n",
    )  # fmt: skip


def pages(stack: Stack, paths: list[str]) -> dict[str, int]:
    """The status of each page, made anew."""
    return {
        path: requests.get(stack.url + path, cookies={"sessionid": "none"}, timeout=60).status_code for path in paths
    }


def main() -> int:
    """Print what was restored; 1 where something differs."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        Path(folder).chmod(0o755)
        backups = Path(folder, "backups")
        try:
            with Stack(Path(folder, "site")) as stack:
                fill(stack)
                paths = sitemap(stack.url)
                before = pages(stack, paths)
                sys.stdout.write(stack.manage("check_files"))
                sys.stdout.write(stack.manage("backup", str(backups)))
            shutil.rmtree(Path(folder, "site"))
            (backup,) = backups.iterdir()
            listed = json.loads((backup / "list.json").read_text())
            with Stack(Path(folder, "site"), parts=("postgresql",)) as stack:
                sys.stdout.write(stack.manage("restore", str(backup)))
                for part in ("application", "worker", "nginx"):
                    stack.start(part)
                after = pages(stack, paths)
                sys.stdout.write(stack.manage("check_files"))
        except StackError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    sys.stdout.write(f"{len(listed['rows'])} tables; {len(paths)} pages asked for before and after.\n")
    return 0 if before == after and set(after.values()) == {200} else 1


if __name__ == "__main__":
    sys.exit(main())
