"""A disk that is full: what is sent is said not to be kept, nothing of it is there, and readers notice nothing."""

import errno
import os
from pathlib import Path

import pytest
import wagtail_factories
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.db import transaction
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images.shortcuts import get_rendition_or_not_found

from initiative.base.disk import StorageError
from partners.intake.models import SubmissionFile
from tests import factories
from tests.initiative.test_share_pictures import picture_of
from tests.partners.joining.applicant import Applicant, png, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = tmp_path / "media", tmp_path / "private"


@pytest.fixture
def room(monkeypatch):
    """`room(1)`: the disk has room for one more file; the next is cut off in the middle."""
    whole = FileSystemStorage._save
    left = [10**6]

    def save(self, name, content):
        left[0] -= 1
        if left[0] < 0:
            whole(self, name, ContentFile(b"half of"))
            raise OSError(errno.ENOSPC, "No space left on device")
        return whole(self, name, content)

    monkeypatch.setattr(FileSystemStorage, "_save", save)

    def leave(files: int) -> None:
        left[0] = files

    return leave


def on_disk(settings) -> list[str]:
    roots = (Path(settings.MEDIA_ROOT), Path(settings.PRIVATE_ROOT))
    return [path.name for root in roots for path in root.rglob("*") if path.is_file()]


@pytest.mark.parametrize("alias", ["default", "private"])
def test_a_file_is_there_whole_or_not_at_all(settings, room, alias):
    storage = storages[alias]
    assert storage.save("soil/a.txt", ContentFile(b"soil")) == "soil/a.txt"
    room(0)
    with pytest.raises(StorageError) as raised:
        storage.save("soil/b.txt", ContentFile(b"soil"))
    assert raised.value.errno == errno.ENOSPC
    assert on_disk(settings) == ["a.txt"]
    assert Path(storage.path("soil/a.txt")).read_bytes() == b"soil"


@pytest.fixture(params=["links", "no links"])
def _kind_of_disk(request, monkeypatch):
    def refuse(*_arguments):
        raise OSError(errno.EPERM, "Operation not permitted")

    if request.param == "no links":
        monkeypatch.setattr(os, "link", refuse)


@pytest.mark.usefixtures("_kind_of_disk")
def test_of_two_who_take_a_name_at_once_one_gets_another(settings):
    """As `_save` is called once somebody else has taken the name that was free a moment ago."""
    assert default_storage.save("a.txt", ContentFile(b"first")) == "a.txt"
    second = default_storage._save("a.txt", ContentFile(b"second"))
    assert second != "a.txt"
    assert [Path(default_storage.path(name)).read_bytes() for name in ("a.txt", second)] == [b"first", b"second"]
    assert len(on_disk(settings)) == 2


def test_nobody_ever_sees_a_name_without_its_file(monkeypatch):
    path, link, seen = Path(default_storage.path("a.txt")), os.link, []

    def watched(part, name):
        seen.append(path.exists())
        link(part, name)
        seen.append(path.read_bytes())

    monkeypatch.setattr(os, "link", watched)
    monkeypatch.setattr(os, "open", None)  # what made an empty one
    with monkeypatch.context() as opened:
        opened.setattr(
            FileSystemStorage, "_save", lambda self, name, content: _written(self.path(name), content) or name
        )
        default_storage.save("a.txt", ContentFile(b"soil"))
    assert seen == [False, b"soil"]


def _written(path, content):
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(content.read())


def test_an_applicant_is_told_and_sends_it_again_once_there_is_room(settings, site, room):
    factories.PlaceFactory(code="FR")
    factories.GoalFactory(number=15)
    factories.JointDeclarationFactory(key="paris", title_en="The Paris declaration", summary_en="It gives a seat.")
    applicant = Applicant("fr")
    applicant.begin()
    applicant.fill("organisation")
    applicant.fill("commitment")
    applicant.client.raise_request_exception = False
    page = applicant.at("documents")
    room(1)
    files = {"legal_status": upload("statutes.pdf"), "logo": upload("logo.png", png(), "image/png")}
    told = applicant.post(page, files, status=503)
    assert "Les fichiers ne peuvent pas être conservés" in told.html
    assert (SubmissionFile.objects.count(), on_disk(settings)) == (0, [])
    room(10)
    applicant.post(page, {"legal_status": upload("statutes.pdf"), "logo": upload("logo.png", png(), "image/png")})
    assert (SubmissionFile.objects.count(), len(on_disk(settings))) == (2, 2)


def test_an_editor_is_told_and_what_was_typed_is_in_the_page(settings, admin_client, room):
    admin_client.raise_request_exception = False
    room(0)
    data = {"title": "Soil & more", "file": upload("soil.pdf"), "collection": "1", "tags": ""}
    answer = admin_client.post(reverse("wagtaildocs:add"), data)
    assert answer.status_code == 503
    assert "no room for them" in answer.content.decode()
    assert 'name="title" value="Soil &amp; more"' in answer.content.decode()
    assert (get_document_model().objects.count(), on_disk(settings)) == (0, [])


def test_readers_get_a_picture_that_cannot_be_kept(settings, client, site, room):
    factories.add_article(site, title="Roots", slug="roots")
    room(0)
    assert client.get(picture_of(client, "/en/news/roots/")).status_code == 200
    assert on_disk(settings) == []


def test_a_picture_that_cannot_be_made_in_a_size_is_shown_as_one_that_is_missing(room):
    """In a transaction of its own, as outside of tests, it undoes nothing but itself."""
    image = wagtail_factories.ImageFactory()
    room(0)
    with transaction.atomic():
        rendition = get_rendition_or_not_found(image, "width-40")
    assert rendition.file.name == "not-found"
