"""Addresses that last: hundreds of pages, records and files are renamed, moved, replaced and deleted; what becomes of every address
there ever was?

python -m tests.faults.addresses               500 changes of the starter content, on SQLite
.ci/with-postgresql python -m tests.faults.addresses
"""

import argparse
import logging
import os
import random
import sys
import tempfile
from collections import Counter

WRONG = "WRONG"
DOCUMENTS = 40  # the starter content has none
# What the pages say that answer 410: of pages and records, of works that were taken out of the library, of the files of these.
GONE = (
    "This page was taken away",
    "This work is no longer in the library. Its address stays, so that whoever follows a link learns what became of it.",
    "This file has left the library",
)


def add_documents() -> None:
    """Files to change, some of them of published works."""
    from django.core.files.base import ContentFile
    from wagtail.documents import get_document_model

    from resources.models import Resource, ResourceFile

    works = list(Resource.objects.live().order_by("pk")[: DOCUMENTS // 2])
    for number in range(DOCUMENTS):
        file = ContentFile(f"Soil {number}".encode(), f"soil-{number}.txt")
        document = get_document_model().objects.create(title=f"Soil {number}", file=file)
        if number < len(works):
            ResourceFile.objects.create(resource=works[number], document=document)


def changed(count: int, seed: int) -> tuple[set[str], Counter]:
    """Change so many things, one after the other; every address that somebody could have read meanwhile, and what was done."""
    from django.db.models import ProtectedError
    from wagtail.models import Page

    from initiative.base.pages import LandingPage
    from initiative.registry import public_records

    chance, done, seen = random.Random(seed), Counter(), public_addresses()
    turn = 0
    while done.total() < count and turn < count * 5:
        turn += 1
        which = chance.random()
        if which < 0.15:
            kind, what = "document", chance.choice(["replace", "replace", "delete"])
            happened = _change_document(what, turn, chance)
        elif which < 0.55:
            page = chance.choice(list(Page.objects.live().filter(depth__gt=2, alias_of__isnull=True))).specific
            kind = "landing page" if isinstance(page, LandingPage) else "page"
            what = "rename" if kind == "landing page" else chance.choice(["rename", "rename", "move", "delete"])
            if kind == "landing page" and chance.random() < 0.8:
                continue
            happened = _change_page(page, what, turn, chance)
        else:
            record = chance.choice([record for records in public_records() for record in records])
            kind, what = record._meta.verbose_name, chance.choice(["rename", "rename", "delete"])
            try:
                happened = _change_record(record, what, turn)
            except ProtectedError:
                continue
        if happened:
            done[f"{kind}: {what}"] += 1
            seen |= public_addresses()
    return seen, done


def _change_page(page, what: str, turn: int, chance: random.Random) -> bool:
    """Whether it could be done."""
    if what == "rename":
        page.slug = f"{page.slug.partition('--')[0][:40]}--{turn}"
        page.save_revision().publish()
        return True
    if what == "delete":
        if page.get_children().exclude(alias_of=page.pk).count() > 5:
            return False  # or little would be left to change
        page.delete()
        return True
    parents = [
        parent.specific
        for parent in type(page.get_parent()).objects.live().filter(locale=page.locale_id, depth__gt=1)
        if parent.pk != page.get_parent().pk and not parent.is_descendant_of(page) and parent.pk != page.pk
    ]
    parents = [parent for parent in parents if page.can_move_to(parent) and not parent.alias_of_id]
    if not parents:
        return False
    page.move(chance.choice(parents), pos="last-child")
    return True


def _change_document(what: str, turn: int, chance: random.Random) -> bool:
    from django.core.files.base import ContentFile
    from django.db.models import ProtectedError
    from wagtail.documents import get_document_model

    documents = list(get_document_model().objects.order_by("pk"))
    if not documents:
        return False
    document = chance.choice(documents)
    if what == "replace":
        document.file = ContentFile(f"Soil, version {turn}".encode(), f"soil-version-{turn}.txt")
        document.save()
        return True
    try:
        document.delete()
    except ProtectedError:
        return False
    return True


def _change_record(record, what: str, turn: int) -> bool:
    if what == "delete":
        record.delete()
        return True
    record.slug = f"{record.slug.partition('--')[0][:40]}--{turn}"
    if hasattr(record, "live"):
        record.save_revision().publish()
    else:
        record.save()
    return True


def public_addresses() -> set[str]:
    """Of all that readers may see, in every language in which it is shown, and of the files."""
    from wagtail.documents import get_document_model
    from wagtail.models import Page

    from initiative.base.landmarks import page_path
    from initiative.base.links import locale_codes
    from initiative.registry import public_records

    codes = locale_codes()
    pages = Page.objects.live().public().filter(depth__gt=2, locale__in=codes).values_list("locale", "url_path")
    found = {page_path(codes[locale], path) for locale, path in pages}
    for records in public_records():
        for record in records:
            found |= set(record.get_urls().values())
    # What is private is none of readers'; here, nothing is.
    return found | {document.url for document in get_document_model().objects.all()}


def explained(answer) -> bool:
    """Whether it is a page to read or a file to keep, or says in its language that what was there is gone."""
    content = b"".join(answer)
    if answer.status_code != 410:
        return b"<h1" in content or answer.headers.get("Content-Disposition", "").startswith("attachment")
    from django.utils import translation
    from django.utils.html import escape

    with translation.override(answer.headers["Content-Language"]):
        told = [escape(translation.gettext(sentence)) for sentence in GONE]
    return b"<h1" in content and any(sentence.encode() in content for sentence in told)


def answers(paths: set[str]) -> tuple[Counter, list[str]]:
    """How often which way an address leads; and those that lead nowhere, or by more than one step."""
    from django.test import Client

    client, ways, wrong = Client(), Counter(), []
    for path in sorted(paths):
        answer = client.get(path)
        way, end = str(answer.status_code), answer
        if answer.status_code in (301, 302):
            end = client.get(answer.headers["Location"])
            way = f"{way} → {end.status_code}"
        ways[way] += 1
        if way not in ("200", "301 → 200", "410", "301 → 410") or not explained(end):
            wrong.append(f"{way} {path}" + (f" → {answer.headers['Location']}" if "→" in way else ""))
    return ways, wrong


def main() -> int:
    """Run and print a table; 1 where an address leads nowhere."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--changes", type=int, default=500, help="of pages, records and files (500)")
    parser.add_argument("--seed", type=int, default=7, help="of what is changed (7)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="addresses-") as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "initiative.settings"}
        import django

        django.setup()
        from django.conf import settings
        from django.db import connection

        from bench.load import prepare

        logging.disable(logging.WARNING)  # what isn't found, or gone, is told in the table
        settings.ALLOWED_HOSTS.append("testserver")
        prepare()
        add_documents()
        paths, done = changed(arguments.changes, arguments.seed)
        ways, wrong = answers(paths)
        connection.close()
    rows = [
        *sorted(done.items()),
        ("addresses there ever were", len(paths)),
        *sorted(ways.items()),
        (WRONG, len(wrong)),
    ]
    width = max(len(str(what)) for what, _times in rows)
    sys.stdout.writelines(f"  {what!s:{width}}  {times:,}\n" for what, times in rows)
    sys.stdout.writelines(f"{line}\n" for line in wrong[:40])
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
