"""Two applications behind one nginx, as on two machines: what is done at one is there at the other, and one may die.

python .ci/with-bucket python -m tests.faults.nodes     files in a bucket (needs requirements-optional-dev.txt)
python -m tests.faults.nodes                            files in a folder that both have

See docs/operations.md, “When one machine isn't enough”.
"""

import argparse
import os
import secrets
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import cycle

import requests

from tests.faults.crowd import NO_ANSWER, Crowd
from tests.faults.hostile import NAME, PASSWORD
from tests.faults.mail import MailServer
from tests.faults.nodes_stack import NEWER, NODES, Editor, InTurn, NodesStack, answered, as_the_site, ask
from tests.faults.on_a_stack import Found, tried
from tests.faults.outage import sitemap

LATE = 10  # seconds until a change shows everywhere (initiative.base.freshness)
BACK = 5  # seconds until nginx asks again whom it left out, and they have made a page
_ASKED_AGAIN = 4  # seconds after which nginx surely asks a node that is back; else, for it, both would be away
_LETTERS = 40
_OFTEN = 6  # times one after the other that a change has to be shown: each worker keeps pages of its own
_READERS = 4
_APPLICANT = 1_000  # numbers of those who apply, so that none is another's


def shared(stack: NodesStack, editor: Editor) -> Found:
    """What is done at one node, seen at the other and through nginx."""
    found: Found = {}
    signed_in = editor.send(
        "application", "second", "/admin/login/", {"username": NAME, "password": PASSWORD, "next": "/admin/"}
    )
    home = editor.get("application", "/admin/")
    told = signed_in.status_code, home.status_code
    found["form to sign in, opened at the first node and sent to the second; home page at the first"] = (
        told,
        told == (302, 200),
    )
    page, path = _draft(stack)
    for node in NODES:
        ask(stack, node, path)
    requests.get(stack.url + path, timeout=60)
    begun = time.monotonic()
    sent = editor.send(
        "application", "application", f"/admin/bulk/wagtailcore/page/publish/?id={page}", {"next": "/admin/"}
    )
    found["a title that an editor publishes at the first node: status"] = sent.status_code, sent.status_code == 302
    late = until(begun, lambda: all(_DRAFT in ask(stack, "second", path).text for _worker in range(_OFTEN)))
    found["  shown by the second (s)"] = late, 0 <= late <= LATE
    late = until(
        begun, lambda: all(_DRAFT in requests.get(stack.url + path, timeout=60).text for _time in range(_OFTEN))
    )
    found["  through nginx (s)"] = late, 0 <= late <= LATE
    found |= _searched(stack, editor)
    content = b"%PDF-1.7\n" + secrets.token_bytes(200_000) + b"\n%%EOF\n"
    data, files = (
        {"title": "Soil", "collection": "1", "tags": ""},
        {"file": ("soil-of-both.pdf", content, "application/pdf")},
    )
    sent = editor.send("application", "application", "/admin/documents/add/", data, files)
    found["a document, sent to the first node: status"] = sent.status_code, sent.status_code == 302
    address = _last(stack, "from wagtail.documents import get_document_model as d; print(d().objects.latest('pk').url)")
    got = ask(stack, "second", address)
    same = got.content == content
    found["  read from the second"] = f"{got.status_code}, {'the same' if same else 'another'}", same
    return found


_DRAFT = "Published at the first node"
_WRITE_DRAFT = f"""
from initiative.models import NewsArticlePage
page = NewsArticlePage.objects.live().filter(locale__language_code="en", alias_of=None).order_by("pk").first()
page.title = {_DRAFT!r}
page.save_revision()
print(page.pk, page.get_url())
"""
_RESOURCE = """
from resources.models import Resource
from wagtail.admin.admin_url_finder import AdminURLFinder
one = Resource.objects.live().order_by("pk").first()
print(AdminURLFinder().get_edit_url(one).replace("/edit/", "/unpublish/"))
"""


def _draft(stack: NodesStack) -> tuple[str, str]:
    """The number and path of an article that has a draft."""
    page, path = stack.manage("shell", "--verbosity", "0", "--command", _WRITE_DRAFT).split()[-2:]
    return page, path


def _last(stack: NodesStack, code: str) -> str:
    return stack.manage("shell", "--verbosity", "0", "--command", code).split()[-1]


