"""What is private asks for its password and tells nothing else; so often from one address, whichever of them it is."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from initiative.guard.models import Attempt
from initiative.guard.private import BY_VISITOR
from tests import factories

PASSWORD = "soil is alive"
WRONG = "Write it again, or ask whoever gave it to you."
HERE = {"Origin": "http://testserver"}


@pytest.fixture
def page(site):
    """The address of a private page, and of where its password is sent."""
    article = factories.add_article(site, slug="secret", title="Plans of Ada", introduction="Nobody knows them.")
    private = PageViewRestriction.objects.create(page=article, restriction_type="password", password=PASSWORD)
    return article.url, reverse("wagtailcore_authenticate_with_password", args=[private.pk, article.pk])


@pytest.fixture
def document(site):
    """The same of a document."""
    collection = Collection.get_first_root_node().add_child(name="Minutes")
    private = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="password", password=PASSWORD
    )
    file = ContentFile(b"%PDF-1.7", name="a.pdf")
    document = Document.objects.create(title="Minutes", file=file, collection=collection)
    return document.url, reverse("wagtaildocs_authenticate_with_password", args=[private.pk])


def try_it(path, password="wrong", address="203.0.113.5", client=None, then="/en/"):
    data = {"password": password, "return_url": then}
    return (client or Client()).post(path, data, REMOTE_ADDR=address, headers=HERE)


@pytest.mark.parametrize("kind", ["page", "document"])
def test_one_address_may_try_so_often_and_no_other_has_to_wait_for_it(kind, request):
    path, door = request.getfixturevalue(kind)
    for _attempt in range(BY_VISITOR.times):
        answer = try_it(door)
        assert answer.status_code == 422
        assert WRONG in answer.content.decode()
    refused = try_it(door, PASSWORD)
    assert refused.status_code == 429
    assert "Too many attempts. Wait a quarter of an hour." in refused.content.decode()
    assert not refused.cookies
    # Counted where every worker looks, and looking costs nothing.
    assert Attempt.objects.count() == BY_VISITOR.times
    assert Client().get(door, REMOTE_ADDR="203.0.113.5").status_code == 403
    other = Client(REMOTE_ADDR="203.0.113.6")
    assert try_it(door, PASSWORD, "203.0.113.6", other, then=path).headers["Location"] == path
    shown = other.get(path)
    assert shown.status_code == 200
    content = b"".join(shown.streaming_content) if shown.streaming else shown.content  # to its end, which closes a file
    assert b"authenticate_with_password" not in content


def test_all_that_is_private_counts_together(page, document):
    for attempt in range(BY_VISITOR.times):
        assert try_it((page, document)[attempt % 2][1]).status_code == 422
    assert [try_it(door).status_code for _path, door in (page, document)] == [429, 429]


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "Trop de tentatives. Attendez un quart d’heure."), ("ar", "محاولات كثيرة جدًا. انتظروا ربع ساعة.")],
)
def test_who_is_refused_is_told_so_in_their_language(page, document, language, said):
    for _attempt in range(BY_VISITOR.times):
        try_it(document[1])
    answer = Client().post(document[1], headers={"Accept-Language": language, **HERE}, REMOTE_ADDR="203.0.113.5")
    assert said in answer.content.decode()
    with override(language):
        door = reverse("wagtailcore_authenticate_with_password", args=page[1].strip("/").split("/")[-2:])
    assert door.startswith(f"/{language}/")
    assert said in try_it(door).content.decode()


@pytest.mark.parametrize("kind", ["page", "document"])
def test_who_has_no_password_is_told_nothing_but_that_it_is_private(kind, request):
    path, door = request.getfixturevalue(kind)
    answer = Client().get(path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (403, "private, no-store")
    assert not answer.cookies
    soup = BeautifulSoup(answer.content, "html.parser")
    assert [soup.h1.text, soup.select_one("[name=robots]")["content"]] == ["This is not public", "noindex"]
    assert soup.title.text.startswith("This is not public")
    assert not soup.select(
        "[rel=canonical], [rel=alternate][hreflang], [name=description], [type='application/ld+json']"
    )
    for told in ("Plans of Ada", "Nobody knows them", "Minutes"):
        assert told not in answer.text
    form = soup.select_one(f"form[action='{door}']")
    assert {field["name"]: field.get("value", "") for field in form.select("input")} == {
        "return_url": path,
        "password": "",
    }
    assert form.select_one("[type=password]")["autocomplete"] == "current-password"


@pytest.mark.parametrize("kind", ["page", "document"])
@pytest.mark.parametrize("password", ["", "wrong"])
def test_a_wrong_password_is_told_at_its_field_and_where_one_wanted_to_go_is_not_lost(kind, password, request):
    path, door = request.getfixturevalue(kind)
    answer = try_it(door, password, then=path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (422, "private, no-store")
    assert not answer.cookies
    soup = BeautifulSoup(answer.content, "html.parser")
    assert soup.select_one(".errors h2").text == "This is not the password"
    assert soup.select_one(".errors a")["href"] == "#id_password"
    assert soup.select_one("#id_password_error").text == WRONG
    assert soup.select_one("#id_password").get("value") is None
    assert soup.select_one("[name=return_url]")["value"] == path


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize(
    "then", ["", " ", "/en/\x00", "nonsense", "https://elsewhere.example/", "//elsewhere.example/", None]
)
def test_the_right_one_opens_it_whatever_is_sent_of_where_one_wanted_to_go(page, document, which, then):
    path, door = (page, document)[which]
    client, sent = Client(), {} if then is None else {"return_url": then}
    answer = client.post(door, {"password": PASSWORD, **sent}, headers=HERE)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    opened = client.get(path)
    assert b"".join(opened)  # to its end, which closes a file
    assert opened.status_code == 200
    wrong = BeautifulSoup(Client().post(door, {"password": "wrong", **sent}, headers=HERE).content, "html.parser")
    assert [link.text for link in wrong.select(".errors li")] == [WRONG]
    assert wrong.select_one("[name=return_url]")["value"] == "/"


def test_the_right_one_opens_it_with_one_cookie_and_no_other_site_can_send_it(page):
    path, door = page
    client = Client(enforce_csrf_checks=True)
    assert client.post(door, {"password": PASSWORD, "return_url": path}).status_code == 403
    assert client.get(path).status_code == 403
    answer = try_it(door, PASSWORD, client=client, then=path)
    assert (answer.status_code, answer.headers["Location"], list(answer.cookies)) == (302, path, ["sessionid"])
    assert answer.cookies["sessionid"]["max-age"] == ""
    shown = client.get(path)
    assert shown.status_code == 200
    assert "no-store" in shown.headers["Cache-Control"]
    assert "Plans of Ada" in shown.text


@pytest.mark.parametrize(
    ("language", "title"),
    [("fr", "Ceci n’est pas public"), ("es", "Esto no es público"), ("ar", "هذا ليس متاحًا للعموم")],
)
def test_it_asks_in_the_readers_language(document, language, title):
    answer = Client().get(document[0], headers={"Accept-Language": language})
    soup = BeautifulSoup(answer.content, "html.parser")
    assert (soup.h1.text, soup.html["lang"], soup.html["dir"]) == (
        title,
        language,
        "rtl" if language == "ar" else "ltr",
    )
