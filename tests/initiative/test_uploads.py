"""What staff upload: documents are what they say, pictures lose what isn't for everybody, and what is broken is told."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import UploadedFile

from initiative.base import one_at_a_time as turns
from initiative.base.file_kinds import refuse_another_kind
from initiative.uploads import PictureField
from tests.initiative.base.test_file_kinds import PDF
from tests.initiative.base.test_pictures import BEHIND, cut_off, frames_of, moving, noise, packed, photo

pytestmark = pytest.mark.django_db


def upload(admin, content: bytes):
    file = SimpleUploadedFile("field.jpg", content, "image/jpeg")
    return admin.post(reverse("wagtailimages:add"), {"title": "A field", "file": file, "collection": 1})


def test_an_original_is_kept_without_where_and_with_what_it_was_taken(admin_client):
    assert upload(admin_client, photo("JPEG", turned=6)).status_code == 302
    uploaded = Image.objects.get()
    with uploaded.file.open() as kept:
        content = kept.read()
    assert b"own camera" not in content
    assert (uploaded.width, uploaded.height, uploaded.file_size) == (16, 48, len(content))


@pytest.mark.parametrize("content", [cut_off(), photo("JPEG")[:300]], ids=["its pixels", "its head"])
def test_a_picture_that_is_cut_off_is_refused_in_a_sentence(admin_client, content):
    answer = upload(admin_client, content)
    assert "The file you uploaded was either not an image or a corrupted image." in answer.content.decode()
    assert not Image.objects.exists()


REFUSED = "is not what its name says. Save it again as a .pdf file"
PAGE = b"<!doctype html><script>alert(1)</script>"


def paper(content: bytes, name: str = "soil.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def test_a_document_that_is_not_what_its_ending_says_is_refused_and_what_was_typed_stays(admin_client):
    typed = {"title": "Soil & more", "collection": 1, "tags": "roots"}
    answer = admin_client.post(reverse("wagtaildocs:add"), typed | {"file": paper(PAGE)})
    assert REFUSED in answer.text
    assert 'value="Soil &amp; more"' in answer.text
    assert "roots" in answer.text
    assert not Document.objects.exists()
    assert admin_client.post(reverse("wagtaildocs:add"), typed | {"file": paper(PDF)}).status_code == 302
    # The one that is there stays when another is refused.
    document = Document.objects.get()
    edit = reverse("wagtaildocs:edit", args=[document.pk])
    assert REFUSED in admin_client.post(edit, typed | {"title": "New", "file": paper(PAGE)}).text
    with Document.objects.get().file.open() as kept:
        assert (kept.read(), Document.objects.get().title) == (PDF, "Soil & more")
    assert admin_client.post(edit, typed | {"title": "New"}).status_code == 302


def test_an_ending_that_is_not_taken_is_told_in_one_sentence(admin_client):
    typed = {"title": "Soil", "collection": 1, "tags": "", "file": paper(PAGE, "soil.html")}
    answer = admin_client.post(reverse("wagtaildocs:add"), typed)
    assert "File extension “html” is not allowed." in answer.text
    assert "is not what its name says" not in answer.text


def test_nor_is_it_taken_by_the_chooser_or_among_many(admin_client):
    chosen = {f"document-chooser-upload-{name}": value for name, value in {"title": "Soil", "collection": 1}.items()}
    answer = admin_client.post(
        reverse("wagtaildocs_chooser:create"), chosen | {"document-chooser-upload-file": paper(PAGE)}
    )
    assert REFUSED in answer.json()["htmlFragment"]
    answer = admin_client.post(reverse("wagtaildocs:add_multiple"), {"title": "Soil", "files[]": paper(PAGE)})
    assert answer.json()["success"] is False
    assert REFUSED in answer.json()["error_message"]
    # Also where something else is wrong, too, and the file would wait for the rest.
    answer = admin_client.post(reverse("wagtaildocs:add_multiple"), {"title": "S" * 300, "files[]": paper(PAGE)})
    assert answer.json()["success"] is False
    assert not Document.objects.exists()
    assert not UploadedFile.objects.exists()


def test_the_refusal_is_in_the_editors_language():
    for code, told in (("fr", "n’est pas ce que dit son nom"), ("es", "no es lo que dice"), ("ar", "ليس ما يدل")):
        with translation.override(code), pytest.raises(ValidationError, match=told):
            refuse_another_kind("soil.pdf", PAGE)


def kept_of(uploaded: Image) -> bytes:
    with uploaded.file.open() as kept:
        return kept.read()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_what_was_put_behind_a_picture_is_not_kept(admin_client, kind):
    file = SimpleUploadedFile(f"field.{kind.lower()}", packed(noise(), kind) + BEHIND)
    assert (
        admin_client.post(reverse("wagtailimages:add"), {"title": "A", "file": file, "collection": 1}).status_code
        == 302
    )
    uploaded = Image.objects.get()
    assert b"script" not in kept_of(uploaded)
    assert (uploaded.width, uploaded.height, uploaded.file_size) == (32, 32, len(kept_of(uploaded)))


def test_a_gif_that_moves_still_does(admin_client):
    file = SimpleUploadedFile("field.gif", moving("GIF", comment=b"by Ada") + BEHIND)
    admin_client.post(reverse("wagtailimages:add"), {"title": "A", "file": file, "collection": 1})
    content = kept_of(Image.objects.get())
    assert len(frames_of(content)) == 4
    assert b"by Ada" not in content


# From where on Django keeps what is uploaded on the disk.
@pytest.mark.parametrize("in_memory", [True, False])
def test_nor_is_it_of_one_among_many_whose_title_has_to_be_mended_first(admin_client, settings, in_memory):
    if not in_memory:
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    file = SimpleUploadedFile("field.jpg", photo("JPEG", turned=6) + BEHIND)
    answer = admin_client.post(
        reverse("wagtailimages:add_multiple"), {"title": "A" * 300, "files[]": file, "collection": 1}
    )
    assert answer.json()["success"] is True
    with UploadedFile.objects.get().file.open() as waiting:
        content = waiting.read()
    assert b"own camera" not in content
    assert b"script" not in content
    assert Picture.open(io.BytesIO(content)).size == (16, 48)


@pytest.mark.parametrize("name", ["field.svg", "field.png"])
def test_a_drawing_that_a_browser_would_run_is_refused(admin_client, name):
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
    file = SimpleUploadedFile(name, drawing, "image/svg+xml")
    answer = admin_client.post(reverse("wagtailimages:add"), {"title": "A field", "file": file, "collection": 1})
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"file"}
    assert (
        admin_client.post(reverse("wagtailimages:add_multiple"), {"title": "A", "files[]": file}).json()["success"]
        is False
    )
    assert not Image.objects.exists()
    assert not UploadedFile.objects.exists()


def test_a_gif_that_breaks_off_within_a_frame_is_refused_in_a_sentence(admin_client):
    file = SimpleUploadedFile("field.gif", moving("GIF")[:-40])
    answer = admin_client.post(reverse("wagtailimages:add"), {"title": "A field", "file": file, "collection": 1})
    assert "The file you uploaded was either not an image or a corrupted image." in answer.text


@pytest.mark.parametrize(
    "name", ["../../soil.pdf", "..\\..\\soil.pdf", "/etc/soil.pdf", "a/../\u202esoil\n.pdf", "~/soil.pdf"]
)
def test_the_name_of_a_document_leads_to_no_other_folder(admin_client, client, name):
    sent = {"title": "Soil", "collection": 1, "tags": "", "file": paper(PDF, name)}
    sent["file"].name = name  # as nobody's browser sends it
    assert admin_client.post(reverse("wagtaildocs:add"), sent).status_code == 302
    document = Document.objects.get()
    path = Path(document.file.path)
    assert path.parent == Path(settings.MEDIA_ROOT) / "documents"
    assert re.fullmatch(r"[\w.-]+", document.filename)
    assert b"".join(client.get(document.url)) == PDF


def test_a_picture_is_not_even_opened_while_another_is_unpacked(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    file = SimpleUploadedFile("field.gif", moving("GIF"))
    with ThreadPoolExecutor(1) as pool:
        with turns.one_at_a_time(), pytest.raises(ValidationError, match="Too many pictures came at once"):
            pool.submit(PictureField().clean, file).result()
        file.seek(0)
        assert pool.submit(PictureField().clean, file).result() == file


def test_nor_by_wagtail_beside_its_turn(monkeypatch):
    """Each time that a picture is opened for a form, it is its thread's turn."""
    free = []
    opened = Picture.open

    def looked_at(*args, **kwargs):
        free.append(turns._turn.acquire(blocking=False))
        if free[-1]:
            turns._turn.release()
        return opened(*args, **kwargs)

    monkeypatch.setattr(Picture, "open", looked_at)
    PictureField().clean(SimpleUploadedFile("field.jpg", photo("JPEG")))
    assert free
    assert not any(free)
