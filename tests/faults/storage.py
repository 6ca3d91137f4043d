"""A disk that is full or read only, mail and worker away, in turn; and whether damage among ten thousand files is found. See docs/operations.md.

python -m tests.faults.storage                 as root: a small disk in memory is made for it
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import requests

from deploy.stack import Stack, free_port
from tests.faults.crowd import Crowd
from tests.faults.hostile import NAME, PASSWORD
from tests.faults.mail import MailServer
from tests.faults.on_a_stack import Found, tried
from tests.faults.outage import sitemap

_MEGABYTES = 8
_PATIENCE = 600  # seconds: a letter that was refused twice rests four minutes
_SCHEDULE = """
from datetime import timedelta
from django.utils import timezone
from initiative.models import NewsArticlePage
page = NewsArticlePage.objects.live().filter(alias_of=None).order_by("pk").first()
page.unpublish()
page.go_live_at = timezone.now() + timedelta(seconds=3)
page.save_revision(approved_go_live_at=page.go_live_at)
"""
_WAITING = """
from django.utils import timezone
from wagtail.models import Revision
from initiative.letters.models import Letter
print(Letter.objects.waiting().count(), Revision.objects.filter(approved_go_live_at__lte=timezone.now()).count())
"""
_PDF = b"%PDF-1.7\n" + b"Statutes " * 200_000 + b"\n%%EOF\n"  # 1.8 MB


def mount(folder: Path, *options: str) -> None:
    subprocess.run(["mount", *options, str(folder)], check=True)


@contextmanager
def small_disk(root: Path):
    """`media` and `private` on a disk of their own with room for little."""
    root.mkdir(parents=True, exist_ok=True)
    root.chmod(0o755)
    mount(root, "-t", "tmpfs", "-o", f"size={_MEGABYTES}m,mode=755", "tmpfs")
    try:
        yield
    finally:
        subprocess.run(["umount", str(root)], check=False)


def files_below(root: Path) -> dict[str, int]:
    """Each file's size, but for what fills the disk."""
    return {str(path): path.stat().st_size for path in root.rglob("*") if path.is_file() and path.name != "filled"}


def rows(stack: Stack) -> str:
    """How many files the database names."""
    return stack.manage(
        "shell", "--verbosity", "0", "--command",
        "from partners.intake.models import SubmissionFile\nfrom wagtail.documents import get_document_model\n"
        "print(SubmissionFile.objects.count(), get_document_model().objects.count())",
    ).strip()  # fmt: skip


class Partner:
    """Somebody whose application is open at its documents."""

    def __init__(self, stack: Stack):
        from tests.faults.sender import Sender

        self.sender = Sender(stack, 1)
        self.sender.begin("a-page-that-was-opened-storage")
        organisation = {
            "organisation": "Company",
            "type": "farmers",
            "country": "FR",
            "description": "Farms.",
            "body": "forum",
        }
        self.sender.post(self.sender.at("organisation"), organisation)
        self.path = self.sender.at("documents")

    def send(self) -> requests.Response:
        files = {"legal_status": ("statutes.pdf", _PDF, "application/pdf"), "logo": self.sender.files["logo"]}
        url = self.sender.server.url + self.path
        return self.sender.session.post(url, files=files, data={"page": "x"}, allow_redirects=False, timeout=60)


class Editor:
    """Somebody signed in."""

    def __init__(self, stack: Stack):
        self.url = stack.url
        stack.manage(
            "shell", "--verbosity", "0", "--command",
            f"from django.contrib.auth import get_user_model\nget_user_model().objects.create_superuser({NAME!r}, '', {PASSWORD!r})",
        )  # fmt: skip
        self.session = requests.Session()
        login = f"{self.url}/admin/login/"
        data = {"username": NAME, "password": PASSWORD, "csrfmiddlewaretoken": self._token(login), "next": "/admin/"}
        self.session.post(login, data, headers={"Referer": login}, timeout=60)

    def send(self) -> requests.Response:
        page = f"{self.url}/admin/documents/add/"
        data = {"title": "Soil & more", "collection": "1", "tags": "", "csrfmiddlewaretoken": self._token(page)}
        files = {"file": ("soil.pdf", _PDF, "application/pdf")}
        headers = {"Referer": page}
        return self.session.post(page, data, files=files, headers=headers, allow_redirects=False, timeout=60)

    def _token(self, page: str) -> str:
        return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.session.get(page, timeout=60).text)[1]


def uploads(stack: Stack, root: Path, partner: Partner, editor: Editor, what: str) -> Found:
    """What both are told, and what is left of their files."""
    before = files_below(root), rows(stack)
    told, sent = partner.send(), editor.send()
    after = files_below(root), rows(stack)
    title = (re.search(r"<h1>([^<]+)", told.text) or [None, ""])[1]
    typed = 'name="title" value="Soil &amp; more"' in sent.text
    return {
        f"{what}: a partner's files": (f"{told.status_code} {title}", told.status_code == 503 and "no room" in told.text),
        f"{what}: an editor's file": (f"{sent.status_code}, what was typed is {'' if typed else 'not '}there", sent.status_code == 503 and typed),
        f"{what}: what is left of them": ("nothing" if before == after else f"{before} {after}", before == after),
    }  # fmt: skip


