"""Somebody who follows things: fills in forms, reads mails, presses what is in them. And what is followed in these tests."""

import re
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language

from initiative.follow.models import Follow
from initiative.follow.subjects import MOST, Item, News, Subject
from initiative.guard.forms import opened_at
from tests.reading import Reading

ADA, BEN = "ada@example.org", "ben@example.org"
FOLLOW = {"en": "/en/follow/", "fr": "/fr/suivre/", "es": "/es/seguir/", "ar": "/ar/follow/"}


class Clock:
    """`timezone.now()` for everybody; starts on a Wednesday at six in the morning."""

    def __init__(self, monkeypatch):
        self.now = datetime(2026, 3, 4, 6, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: self.now)

    def forward(self, **time) -> datetime:
        """Let time pass; the new moment."""
        self.now += timedelta(**time)
        return self.now


class Field:
    """A subject of which tests say what is new: `field.grows("rye", "A title")`, published at this moment."""

    def __init__(self):
        self.grown: list[tuple[str, datetime, Item]] = []
        self.gone: set[str] = set()
        self.asked = 0
        self.subject = Subject("field", "Fields", self._read, self._describe, self._url, self._news)

    def grows(self, key: str, title: str, at: datetime | None = None, **more) -> None:
        item = Item(title=title, url=f"/en/{title.lower().replace(' ', '-')}/", **more)
        self.grown.append((key, at or timezone.now(), item))

    def _read(self, params):
        if not params.get("name"):
            raise ValidationError("Name a field.")
        return params["name"]

    def _describe(self, key):
        return "" if key in self.gone else f"Field {key} ({get_language()})"

    def _url(self, key):
        return f"/{get_language()}/fields/{key}/"

    def _news(self, key, since, until):
        self.asked += 1
        found = [item for name, moment, item in reversed(self.grown) if name == key and since < moment <= until]
        return News(len(found), found[:MOST])


class Reader:
    """A browser and a mailbox."""

    def __init__(self, client, clock):
        self.client, self.clock = client, clock
        self.client.defaults["HTTP_ORIGIN"] = "http://testserver"

    def fill_in(self, email=ADA, what="rye", language="en", frequency="daily", **more):
        """The answer to the form."""
        data = {"email": email, "frequency": frequency, "opened": self.opened, "url": "", **more}
        return self.client.post(f"{FOLLOW[language]}field/?name={what}", data)

    @property
    def opened(self) -> str:
        return opened_at(self.clock.now - timedelta(minutes=1))

    def follow(self, email=ADA, what="rye", language="en", frequency="daily") -> Follow:
        """Ask, open the mail, press the button. A second later the mailbox is empty."""
        assert self.fill_in(email, what, language, frequency).status_code == 303
        assert self.press(self.link("confirm", "confirmer", "confirmar")).status_code == 200
        mail.outbox.clear()
        follow = Follow.objects.get(follower__email=email.lower(), follower__language=language, key=what)
        assert follow.confirmed_at == self.clock.now
        self.clock.forward(seconds=1)
        return follow

    def link(self, *names: str, number: int = -1) -> str:
        """The path of the link in a mail (the last) whose address has one of these words."""
        (found,) = [path for path in links_of(mail.outbox[number]) if path.split("/")[3] in names]
        return found

    def open(self, path: str, status: int = 200) -> Reading:
        response = self.client.get(path)
        assert response.status_code == status, f"{path} → {response.status_code}"
        return Reading(response)

    def press(self, path: str, **data):
        """The answer to the button of a page."""
        return self.client.post(path, data)


def links_of(message) -> list[str]:
    """The paths of the links in the text of a mail that lead to pages of follows."""
    found = re.findall(rf"{re.escape(settings.SITE_URL)}(/\S+)", message.body)
    return [path for path in found if path.startswith(tuple(FOLLOW.values()))]


def html_of(message) -> str:
    """The HTML of a mail."""
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    return html
