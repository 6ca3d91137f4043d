"""A form counts only where the browser says it was sent from a page of this site."""

import pytest
from django.http import HttpResponse

from initiative.guard.origin import from_this_site
from tests.reading import Reading


@from_this_site
def view(request):
    return HttpResponse("done")


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "http://localhost:8000"}, True),  # SITE_URL
        ({"Origin": "https://testserver"}, False),
        ({"Origin": "http://elsewhere.example"}, False),
        ({"Origin": "http://testserver.elsewhere.example"}, False),
        ({"Origin": "null", "Referer": "http://testserver/en/"}, False),
        ({"Referer": "http://testserver/en/follow/"}, True),
        ({"Referer": "http://elsewhere.example/http://testserver/"}, False),
        ({"Referer": "http://[broken/"}, False),
        ({"Referer": "nonsense"}, False),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({}, False),
    ],
)
@pytest.mark.django_db
def test_who_may_send(rf, settings, headers, taken):
    settings.SITE_URL = "http://localhost:8000"
    response = view(rf.post("/en/letter/?to=us", headers=headers))
    assert (response.status_code, response.content == b"done") == ((200, True) if taken else (403, False))
    assert not response.cookies
    if not taken:
        page = Reading(response)
        assert page.h1 == "This came from elsewhere"
        assert page.links["Open the page"] == "/en/letter/?to=us"


def test_anybody_may_look(rf):
    assert view(rf.get("/en/letter/")).content == b"done"
