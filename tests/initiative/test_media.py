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


def test_who_asks_for_nothing_is_told_in_their_language(client):
    """As nginx asks for everything below it that it doesn't serve."""
    response = client.get("/media/", headers={"Accept-Language": "fr"})
    assert (response.status_code, response.headers["Content-Language"]) == (404, "fr")
    assert "Cette page n’est pas dans le sol" in response.text
    assert '<meta name="robots" content="noindex' in response.text
    assert "Accept-Language" in response.headers["Vary"]


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