def _searched(stack: NodesStack, editor: Editor) -> Found:
    """A resource is taken out at the second node: the library of the first counts one less."""
    unpublish = _last(stack, _RESOURCE)

    def count() -> int:
        return len(
            ask(stack, "application", "/en/resources/export.csv", cookies={"sessionid": "none"}).text.splitlines()
        )

    before = count()
    sent = editor.send("second", "second", unpublish, {})
    late = until(time.monotonic(), lambda: count() < before)
    return {"a resource taken out at the second node is found no more at the first (s)": (
        f"{sent.status_code}, {late}", sent.status_code == 302 and 0 <= late <= LATE,
    )}  # fmt: skip


def until(begun: float, holds: Callable[[], bool]) -> float:
    """Seconds since then until it holds; -1 where it doesn't within thirty."""
    while time.monotonic() - begun < 30:
        if holds():
            return round(time.monotonic() - begun, 1)
        time.sleep(0.2)
    return -1


def applied(stack: NodesStack, mail: MailServer) -> Found:
    """An application each page of which goes to the other node, and one who begins too many."""
    from partners.intake.enums import State
    from partners.intake.models import Submission
    from tests.faults.sender import Sender

    def sender(number: int) -> Sender:
        one = Sender(InTurn(stack), number)
        one.session.headers.update(as_the_site(stack))
        one.session.adapters.pop("http://")  # a node is at another address than where it may be asked from
        one.session.mount("http://", requests.adapters.HTTPAdapter())
        return one

    one = sender(_APPLICANT)
    one.begin("a-page-opened-at-the-first-node")
    reference = one.sign(one.fill())
    sent = list(Submission.objects.filter(email=one.email, state=State.SENT).values_list("reference", flat=True))
    taken = 0
    for turn in range(14):
        other = sender(_APPLICANT + 1)
        other.email = f"many-{turn}@example.org"
        try:
            other.begin(f"a-page-of-one-who-begins-many-{turn}")
            taken += 1
        except requests.HTTPError as error:
            if error.response.status_code != 429:
                raise
    until(time.monotonic(), lambda: sum(mail.taken.values()) >= 2 + taken)
    twice = {to: times for to, times in mail.taken.items() if times > 1}
    return {
        "an application with files, each step at the other node: receipt": (reference, sent == [reference]),
        "begun by one address at both nodes in turn, of 14 (the limit is 10)": (taken, taken == 10),
        "letters of these, each once": (
            f"{sum(mail.taken.values())} of {2 + taken}",
            not twice and len(mail.taken) == 2 + taken,
        ),
    }


def worked(stack: NodesStack, mail: MailServer) -> Found:
    """Two workers at the same moment: letters that wait, and a page that is due."""
    stack.stop("worker")
    stack.manage("shell", "--verbosity", "0", "--command", _WAITING)
    command = [sys.executable, "manage.py", "publish_on_time", "--once"]
    both = [subprocess.Popen(command, cwd=stack.code, env=stack.environment) for _worker in range(2)]
    codes = [one.wait(120) for one in both]
    times = Counter(count for (to, _id), count in mail.taken.items() if to.startswith("waiting-"))
    published = _last(stack, _PUBLISHED)
    stack.start("worker")
    return {
        "two workers at once: how they ended": (codes, codes == [0, 0]),
        f"  {_LETTERS} letters that waited, taken so often: so many": (dict(times), times == {1: _LETTERS}),
        "  a page that was due, published so often": (published, published == "1"),
    }


_WAITING = f"""
from datetime import timedelta
from django.utils import timezone
from initiative.letters.models import Letter
from initiative.models import NewsArticlePage
Letter.objects.bulk_create(
    Letter(key=f"waiting {{n}}", to=f"waiting-{{n}}@example.org", language="en", subject="Soil", text="Soil") for n in range({_LETTERS})
)
page = NewsArticlePage.objects.live().filter(alias_of=None).order_by("pk").last()
page.unpublish()
page.go_live_at = timezone.now() - timedelta(seconds=1)
page.save_revision(approved_go_live_at=page.go_live_at)
"""
_PUBLISHED = """
from wagtail.models import PageLogEntry
print(PageLogEntry.objects.filter(action="wagtail.publish.scheduled").count() or PageLogEntry.objects.filter(action="wagtail.publish").count())
"""


def killed(stack: NodesStack, mail: MailServer, count: int, kills: int) -> Found:
    """Applications with files, and readers, while one node after the other is killed."""
    from tests.faults.trials import killed as trial

    nodes = cycle(NODES)

    def strike(_turn: int) -> str:
        node = next(nodes)
        stack.kill(node)
        time.sleep(3)
        stack.start(node)
        time.sleep(_ASKED_AGAIN)
        return f"the {node if node == 'second' else 'first'} node"

    with Crowd(stack.url, sitemap(stack.url), readers=_READERS) as crowd:
        outcome = trial(stack, mail, count, kills, 4, strike)
    found: Found = {
        f"kill -9: {what}": (figure, wanted is None or figure == wanted) for what, figure, wanted in outcome.figures
    }
    return found | _read(crowd, "kill -9", kills)


