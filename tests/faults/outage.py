"""What readers and senders meet while Redis, PostgreSQL or the application is away, on the site as it runs in production.

python -m tests.faults.outage                  a minute without PostgreSQL; --seconds 600 for ten
"""

import argparse
import re
import sys
import time
from collections import Counter
from urllib.parse import urlsplit

import requests
from redis import Redis, RedisError

from deploy.stack import Stack
from tests.faults.address import From
from tests.faults.on_a_stack import tried

TYPED = "The abstract says 30 cm; the article “says” <50> cm & more.\r\nSecond line."
_TAKE_AWAY = """
from initiative.models import NewsArticlePage
gone = NewsArticlePage.objects.live().filter(locale__language_code="en").order_by("pk").first()
path = gone.get_url()
# In every language: one alone would be shown in another's place.
while page := NewsArticlePage.objects.filter(translation_key=gone.translation_key, alias_of=None).first():
    page.delete()
print(path)
"""
_CLOSE = """
from wagtail.models import PageViewRestriction
from initiative.models import NewsArticlePage
page = NewsArticlePage.objects.live().filter(locale__language_code="fr", alias_of=None).order_by("pk").last()
PageViewRestriction.objects.create(page=page, restriction_type="password", password="loam of this trial")
print(page.get_url())
"""
_COUNTED = "from initiative.guard.models import Attempt; print(Attempt.objects.count())"
_FOLLOW = "/en/follow/search/?q=soil"
_TOKEN = "of-this-trial"
_PATIENCE = 60  # seconds for the site to be back


def sitemap(url: str) -> list[str]:
    """The paths that the sitemap names, and the maps that it may be made of."""
    maps, paths = ["/sitemap.xml"], []
    while maps:
        answer = requests.get(url + maps.pop(), timeout=60)
        listed = [urlsplit(address).path for address in re.findall(r"<loc>([^<]+)</loc>", answer.text)]
        maps += [path for path in listed if path.endswith(".xml")]
        paths += [path for path in listed if not path.endswith(".xml")]
    return paths


def assets(stack: Stack, *pages: str) -> list[str]:
    """The paths of the files that pages name, the home page among them."""
    texts = [requests.get(stack.url + page, timeout=60).text for page in ("/en/", "/ar/resources/", *pages)]
    return sorted({path for text in texts for path in re.findall(r'(?:href|src)="(/static/[^"]+)"', text)})


def read_everything(stack: Stack, paths: list[str], seconds: float) -> Counter:
    """How often which status came, asking for each path again and again for so long; each once at least."""
    statuses, until = Counter(), time.monotonic() + seconds
    with requests.Session() as reader:
        reader.headers["Accept-Encoding"] = "gzip, br"
        while not statuses or time.monotonic() < until:
            for path in paths:
                statuses[reader.get(stack.url + path, timeout=60).status_code] += 1
    return statuses


def send(stack: Stack, path: str) -> requests.Response:
    """A form, as a browser sends it."""
    data = {"text": TYPED, "opened": "long ago", "url": ""}
    return requests.post(stack.url + path, data=data, headers={"Origin": stack.url}, timeout=60)


def report(stack: Stack, path: str) -> tuple[int, int, int]:
    """The status of a form that is counted, sent as a person does, how many the database counted of it, and how many Redis, of
    this and what was before."""
    before = _counted(stack)
    opened = _opened(stack, path)
    time.sleep(2.5)  # nobody is quicker
    data = {"problem": "link", "text": TYPED, "email": "", "opened": opened, "url": ""}
    answer = requests.post(
        stack.url + path, data=data, headers={"Origin": stack.url}, timeout=60, allow_redirects=False
    )
    return answer.status_code, _counted(stack) - before, _counted_in_redis(stack)


def follow(stack: Stack, opened: str) -> int:
    """The status of the form that asks for letters, which counts before it asks the database."""
    data = {"email": "reader@example.org", "frequency": "weekly", "opened": opened, "url": ""}
    return requests.post(
        stack.url + _FOLLOW, data=data, headers={"Origin": stack.url}, timeout=60, allow_redirects=False
    ).status_code


