"""An applicant who fills in the whole form over HTTP, and presses again where no answer came."""

import re
import time
from datetime import timedelta

import requests
from django.conf import settings
from django.utils import timezone

from deploy.stack import Stack
from initiative.guard.forms import opened_at
from partners.intake.models import Submission
from tests.faults.address import From, address
from tests.faults.server import Server
from tests.partners.joining.applicant import COMMITMENT, CONTACT, ORGANISATION, pdf, png

FIRST = "/en/application/"
_MISTAKES = re.compile(r'class="err"[^>]*>([^<]*)')
_PATIENCE = 90  # seconds, for a server that was killed to be there again
_DOWN = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)


class Sender:
    """`number` tells applicants apart. `again` counts presses that had no answer, `not_now` those that were told so."""

    def __init__(self, server: Server | Stack, number: int):
        self.server, self.number, self.again, self.not_now = server, number, 0, 0
        self.session = requests.Session()
        # Where there is no nginx to say where somebody writes from, they say so themselves.
        self.session.headers.update({"Origin": settings.SITE_URL, "X-Forwarded-For": address(number)})
        self.session.mount("http://", From(address(number)))
        self.path = FIRST
        self.email = f"applicant-{number}@example.org"

    def ask(self, method: str, path: str, data=None, files=None) -> requests.Response:
        """An answer of the site, whatever happens to the server on the way. Raises TimeoutError where it stays away."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            try:
                answer = self.session.request(
                    method, self.server.url + path, data=data, files=files, allow_redirects=False, timeout=60
                )
                if answer.status_code != 503:
                    answer.raise_for_status()
                    return answer
                self.not_now += 1
                time.sleep(2)  # as a person would; nginx lets nobody press much more often
            except _DOWN as error:
                # Refused while nobody is there is one thing, cut off in the middle another.
                self.again += "NewConnectionError" not in repr(error)
                time.sleep(0.1)
        raise TimeoutError(path)

    def post(self, path: str, data: dict, files: dict | None = None) -> None:
        """Send a form; what follows is where it leads. Raises AssertionError where the page is shown again."""
        answer = self.ask("POST", path, data, files)
        assert answer.status_code == 302, f"{path}: {_MISTAKES.findall(answer.text)}"
        self.path = answer.headers["Location"]

    def begin(self, press: str) -> None:
        """The first page, opened ten seconds ago."""
        opened = opened_at(timezone.now() - timedelta(seconds=10))
        self.post(FIRST, {**CONTACT, "email": self.email, "press": press, "opened": opened, "url": ""})

    def confirm(self) -> None:
        """The link of the letter, with its button: the receipt then has a PDF."""
        mine = Submission(key=self.key, email=self.email)
        self.post(f"{FIRST}back/{mine.letter_token}/?to={mine.address_proof}", {})

    @property
    def key(self) -> str:
        """Of the application that is open, as the database has it."""
        return re.search(r"/([\w-]{22})\.[\w-]{22}/", self.path)[1]

    def at(self, step: str) -> str:
        return re.sub(r"(/[\w-]{22}\.[\w-]{22}/).*", rf"\1{step}/", self.path)

    def fill(self) -> dict:
        """All steps up to the check; what is sent to sign it."""
        self.confirm()
        organisation = {**ORGANISATION, "organisation": f"Company {self.number}", "type": "farmers", "website": ""}
        for step, data in (("organisation", organisation), ("commitment", COMMITMENT)):
            self.post(self.at(step), data)
        self.post(self.at("documents"), {}, self.files)
        page = self.ask("GET", self.at("check")).text
        statement = re.search(r'name="statement" value="(\w{64})"', page)[1]
        return {
            "statement": statement,
            "signer": "Ada Loam",
            "signer_function": "Director",
            "sign": "on",
            "publish": "on",
        }

    @property
    def files(self) -> dict[str, tuple[str, bytes, str]]:
        """What is attached: nobody else's file has these bytes."""
        return {
            "legal_status": ("statutes.pdf", pdf(b"Statutes of company %d " % self.number * 2_000), "application/pdf"),
            "logo": ("logo.png", png(40 + self.number % 100, 30 + self.number // 100), "image/png"),
        }

    def sign(self, signature: dict) -> str:
        """Sign and send; the reference of the receipt."""
        self.post(self.at("check"), signature)
        page = self.ask("GET", self.path).text
        return re.search(r"<b>([A-Z2-9]{4}-[A-Z2-9]{4})</b>", page)[1]