def _read(crowd: Crowd, what: str, broken: int = 0) -> Found:
    """Of the answers to readers, so many may be broken off in the midst: of those the reader has the beginning already."""
    anew, cut = crowd.statuses["the same, made anew"].total(), sum(each[NO_ANSWER] for each in crowd.statuses.values())
    return {
        f"{what}: answers to readers meanwhile, of them made anew": (f"{crowd.count:,}, {anew:,}", anew > 0),
        f"{what}: 5xx": (crowd.wrong[:5] if crowd.faults > cut else 0, crowd.faults == cut),
        f"{what}: broken off in the midst, or none at all": (cut, cut <= broken),
    }


def rolled(stack: NodesStack, how: str, seconds: float) -> Found:
    """One node after the other is ended and started again, or renewed in place, while people read and apply."""
    from tests.faults.soak import Applicants

    with (
        Crowd(stack.url, sitemap(stack.url), readers=_READERS) as crowd,
        Applicants(stack, 1, _APPLICANT + 100) as applicants,
    ):
        time.sleep(seconds)
        for node in NODES:
            stack.stop(node)
            time.sleep(seconds)
            stack.start(node)
            time.sleep(seconds)
    found = _read(crowd, how)
    found[f"{how}: applications with a receipt"] = applicants.receipts, applicants.receipts > 0
    found[f"{how}: what went wrong with one"] = applicants.failed or "nothing", not applicants.failed
    return found


def returned(stack: NodesStack) -> Found:
    """Whether nginx asks both again, and how soon anybody is answered after both were away."""
    path = sitemap(stack.url)[0]
    cold = {"Cookie": "sessionid=none"}
    before = [answered(stack, node) for node in NODES]
    for _time in range(60):
        requests.get(stack.url + path, headers=cold, timeout=60)
    requests.get(f"{stack.url}/en/", timeout=60)
    shares = [answered(stack, node) - earlier for node, earlier in zip(NODES, before, strict=True)]
    for node in NODES:
        stack.kill(node)
    away = [requests.get(stack.url + path, headers=cold, timeout=60).status_code for _time in range(10)]
    kept = requests.get(f"{stack.url}/en/", timeout=60).status_code
    for node in NODES:
        stack.start(node)
    begun = time.monotonic()
    late = until(begun, lambda: requests.get(stack.url + path, headers=cold, timeout=60).status_code == 200)
    newer = {requests.get(f"{stack.url}/static/{NEWER}?{turn}", timeout=60).status_code for turn in range(8)}
    alone = [ask(stack, node, f"/static/{NEWER}").status_code for node in NODES]
    return {
        "a style sheet that the second alone has: at the first, at the second, through nginx": (
            f"{alone}, {newer}",
            alone == [404, 200] and newer == {200},
        ),
        "60 pages made anew: by the first, by the second": (shares, min(shares) >= 15),
        "both away: what is kept, what isn't": (f"{kept}, {set(away)}", kept == 200 and set(away) == {503}),
        "both back: seconds until a page is made": (late, 0 <= late <= BACK),
    }


def trial(stack: NodesStack, mail: MailServer, submissions: int, kills: int, seconds: float) -> Found:
    os.environ |= stack.environment
    import django

    django.setup()
    found = killed(
        stack, mail, submissions, kills
    )  # it counts all applications and letters, so nobody has sent any yet
    mail.taken.clear()
    found |= applied(stack, mail)
    mail.taken.clear()
    found |= worked(stack, mail)
    found |= shared(stack, Editor(stack))
    found |= returned(stack)
    return found | rolled(stack, "one restarted after the other", seconds)


def main() -> int:
    """Print what was found; 1 where something isn't as it must be."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--submissions", type=int, default=40, help="while one node after the other is killed (40)")
    parser.add_argument("--kills", type=int, default=4, help="how often (4)")
    parser.add_argument("--seconds", type=float, default=5, help="between steps of a restart (5)")
    arguments = parser.parse_args()
    with MailServer() as mail:
        of = partial(
            trial, mail=mail, submissions=arguments.submissions, kills=arguments.kills, seconds=arguments.seconds
        )
        return tried("nodes", None, of, kind=NodesStack, EMAIL_URL=f"smtp://127.0.0.1:{mail.port}", LOG_LEVEL="ERROR")


if __name__ == "__main__":
    sys.exit(main())