def _opened(stack: Stack, path: str) -> str:
    """The proof of when a form was opened."""
    return re.search(r'name="opened" value="([^"]+)"', requests.get(stack.url + path, timeout=60).text)[1]


def _counted(stack: Stack) -> int:
    return int(stack.manage("shell", "--verbosity", "0", "--command", _COUNTED).split()[-1])


def _counted_in_redis(stack: Stack) -> int:
    try:
        with Redis.from_url(stack.environment["REDIS_URL"]) as client:
            return sum(client.zcard(key) for key in client.keys("limit:*"))
    except RedisError:
        return 0


def told(stack: Stack) -> tuple[int, str]:
    """The status of /readyz, and what who has the token is told of Redis."""
    answer = requests.get(f"{stack.url}/readyz", headers={"Authorization": f"Bearer {_TOKEN}"}, timeout=60)
    return answer.status_code, answer.json()["background"]["limits"].partition(":")[0]


def without_redis(stack: Stack, paths: list[str], form: str) -> dict[str, tuple[object, bool]]:
    """Limits go on in the database, and readers meet nothing of it."""
    found = {}
    sent = report(stack, form)
    found["a report: status, counted in the database, in Redis"] = sent, sent == (302, 0, 1)
    stack.stop("redis")
    statuses = read_everything(stack, paths, 0)
    found["the sitemap without Redis"] = dict(statuses), set(statuses) == {200}
    sent = report(stack, form)
    found["a report without Redis"] = sent, sent == (302, 1, 0)
    ready = told(stack)
    found["/readyz without Redis"] = ready, ready == (200, "Limits are counted in the database, Redis can't be asked")
    stack.start("redis")
    time.sleep(6)  # it isn't asked again for five seconds
    sent = report(stack, form)
    found["a report, Redis being back"] = sent, sent == (302, 0, 1)
    return found


def until_back(stack: Stack, path: str) -> float:
    """Seconds until a page that nobody keeps is made again, and the site says that it is ready."""
    begun = time.monotonic()
    while time.monotonic() < begun + _PATIENCE:
        # A cookie of the site: no cache answers.
        fresh = requests.get(stack.url + path, cookies={"sessionid": "none"}, timeout=60)
        if fresh.status_code == 200 and requests.get(f"{stack.url}/readyz", timeout=60).status_code == 200:
            return time.monotonic() - begun
        time.sleep(0.1)
    return float("inf")


def crowded(stack: Stack) -> tuple[Counter, str]:
    """The statuses of 600 requests, one after the other, from one address, and the title of what is too much."""
    statuses, title = Counter(), ""
    with requests.Session() as reader:
        reader.mount("http://", From("127.0.0.2"))
        for _turn in range(600):
            answer = reader.get(f"http://127.0.0.1:{stack.port}/fr/", timeout=60)
            statuses[answer.status_code] += 1
            if answer.status_code == 429:
                title = re.search(r"<h1>([^<]+)", answer.text)[1].strip()
    return statuses, title


def taken_away(stack: Stack) -> tuple[list[str], str]:
    """The paths of a page that nginx has and that was deleted since, and of one that was put behind a password; once everybody
    knows."""
    paths = _last_word(stack, _TAKE_AWAY)
    closed = _last_word(stack, _CLOSE)
    for _turn in range(2):
        time.sleep(11)
        away(stack, paths + closed)  # nginx gives what it has, and asks whether that is right
    return paths, closed[0]


def _last_word(stack: Stack, code: str) -> list[str]:
    return stack.manage("shell", "--verbosity", "0", "--command", code).split()[-1:]


def closed_door(stack: Stack, path: str) -> list[int]:
    """The statuses of a page behind a password, and of what it leads to."""
    answer = requests.get(stack.url + path, timeout=60)
    return [step.status_code for step in (*answer.history, answer)]


