"""Telling the editors of a problem, without an account and without a cookie."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from initiative.guard.forms import LONGEST, SHORTEST, opened_at
from initiative.letters.models import Letter
from resources.enums import ReportState
from resources.models import ProblemReport
from tests.factories import ResourceFactory
from tests.initiative.test_staff_forms import filled
from tests.reading import Reading, read, words

FORM, RECEIPT = "/en/report-a-problem/roots/", "/en/report-a-problem/roots/thanks/"
HERE = {"Origin": "http://testserver"}


@pytest.fixture
def work(site):
    return ResourceFactory(slug="roots", title="Roots\nof rye", language="en")


def send(client, path=FORM, headers=HERE, **more):
    opened = opened_at(timezone.now() - SHORTEST * 2)
    told = {"problem": "link", "text": "The second link is broken.", "email": "", "url": "", "opened": opened, **more}
    return client.post(path, told, headers=headers)


def problems(response) -> list[tuple]:
    return [(words(row), row.a["href"] if row.a else "") for row in Reading(response).main.select(".errors li")]


def test_the_page_of_a_resource_leads_there(client, work):
    link = read(client, "/fr/ressources/roots/").main.find("a", rel="nofollow")
    assert (words(link), link["href"]) == ("Signaler un problème", "/fr/signaler-un-probleme/roots/")


def test_the_form_is_never_kept_sets_no_cookie_and_has_each_language(client, work):
    page = read(client, FORM)
    assert "no-store" in page.response.headers["Cache-Control"]
    assert "Cookie" not in page.response.headers.get("Vary", "")
    assert page.response.cookies == {}
    assert page.soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert [row["url"] for row in page.response.context["languages"]] == [
        FORM,
        "/fr/signaler-un-probleme/roots/",
        "/es/avisar-de-un-problema/roots/",
        "/ar/report-a-problem/roots/",
    ]
    assert page.main.form.get("novalidate") is not None
    assert len(page.main.select("input[type=radio]")) == 6


def test_a_report_reaches_editors_and_secretariat(client, work, settings, django_capture_on_commit_callbacks):
    settings.SECRETARIAT_EMAIL = "secretariat@example.org"
    with django_capture_on_commit_callbacks(execute=True):
        response = send(client, "/fr/signaler-un-probleme/roots/", email="ada@example.org")
    assert (response.status_code, response.headers["Location"]) == (302, "/fr/signaler-un-probleme/roots/thanks/")
    assert response.cookies == {}
    report = ProblemReport.objects.get()
    assert (report.resource, report.problem, report.text, report.email, report.language, report.state) == (
        work, "link", "The second link is broken.", "ada@example.org", "fr", ReportState.NEW,
    )  # fmt: skip
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["secretariat@example.org"], "A reader reports a problem: Roots of rye")
    edit = reverse(ProblemReport.snippet_viewset.get_url_name("edit"), args=[report.pk])
    for part in (
        "A link or file doesn’t open",
        "The second link is broken.",
        "The reader would like an answer",
        "/en/resources/roots/",
        edit,
    ):
        assert part in letter.body
    assert "ada@example.org" not in letter.body  # it is kept in one place, and erased there


def test_the_receipt(client, work):
    page = read(client, RECEIPT)
    assert words(page.main.h1) == "Thank you for digging"
    assert "no-store" in page.response.headers["Cache-Control"]
    assert page.main.select_one(".lost-ways a")["href"] == "/en/resources/roots/"


def test_what_is_missing_is_said_at_the_top_and_at_its_place_and_nothing_is_lost(client, work):
    response = send(client, problem="", text="", email="ada@")
    assert response.status_code == 422
    assert problems(response) == [
        ("Choose what is wrong.", "#id_problem_0"),
        ("Write a few words about the problem.", "#id_text"),
        ("Write the address in full, such as name@example.org.", "#id_email"),
    ]
    page = Reading(response)
    assert words(page.soup.title).startswith("Error: Report a problem")
    assert page.main.select_one("#id_email")["value"] == "ada@"
    response = send(client, problem="facts", text="x" * 5_001)
    assert problems(response) == [("Write at most 5000 letters; there are 5001.", "#id_text")]
    assert Reading(response).main.select_one("#id_text").text.strip() == "x" * 5_001
    assert Reading(response).main.select_one("input[value=facts]").has_attr("checked")
    assert not ProblemReport.objects.exists()


@pytest.mark.parametrize("ago", [LONGEST, -SHORTEST, None])
def test_a_form_from_no_time_or_another_is_sent_once_more(client, work, ago):
    opened = "forged" if ago is None else opened_at(timezone.now() - ago)
    response = send(client, opened=opened, text="Kept")
    assert response.status_code == 422
    assert "Nothing is lost" in problems(response)[0][0]
    assert Reading(response).main.select_one("#id_text").text.strip() == "Kept"
    assert not ProblemReport.objects.exists()


def test_a_machine_in_the_trap_is_thanked_and_nothing_kept(client, work):
    assert send(client, url="https://spam.example/").headers["Location"] == RECEIPT
    assert not ProblemReport.objects.exists()


def test_only_pages_of_this_site_send_it(client, work):
    assert send(client, headers={"Origin": "https://example.org"}).status_code == 403
    assert not ProblemReport.objects.exists()


def test_a_flood_is_stopped_and_what_was_typed_stays(client, work):
    assert {send(client, text=f"Report {number}").status_code for number in range(10)} == {302}
    response = send(client, text="Typed")
    assert response.status_code == 429
    assert problems(response) == [
        ("Many reports came from your connection. Nothing is lost: send this in an hour.", "")
    ]
    assert Reading(response).main.select_one("#id_text").text.strip() == "Typed"
    assert ProblemReport.objects.count() == Letter.objects.count() == 10


@pytest.mark.parametrize("live", [True, False])
def test_there_is_no_form_for_what_is_not_there(client, site, live):
    ResourceFactory(slug="draft", live=False)
    slug = "none" if live else "draft"
    for path in (f"/en/report-a-problem/{slug}/", f"/en/report-a-problem/{slug}/thanks/"):
        assert client.get(path).status_code == 404
    assert send(client, f"/en/report-a-problem/{slug}/").status_code == 404


def test_nonsense_is_no_error(client, work):
    for text in ("\x00", "𝔘" * 6_000, "<script>"):
        response = send(client, text=text, problem=text[:5], email=text[:9], opened=text[:9])
        assert response.status_code == 422


# In the admin


@pytest.fixture
def editor(client):
    user = get_user_model().objects.create_user("editor", password="x")
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    return client


def test_editors_see_what_waits_and_close_it(client, work, editor):
    assert "problem-reports" not in editor.get("/admin/").content.decode()
    send(client, email="ada@example.org")
    home = BeautifulSoup(editor.get("/admin/").content, "html.parser")
    link = home.find("a", string=re.compile("1 report waits for you"))
    listed = BeautifulSoup(editor.get(link["href"]).content, "html.parser")
    assert "A link or file doesn’t open" in words(listed.select_one("#listing-results"))
    report = ProblemReport.objects.get()
    edit = reverse(ProblemReport.snippet_viewset.get_url_name("edit"), args=[report.pk])
    form = BeautifulSoup(editor.get(edit).content, "html.parser")
    assert "The second link is broken." in words(form)
    assert editor.post(edit, filled(form) | {"state": "done", "note": "Mended."}).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.note, report.email, report.text) == (
        "done",
        "Mended.",
        "",
        "The second link is broken.",
    )
    assert "problem-reports" not in editor.get("/admin/").content.decode()
    assert editor.get(reverse(ProblemReport.snippet_viewset.get_url_name("add"))).status_code == 302


def test_a_report_outlives_the_resource(client, work):
    send(client)
    work.delete()
    report = ProblemReport.objects.get()
    assert (report.resource, report.title) == (None, "Roots\nof rye")


def test_browsers_cut_nothing_that_is_pasted_and_an_address_too_long_to_be_kept_is_told_of(client, work):
    main = Reading(client.get(FORM)).main
    assert main.select_one("#id_text")
    assert not main.select("[maxlength]")
    address = "a" * 250 + "@example.org"
    response = send(client, email=address)
    assert response.status_code == 422
    assert problems(response) == [("Ensure this value has at most 254 characters (it has 262).", "#id_email")]
    assert Reading(response).main.select_one("#id_email")["value"] == address
    assert not ProblemReport.objects.exists()
