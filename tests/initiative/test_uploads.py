"""What staff upload: pictures lose what isn't for everybody, and what is broken is told."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.images.models import Image

from tests.initiative.base.test_pictures import cut_off, photo

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
