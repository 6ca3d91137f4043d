"""The site with its files in a bucket: run by `make test-s3`, which starts one on this machine."""

import datetime
import hashlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
import requests
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.test import Client
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, CollectionViewRestriction

from initiative.keeping import backups, database
from initiative.keeping.fixity import check_files

pytestmark = [
    pytest.mark.bucket,
    pytest.mark.django_db,
    pytest.mark.skipif(not settings.S3_BUCKET, reason="make test-s3 starts a bucket; there is none here"),
]


@pytest.fixture(autouse=True)
def empty_bucket():
    yield
    for name in ("default", "private"):
        for each, _size, _written in list(storages[name].files()):
            storages[name].delete(each)


def names(storage: str) -> list[str]:
    return sorted(name for name, _size, _written in storages[storage].files())


def add_picture(title="Soil") -> Image:
    content = BytesIO()
    Picture.new("RGB", (600, 400), "brown").save(content, "PNG")
    return Image.objects.create(title=title, file=ContentFile(content.getvalue(), "soil.png"), width=600, height=400)


def add_document(content=b"%PDF-1.4 soil", **facts) -> Document:
    return Document.objects.create(title="Soil", file=ContentFile(content, "soil.pdf"), **facts)


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_names_are_given_once_whoever_asks_at_the_same_moment():
    storage = storages["default"]
    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(lambda number: storage._save("a/é x.txt", ContentFile(b"%d" % number)), range(8)))
    assert len(set(given)) == 8
    assert {storage.open(name).read() for name in given} == {b"%d" % number for number in range(8)}
    assert names("default") == sorted(given)
    assert storage.save("text.txt", ContentFile("é")) == "text.txt"
    assert storage.open("text.txt").read() == "é".encode()


def test_faults_are_those_of_a_disk(monkeypatch):
    storage = storages["default"]
    with pytest.raises(FileNotFoundError):
        storage.open("never")
    with pytest.raises(FileNotFoundError):
        storage.size("never")
    assert not storage.exists("never")
    storage.save("there", ContentFile(b"x"))
    opened = storage.open("there")
    storage.delete("there")
    with pytest.raises(FileNotFoundError):  # gone between the two
        opened.read()
    away = type(storage)(location="media", endpoint_url="http://127.0.0.1:9", client_config=None)
    for action in (lambda: away.save("x", ContentFile(b"x")), lambda: away.open("x"), lambda: away.exists("x"),
                   lambda: away.listdir(""), lambda: away.delete("x"), lambda: list(away.files())):  # fmt: skip
        with pytest.raises(OSError, match="connect"):
            action()


def test_nothing_in_the_bucket_is_public():
    document, picture = add_document(), add_picture()
    private = storages["private"].save("submissions/plan.pdf", ContentFile(b"plan"))
    for key in (f"media/{document.file.name}", f"media/{picture.file.name}", f"private/{private}"):
        answer = storages["default"].connection.meta.client.get_object_acl(Bucket=settings.S3_BUCKET, Key=key)
        assert [grant["Grantee"].get("URI") for grant in answer["Grants"]] == [None]  # the owner alone
        assert "file" not in answer
    with pytest.raises(ValueError, match="is private"):
        storages["private"].url(private)
    assert document.file.url == f"/media/{document.file.name}"
    assert requests.get(f"{settings.S3_ENDPOINT}/{settings.S3_BUCKET}/media/never", timeout=5).status_code == 404


def test_pictures_and_their_other_sizes_come_from_the_sites_own_address(client):
    small = add_picture().get_rendition("fill-300x200|format-webp")
    assert small.url.startswith("/media/images/")
    response = client.get(small.url)
    content = body(response)
    assert Picture.open(BytesIO(content)).size == (300, 200)
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["Content-Length"] == str(len(content))
    assert response.headers["Cache-Control"] == "public, max-age=86400"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert client.get("/media/images/never.png").status_code == 404
    assert client.get(f"/media/{add_document().file.name}").status_code == 404


def test_a_picture_waits_while_the_bucket_is_away(client, monkeypatch):
    address = add_picture().get_rendition("width-100").url

    def refuse(*_args):
        raise OSError("away")

    monkeypatch.setattr(type(storages["default"]), "_open", refuse)
    response = client.get(address)
    assert (response.status_code, response.headers["Cache-Control"]) == (503, "no-store")


def test_a_document_is_handed_out_to_those_who_may_have_it_and_rights_are_looked_up_each_time(client):
    document = add_document()
    response = client.get(document.url)
    assert (response.status_code, body(response)) == (200, b"%PDF-1.4 soil")
    closed = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    Document.objects.filter(pk=document.pk).update(collection=closed)
    refused = Client().get(document.url)
    assert refused.status_code == 302
    assert "/login/" in refused.headers["Location"]


def test_the_nightly_look_finds_what_was_changed_cut_and_lost_in_the_bucket():
    _kept, changed, cut, lost = (add_document(b"%%PDF-1.4 %d" % number) for number in range(4))
    assert (check_files().new, check_files().is_well) == (4, True)
    storage, client = storages["default"], storages["default"].connection.meta.client
    client.put_object(Bucket=settings.S3_BUCKET, Key=f"media/{changed.file.name}", Body=b"%PDF-1.4 9")
    client.put_object(Bucket=settings.S3_BUCKET, Key=f"media/{cut.file.name}", Body=b"%PDF")
    storage.delete(lost.file.name)
    found = check_files()
    assert found.changed == [f"default: {changed.file.name}"]
    assert found.cut == [f"default: {cut.file.name}"]
    assert found.missing == [f"default: {lost.file.name}"]
    assert found.checked == 4


def test_a_backup_takes_the_bucket_and_brings_it_back(tmp_path, monkeypatch, settings):
    settings.DATA_DIR = tmp_path / "site"
    monkeypatch.setattr(database, "dump", lambda folder: {"page": 1})
    monkeypatch.setattr(database, "restore", lambda folder: {"page": 1})
    document = add_document()
    private = storages["private"].save("submissions/plan é.pdf", ContentFile(b"plan"))
    first = backups.back_up(tmp_path / "backups")
    assert set(first.files) == {f"media/{document.file.name}", f"private/{private}"}
    assert first.files[f"private/{private}"] == [4, hashlib.sha256(b"plan").hexdigest()]
    monkeypatch.setattr(backups.timezone, "now", lambda: datetime.datetime(2100, 1, 1))
    second = backups.back_up(tmp_path / "backups")
    assert (first.folder / "private" / private).samefile(second.folder / "private" / private)  # takes no room

    storages["private"].delete(private)
    storages["default"].put(document.file.name, first.folder / "private" / private)  # other content
    backups.restore(second.folder, replace=True)
    assert storages["default"].open(document.file.name).read() == b"%PDF-1.4 soil"
    assert storages["private"].open(private).read() == b"plan"
    assert names("private") == [private]


def test_a_site_is_ready_only_with_its_bucket(monkeypatch):
    call_command("check_ready")
    assert names("default") == names("private") == []
    monkeypatch.setattr(
        type(storages["default"]), "_put", lambda *_args, **_more: (_ for _ in ()).throw(OSError("away"))
    )
    with pytest.raises(CommandError):
        call_command("check_ready")