def readers(stack: Stack, what: str, answers: int = 150) -> Found:
    """Answers to readers meanwhile."""
    with Crowd(stack.url, sitemap(stack.url), readers=3) as crowd:
        while crowd.count < answers:
            time.sleep(0.2)
    # That the site can't keep files is what /readyz is there to say.
    wrong = [line for line in crowd.wrong if "/readyz" not in line]
    return {f"{what}: faults of {answers} answers to readers": (wrong[:3] or 0, not wrong)}


def trial(stack: Stack, root: Path, mail_port: int) -> Found:
    os.environ |= stack.environment
    import django

    django.setup()
    partner, editor, found = Partner(stack), Editor(stack), {}
    filled = root / "filled"
    with filled.open("wb") as file:
        file.write(b"0" * (_MEGABYTES * 1024 * 1024 - 256 * 1024))
    found |= uploads(stack, root, partner, editor, "disk full") | readers(stack, "disk full")
    filled.unlink()
    mount(root, "-o", "remount,ro")
    found |= uploads(stack, root, partner, editor, "read only") | readers(stack, "read only")
    mount(root, "-o", "remount,rw")
    told, sent = partner.send().status_code, editor.send().status_code
    found["once there is room: the same files"] = (told, sent), (told, sent) == (302, 302)
    return found | away_and_back(stack, mail_port)


def away_and_back(stack: Stack, mail_port: int) -> Found:
    """The worker and the mail server, away so far, and what waits for them."""
    stack.stop("worker")
    stack.manage("shell", "--verbosity", "0", "--command", _SCHEDULE)
    found = readers(stack, "worker and mail away")
    time.sleep(5)
    waits = waiting(stack)
    found["letters, and pages due, that wait"] = waits, waits[0] >= 1 and waits[1] == 1
    with MailServer(mail_port) as mail:
        stack.start("worker")
        begun = time.monotonic()
        while waits != (0, 0) and time.monotonic() < begun + _PATIENCE:
            time.sleep(2)
            waits = waiting(stack)
        seconds = round(time.monotonic() - begun)
        found["the same, both being back, and after how many seconds"] = (waits, seconds), waits == (0, 0)
        taken = sorted(mail.taken.values())
        found["letters that the server took, each once"] = len(taken), bool(taken) and set(taken) == {1}
    return found


def waiting(stack: Stack) -> tuple[int, int]:
    """How many letters nobody has taken, and how many pages should have appeared."""
    letters, pages = stack.manage("shell", "--verbosity", "0", "--command", _WAITING).split()
    return int(letters), int(pages)


def fixity(stack: Stack, root: Path, count: int) -> Found:
    """Three damaged files among so many."""
    stack.manage(
        "shell", "--verbosity", "0", "--command",
        "from django.core.files.base import ContentFile\nfrom django.core.files.storage import default_storage\n"
        "from wagtail.documents import get_document_model\nDocument = get_document_model()\n"
        "Document.objects.bulk_create([Document(title=str(n), file=default_storage.save(f'documents/many-{n}.txt',"
        f" ContentFile(b'Soil %d ' % n))) for n in range({count})], batch_size=500)",
    )  # fmt: skip
    noted = stack.manage("check_files").splitlines()[-1]
    many = root / "media" / "documents"
    flipped, cut, gone = many / "many-7.txt", many / "many-77.txt", many / "many-777.txt"
    flipped.write_bytes(bytes([flipped.read_bytes()[0] ^ 1]) + flipped.read_bytes()[1:])
    cut.write_bytes(cut.read_bytes()[:-1])
    gone.unlink()
    done = subprocess.run(
        [sys.executable, "manage.py", "check_files"],
        env=stack.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    named = [line for line in done.stdout.splitlines() if ": default: " in line or ": private: " in line]
    wanted = [
        "Missing: default: documents/many-777.txt",
        "Cut or grown: default: documents/many-77.txt",
        "Changed: default: documents/many-7.txt",
    ]
    return {
        "files looked at the first night": (noted, noted.startswith(f"{count} files")),
        "found damaged the second": (named, named == wanted and done.returncode == 1),
    }


def main() -> int:
    """Run and print a table; 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--files", type=int, default=10_000, help="among which three are damaged (10000)")
    arguments = parser.parse_args()
    if os.getuid() != 0:
        sys.stderr.write("A small disk is mounted for this: run it as root.\n")
        return 1
    with tempfile.TemporaryDirectory(prefix="disk-") as folder:
        Path(folder).chmod(0o755)
        root, mail_port = Path(folder, "disk"), free_port()
        with small_disk(root):
            wrong = tried(
                "storage", None, lambda stack: trial(stack, root, mail_port),
                MEDIA_ROOT=str(root / "media"), PRIVATE_ROOT=str(root / "private"), EMAIL_URL=f"smtp://127.0.0.1:{mail_port}",
            )  # fmt: skip
        files = Path(folder, "files")
        wrong += tried(
            "fixity", None, lambda stack: fixity(stack, files, arguments.files), parts=("postgresql", "application"),
            MEDIA_ROOT=str(files / "media"),
        )  # fmt: skip
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
