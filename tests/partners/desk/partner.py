"""A representative at the desk, with a browser of their own."""

import re

from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from partners.desk.doors import COOKIE
from partners.desk.models import DeskSession, Representative
from partners.desk.signing_in import ROOT
from tests import factories
from tests.partners.joining.applicant import links
from tests.reading import Reading


def make_partner(name="Ada Loam", email="ada@valle-hondo.example", language="en", **organisation) -> Representative:
    """A representative of a published organisation."""
    return Representative.objects.create(
        organisation=factories.OrganisationFactory(**organisation), name=name, email=email, language=language
    )


class Partner:
    """A browser at the desk. Without a representative it is anybody's."""

    def __init__(self, representative: Representative | None = None, **server):
        self.client = Client(headers={"origin": "http://testserver"}, **server)
        self.path = ""
        if representative is not None:
            self.me = representative
            self.slug = representative.organisation.slug
            session = DeskSession.objects.create(email=representative.email)
            self.client.cookies[COOKIE] = session.token
            self.client.cookies[COOKIE]["path"] = ROOT

    def at(self, name: str, *more) -> str:
        """A page of the desk of one's organisation."""
        return reverse(f"desk:{name}", args=[self.slug, *more])

    def get(self, path: str, status: int = 200) -> Reading:
        response = self.client.get(path, follow=True)
        assert response.status_code == status, f"{path} → {response.status_code}"
        self.path = response.redirect_chain[-1][0] if response.redirect_chain else path
        return Reading(response)

    def post(self, path: str, data=None, status: int = 200) -> Reading:
        response = self.client.post(path, data or {}, follow=True)
        assert response.status_code == status, f"{path} → {response.status_code}"
        self.path = response.redirect_chain[-1][0] if response.redirect_chain else path
        return Reading(response)

    def press_of(self, path: str) -> str:
        return self.get(path).soup.find("input", attrs={"name": "press"})["value"]

    def send(self, path: str, data: dict, status: int = 200) -> Reading:
        """The form of a page, opened and sent."""
        return self.post(path, {"press": self.press_of(path), **data}, status)

    def sign_in(self, email: str, language="en") -> Reading:
        """From the door to the desk, by the letter."""
        from datetime import timedelta

        from django.utils import timezone

        from initiative.guard.forms import opened_at

        with translation.override(language):
            door = reverse("desk_door")
        opened = opened_at(timezone.now() - timedelta(seconds=10))
        self.post(door, {"email": email, "opened": opened, "url": "", "onward": ""})
        return self.post(links(mail.outbox[-1])[0])

    @property
    def reference(self) -> str:
        """Of the submission whose page is open."""
        return re.search(r"/sent/([\w-]+)/", self.path)[1]