def away(stack: Stack, paths: list[str]) -> list[int]:
    """The status of each."""
    return [requests.get(stack.url + path, timeout=60).status_code for path in paths]


def trial(stack: Stack, seconds: float) -> dict[str, tuple[object, bool]]:
    """What was found, and whether it is as it must be."""
    found = {}
    stack.manage("warm", "--through", stack.url)
    taken, closed = taken_away(stack)
    door = closed_door(stack, closed)
    found["a page that was put behind a password: it leads to its form"] = door, door == [302, 403]
    paths, files = sitemap(stack.url), assets(stack, closed)
    resource = next(path for path in paths if path.startswith("/fr/ressources/") and path.count("/") == 4).split("/")[3]
    form = f"/fr/signaler-un-probleme/{resource}/"
    found |= without_redis(stack, paths, form)
    opened, before = _opened(stack, _FOLLOW), _counted_in_redis(stack)
    stack.stop("postgresql")
    time.sleep(8)  # nothing is fresh any more, anywhere
    statuses = read_everything(stack, paths, seconds)
    found[f"{len(paths)} addresses of the sitemap, {seconds:.0f} s without PostgreSQL"] = (
        dict(statuses),
        set(statuses) == {200},
    )
    still = away(stack, taken)
    found["a page that was taken away just before"] = still, still == [410]
    door = closed_door(stack, closed)
    found["one that was put behind a password"] = door, door == [302, 503]
    answer = send(stack, form)
    found["a form that is sent meanwhile"] = answer.status_code, answer.status_code == 503
    asked = [follow(stack, opened) for _time in range(6)], _counted_in_redis(stack) - before
    found["a follow that is sent six times meanwhile: status, counted"] = asked, asked == ([503] * 6, 0)
    kept = "The abstract says 30 cm; the article “says” &lt;50&gt; cm &amp; more.\r\nSecond line."
    found["what was typed is in the page"] = kept in answer.text, kept in answer.text
    ready = requests.get(f"{stack.url}/readyz", timeout=60)
    found["/readyz"] = ready.status_code, ready.status_code == 503
    healthy = requests.get(f"{stack.url}/healthz", timeout=60).status_code
    found["/healthz"] = healthy, healthy == 200
    stack.start("postgresql")
    back = until_back(stack, "/en/")
    found["seconds until it is back"] = round(back, 1), back <= 5
    status = follow(stack, opened)
    found["the follow once more"] = status, status == 303
    stack.stop("application")
    statuses = read_everything(stack, files, 0)
    found[f"{len(files)} style sheets, scripts, fonts and drawings, the application stopped"] = (
        dict(statuses),
        set(statuses) == {200},
    )
    statuses = read_everything(stack, paths, 0)
    found["the sitemap again, the application stopped"] = dict(statuses), set(statuses) == {200}
    still = away(stack, taken)
    found["what was taken away"] = still, still == [410]
    door = closed_door(stack, closed)
    found["what was put behind a password"] = door, door == [302, 503]
    answer = send(stack, "/ar/search/")
    said = answer.status_code, re.search(r"<h1>([^<]+)", answer.text)[1]
    found["a form that is sent meanwhile, in Arabic"] = said, said == (503, "ليس الآن")
    stack.start("application")
    statuses, title = crowded(stack)
    found["600 requests in a row from one address"] = dict(statuses), set(statuses) == {200, 429}
    found["what the one who asks too much is told"] = title, title == "Trop à la fois"
    return found


def main() -> int:
    """Run and print a table; 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--seconds", type=float, default=60, help="without PostgreSQL (60)")
    parser.add_argument("--folder", help="where data stay, for another run")
    arguments = parser.parse_args()
    return tried("outage", arguments.folder, lambda stack: trial(stack, arguments.seconds), OPERATIONS_TOKEN=_TOKEN)


if __name__ == "__main__":
    sys.exit(main())
