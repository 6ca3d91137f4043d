"""Somebody who applies to join, page by page, and reads the letters that come."""

import re
from datetime import timedelta
from io import BytesIO

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image

from initiative.guard.forms import opened_at
from partners.intake.models import Submission
from tests.reading import Reading

CONTACT = {"name": "Ada Loam", "function": "Director", "email": "ada@valle-hondo.example", "phone": ""}
ORGANISATION = {
    "organisation": "Cooperativa Valle Hondo",
    "acronym": "CVH",
    "type": "farmers",
    "country": "FR",
    "website": "https://valle-hondo.example",
    "description": "Forty farms that share machines.",
    "body": "forum",
    "non_profit": "",
}
COMMITMENT = {
    "title": "Keep 2,000 hectares covered all winter",
    "goal": "No bare soil between November and March.",
    "actions": "Sow cover crops\nTrain the neighbours",
    "start": "2024",
    "end": "2030",
    "timetable": "A third of the land every second year.",
    "resources": "Two agronomists and seed for 300 hectares a year.",
    "place_1": "FR",
    "sdgs": ["15"],
    "baseline": "0",
    "target": "2000",
    "unit": "ha",
    "measure": "hectares under winter cover",
}


def png(width=40, height=30, colour="green") -> bytes:
    """A picture."""
    drawn = BytesIO()
    Image.new("RGB", (width, height), colour).save(drawn, "PNG")
    return drawn.getvalue()


def pdf(text: bytes = b"Statutes") -> bytes:
    """The shape of a PDF."""
    return b"%PDF-1.7\n" + text + b"\n%%EOF\n"


def upload(name="file.pdf", content: bytes | None = None, media_type="application/pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if content is None else content, media_type)


def links(message) -> list[str]:
    """The paths of this site that stand in a letter."""
    found = re.findall(r"https?://\S+", message.body)
    return [url.removeprefix(settings.SITE_URL) for url in found if url.startswith(f"{settings.SITE_URL}/")]


class Applicant:
    """A browser with the form open. `path` is where it is."""

    client_class = Client

    def __init__(self, language="en", **server):
        self.client = self.client_class(headers={"origin": "http://testserver"}, **server)
        self.language = language
        with translation.override(language):
            self.first = reverse("joining:begin")
        self.path = self.first

    def get(self, path: str, status: int = 200) -> Reading:
        response = self.client.get(path, follow=True)
        assert response.status_code == status, f"{path} → {response.status_code}"
        self.path = response.redirect_chain[-1][0] if response.redirect_chain else path
        return Reading(response)

    def post(self, path: str, data: dict, status: int = 200) -> Reading:
        response = self.client.post(path, data, follow=True)
        assert response.status_code == status, f"{path} → {response.status_code}"
        self.path = response.redirect_chain[-1][0] if response.redirect_chain else path
        return Reading(response)

    def begin(self, **answers) -> Reading:
        """The first page, opened and sent."""
        page = self.get(self.first)
        return self.begin_with(page.soup.find("input", attrs={"name": "press"})["value"], **answers)

    def begin_with(self, press: str, seconds=10, status=200, **answers) -> Reading:
        """The first page as it was opened once, so many seconds ago."""
        opened = opened_at(timezone.now() - timedelta(seconds=seconds))
        return self.post(self.first, {"press": press, "opened": opened, "url": "", **CONTACT, **answers}, status)

    def come_back(self, message) -> Reading:
        """By the link of a letter, with its button where there is one."""
        page = self.get(links(message)[0])
        return self.post(self.path, {}) if page.soup.select_one("form.confirm") else page

    def come_back_to(self, other) -> Reading:
        """By the link that another browser's letter holds."""
        with translation.override(self.language):
            return self.get(reverse("joining:come_back", args=[other.submission.letter_token]))

    def fill(self, name: str, status=200, **answers) -> Reading:
        """A step of the form, found from where one is."""
        known = {"contact": CONTACT, "organisation": ORGANISATION, "commitment": COMMITMENT}
        return self.post(self.at(name), {**known.get(name, {}), **answers}, status)

    def at(self, name: str) -> str:
        """The address of a step of the application that is open."""
        return re.sub(r"(/[\w-]{22}\.[\w-]{22}/).*", rf"\1{name}/", self.path)

    def sign(self, status=200, **answers) -> Reading:
        """The check at the end."""
        page = self.get(self.at("check"))
        shown = page.soup.find("input", attrs={"name": "statement"})["value"]
        data = {"statement": shown, "signer": "Ada Loam", "signer_function": "Director", "sign": "on", "publish": "on"}
        return self.post(self.at("check"), {**data, **answers}, status)

    def apply(self, **organisation) -> Submission:
        """All of it, with what is needed and no more."""
        self.begin()
        self.fill("organisation", **organisation)
        self.fill("commitment")
        self.fill("documents", legal_status=upload("statutes.pdf"))
        self.sign()
        return self.submission

    @property
    def submission(self) -> Submission:
        """What is in the database of the application that is open."""
        key = re.search(r"/([\w-]{22})\.[\w-]{22}/", self.path)[1]
        return Submission.objects.get(key=key)
