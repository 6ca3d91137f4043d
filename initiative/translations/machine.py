"""A machine that translates, where the settings name one. Without, nothing is sent anywhere."""

import json
import time
from collections.abc import Iterator
from typing import Protocol
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from initiative.base import languages

_CONNECT_SECONDS = 5
_MOST_BYTES = 5 * 1024 * 1024
_MOST_TEXTS = 25
_PAIRS_KEPT = 3600


class MachineFailed(Exception):
    """The machine didn't do it. The text says why, in the reader's language."""


class Machine(Protocol):
    """What can translate."""

    def translate(self, texts: list[str], source: str, target: str, html: bool) -> list[str]:
        """The texts in another language, in their order; `html`: they hold elements, which stay. Raises MachineFailed."""


def machine() -> Machine | None:
    """The machine of the settings; None where there is none."""
    if not settings.MACHINE_TRANSLATION_URL:
        return None
    return LibreTranslate(
        settings.MACHINE_TRANSLATION_URL,
        settings.MACHINE_TRANSLATION_KEY,
        settings.MACHINE_TRANSLATION_TIMEOUT,
        settings.MACHINE_TRANSLATION_LETTERS,
    )


class LibreTranslate:
    """LibreTranslate over HTTP. `timeout` is in seconds for each request; `letters`: how many one request may have.

    The address is the settings' alone, and nothing leads elsewhere: redirections aren't followed.
    """

    def __init__(self, url: str, key: str = "", timeout: float = 20, letters: int = 5000):
        self.url, self.key, self.timeout, self.letters = url.rstrip("/"), key, timeout, letters

    def translate(self, texts, source, target, html):
        source, target = _code(source), _code(target)
        if target not in self._pairs().get(source, ()):
            raise MachineFailed(
                _("The machine doesn’t translate from %(source)s into %(target)s.")
                % {"source": languages.language_name(source), "target": languages.language_name(target)}
            )
        asked = {"source": source, "target": target, "format": "html" if html else "text"}
        return [answer for batch in self._batches(texts) for answer in self._translate(batch, asked)]

    def _batches(self, texts: list[str]) -> Iterator[list[str]]:
        """Portions that one request may have; a text that is longer goes alone."""
        batch: list[str] = []
        for text in texts:
            if batch and (len(batch) == _MOST_TEXTS or sum(map(len, batch)) + len(text) > self.letters):
                yield batch
                batch = []
            batch.append(text)
        if batch:
            yield batch

    def _translate(self, batch: list[str], asked: dict) -> list[str]:
        key = {"api_key": self.key} if self.key else {}
        answer = self._ask("POST", "/translate", {"q": batch, **asked, **key})
        found = answer.get("translatedText") if isinstance(answer, dict) else None
        if not isinstance(found, list) or len(found) != len(batch) or not all(isinstance(one, str) for one in found):
            raise MachineFailed(_("The machine’s answer makes no sense: nothing of it was taken."))
        return found

    def _pairs(self) -> dict[str, list[str]]:
        """Language → those it is translated into."""
        name = f"machine-pairs:{self.url}"
        pairs = cache.get(name)
        if pairs is None:
            try:
                pairs = {one["code"]: one["targets"] for one in self._ask("GET", "/languages")}
            except (TypeError, KeyError) as error:
                raise MachineFailed(_("The machine’s answer makes no sense: nothing of it was taken.")) from error
            cache.set(name, pairs, _PAIRS_KEPT)
        return pairs

    def _ask(self, method: str, path: str, body: dict | None = None):
        """What the machine answers, from JSON. Raises MachineFailed."""
        try:
            with requests.request(
                method,
                self.url + path,
                json=body,
                timeout=(_CONNECT_SECONDS, self.timeout),
                allow_redirects=False,
                stream=True,
            ) as response:
                content = self._read(response)
        except requests.Timeout as error:
            raise MachineFailed(_("The machine didn’t answer in time.")) from error
        except requests.RequestException as error:
            raise MachineFailed(_("The machine at %(host)s can’t be reached.") % {"host": self._host}) from error
        if response.status_code != requests.codes.ok:
            raise MachineFailed(_refusal(response.status_code, content))
        try:
            return json.loads(content)
        except ValueError as error:
            raise MachineFailed(_("The machine’s answer makes no sense: nothing of it was taken.")) from error

    def _read(self, response: requests.Response) -> bytes:
        """The body, as long as it is no flood and no trickle."""
        content, end = b"", time.monotonic() + self.timeout
        for portion in response.iter_content(65_536):
            content += portion
            if len(content) > _MOST_BYTES or time.monotonic() > end:
                raise requests.Timeout
        return content

    @property
    def _host(self) -> str:
        return urlsplit(self.url).hostname or ""


def _code(language: str) -> str:
    """As LibreTranslate names languages: without a region."""
    return language.split("-")[0]


def _refusal(status: int, content: bytes) -> str:
    if status == requests.codes.forbidden:
        return _("The machine refuses: the key for it is missing, wrong or used up.")
    if status == requests.codes.too_many_requests:
        return _("The machine was asked too much. Try again later.")
    try:
        said = json.loads(content)["error"]
    except (ValueError, KeyError, TypeError):
        said = ""
    return _("The machine failed (%(status)d). %(said)s") % {"status": status, "said": str(said)[:200]}
