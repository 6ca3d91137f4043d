"""Pictures are served, documents aren't: Wagtail's own view knows who may have them."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for name in ("images/a.png", "documents/secret.pdf"):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_bytes(b"content")


def test_a_picture_is_served(media, client):
    response = client.get("/media/images/a.png")
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"content"


@pytest.mark.parametrize(
    "path",
    [
        "documents/secret.pdf",
        "/documents/secret.pdf",
        "./documents/secret.pdf",
        "x/../documents/secret.pdf",
        "images/../documents/secret.pdf",
        "%2e/documents/secret.pdf",
        "%2fdocuments/secret.pdf",
        "images//../documents/secret.pdf",
        "images/",
    ],
)
def test_nothing_else_is(media, client, path):
    assert client.get(f"/media/{path}").status_code == 404
