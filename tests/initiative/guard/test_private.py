"""The password of a private page or document can be tried so often from one address, whichever of them it is."""

import pytest
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
WRONG = "The password you have entered is not correct. Please try again."


@pytest.fixture
def page(site):
    """The address of a private page, and of where its password is sent."""
    article = factories.add_article(site, slug="secret")
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
    return (client or Client()).post(path, data, REMOTE_ADDR=address)


@pytest.mark.parametrize("kind", ["page", "document"])
def test_one_address_may_try_so_often_and_no_other_has_to_wait_for_it(kind, request):
    path, door = request.getfixturevalue(kind)
    for _attempt in range(BY_VISITOR.times):
        answer = try_it(door)
        assert answer.status_code == 200
        assert WRONG in answer.content.decode()
    refused = try_it(door, PASSWORD)
    assert refused.status_code == 429
    assert "Too many attempts. Wait a quarter of an hour." in refused.content.decode()
    assert not refused.cookies
    # Counted where every worker looks, and looking costs nothing.
    assert Attempt.objects.count() == BY_VISITOR.times
    assert Client().get(door, REMOTE_ADDR="203.0.113.5").status_code == 200
    other = Client(REMOTE_ADDR="203.0.113.6")
    assert try_it(door, PASSWORD, "203.0.113.6", other, then=path).headers["Location"] == path
    shown = other.get(path)
    assert shown.status_code == 200
    content = b"".join(shown.streaming_content) if shown.streaming else shown.content  # to its end, which closes a file
    assert b"authenticate_with_password" not in content


def test_all_that_is_private_counts_together(page, document):
    for attempt in range(BY_VISITOR.times):
        assert try_it((page, document)[attempt % 2][1]).status_code == 200
    assert [try_it(door).status_code for _path, door in (page, document)] == [429, 429]


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "Trop de tentatives. Attendez un quart d’heure."), ("ar", "محاولات كثيرة جدًا. انتظروا ربع ساعة.")],
)
def test_who_is_refused_is_told_so_in_their_language(page, document, language, said):
    for _attempt in range(BY_VISITOR.times):
        try_it(document[1])
    answer = Client().post(document[1], headers={"Accept-Language": language}, REMOTE_ADDR="203.0.113.5")
    assert said in answer.content.decode()
    with override(language):
        door = reverse("wagtailcore_authenticate_with_password", args=page[1].strip("/").split("/")[-2:])
    assert door.startswith(f"/{language}/")
    assert said in try_it(door).content.decode()
