"""The restore drill: a whole site is backed up while it runs, lost, and restored. See docs/operations.md.

python -m tests.faults.drill
"""

import argparse
import json
import re
import shutil
import sys
import tempfile
from collections import Counter
from hashlib import sha256
from pathlib import Path

import requests

from deploy.stack import Stack, StackError
from tests.faults.outage import sitemap

FILES = 40
# What goes on changing by itself: how the worker's duties went.
_MOVING = {"keeping_duty"}
# What each answer has of its own.
_OWN = re.compile(r'name="(?:csrfmiddlewaretoken|opened)" value="[^"]*"')
_FILL = f"""
from io import BytesIO
from django.core.files.base import ContentFile
from django.contrib.auth import get_user_model
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from partners.models import Evidence
from tests.factories import ProgressReportFactory
get_user_model().objects.get_or_create(username='ada')
for number in range({FILES}):
    content = ContentFile(b'Soil %d' % number * 1000, name=f'soil-{{number}}.txt')
    get_document_model().objects.create(title=f'Soil {{number}}', file=content)
drawn = BytesIO()
Image.effect_noise((600, 400), 90).save(drawn, 'PNG')
get_image_model().objects.create(title='Soil', file=ContentFile(drawn.getvalue(), name='soil.png')).get_rendition('width-200')
Evidence.objects.create(report=ProgressReportFactory(), title='Register', file=ContentFile(b'%PDF-1.7', name='Register.pdf'))
"""
_DIGESTS = """
from django.db import connection
with connection.cursor() as cursor:
    for table in sorted(connection.introspection.table_names(cursor)):
        cursor.execute(f"SELECT md5(coalesce(string_agg(r::text, chr(10) ORDER BY r::text), '')) FROM {table} r")
        print(table, cursor.fetchone()[0])
"""


def manage(stack: Stack, code: str) -> str:
    """What some Python says, run in the site."""
    return stack.manage("shell", "--verbosity", "0", "--command", code)


def tables(stack: Stack) -> dict[str, str]:
    """A digest of all rows of each table."""
    listed = dict(line.split() for line in manage(stack, _DIGESTS).splitlines())
    return {name: digest for name, digest in listed.items() if name not in _MOVING}


def pages(stack: Stack, paths: list[str]) -> dict[str, tuple[int, str]]:
    """The status of each page, made anew, and a digest of what it says."""
    found = {}
    for path in paths:
        answer = requests.get(stack.url + path, cookies={"sessionid": "none"}, timeout=60)
        said = _OWN.sub("", answer.text.replace(stack.url, ""))
        found[path] = answer.status_code, sha256(said.encode()).hexdigest()
    return found


def differing(before: dict, after: dict) -> list[str]:
    """What isn't alike in both."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def main() -> int:
    """Print what was restored; 1 where something differs."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        Path(folder).chmod(0o755)
        backups = Path(folder, "backups")
        try:
            with Stack(Path(folder, "site")) as stack:
                manage(stack, _FILL)
                paths = sitemap(stack.url)
                before = pages(stack, paths)
                sys.stdout.write(stack.manage("check_files"))
                rows = tables(stack)
                sys.stdout.write(stack.manage("backup", str(backups)))
            shutil.rmtree(Path(folder, "site"))
            (backup,) = backups.iterdir()
            listed = json.loads((backup / "list.json").read_text())
            with Stack(Path(folder, "site"), parts=("postgresql",)) as stack:
                sys.stdout.write(stack.manage("restore", str(backup)))
                rows_after = tables(stack)
                for part in ("application", "worker", "nginx"):
                    stack.start(part)
                after = pages(stack, paths)
                sys.stdout.write(stack.manage("check_files"))
        except StackError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    wrong = differing(rows, rows_after) + differing(before, after)
    wrong += [path for path, (status, _digest) in after.items() if status != 200]
    kinds = Counter(name.partition("/")[0] for name in listed["files"])
    sys.stdout.write(
        f"{len(rows)} tables and {len(paths)} pages, their digests before and after; files: {dict(kinds)}. "
        f"Wrong: {len(wrong)} {wrong[:5]}\n"
    )
    return 1 if wrong or not {"media", "private"} <= kinds.keys() else 0


if __name__ == "__main__":
    sys.exit(main())
