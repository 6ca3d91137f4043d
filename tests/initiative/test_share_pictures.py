"""Pictures for links: for what is public, drawn once, kept for ever."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from initiative import views
from initiative.base.drawing import DrawingError
from initiative.base.share import Card
from tests.factories import ResourceFactory, add_article, add_translation, hide_everywhere


def picture_of(client, path) -> str:
    """The path of the picture that a page announces."""
    html = client.get(path).content.decode()
    found = dict(re.findall(r'<meta property="(og:image[\w:]*)" content="([^"]*)">', html))
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["og:image:alt"]
    return found["og:image"].removeprefix("http://localhost:8000")


@pytest.fixture
def drawings(monkeypatch):
    """The titles that would have been drawn: drawing itself is tested where it is done."""
    drawn = []
    monkeypatch.setattr(Card, "png", lambda card: drawn.append(card.title) or b"a picture")
    return drawn


def test_a_page_is_drawn_once_and_kept(client, site, drawings):
    article = add_article(site, slug="hedges", title="Hedges")
    path = picture_of(client, article.get_path())
    assert path.startswith(f"/art/share/en/page/{article.translation_key}/")
    first = client.get(path)
    assert (first.status_code, first["Content-Type"]) == (200, "image/png")
    assert first["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not first.cookies
    assert not first.has_header("Vary") or "Cookie" not in first["Vary"]
    assert first.content == b"a picture"
    assert client.get(path).content == first.content
    assert drawings == ["Hedges"]


def test_a_new_title_is_a_new_picture_and_the_old_one_goes(client, site, drawings):
    article = add_article(site, slug="hedges", title="Hedges")
    old = picture_of(client, article.get_path())
    client.get(old)
    article.title = "Hedges and trees"
    article.save_revision().publish()
    new = picture_of(client, article.get_path())
    assert new != old
    assert client.get(old).url == new
    client.get(new)
    assert drawings == ["Hedges", "Hedges and trees"]
    _folders, kept = default_storage.listdir(f"share/en/page/{article.translation_key}")
    assert kept == [new.rpartition("/")[2]]


def test_each_language_has_its_own_which_is_a_picture(client, site):
    article = add_article(site, slug="hedges", title="Hedges")
    translated = add_translation(article, "ar", title="الأسيجة", slug="hedges")
    english, arabic = (picture_of(client, page.get_path()) for page in (article, translated))
    assert english != arabic
    with Image.open(io.BytesIO(client.get(arabic).content)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))


def test_a_work_stands_on_the_ground_of_its_cover(client, site, drawings):
    work = ResourceFactory(title="Roots", type__soil="podzol")
    path = picture_of(client, work.get_url())
    assert path.startswith(f"/art/share/en/resources.resource/{work.pk}/")
    assert path.endswith(f"/{Card.of(work.subject, 'Roots', work.cover_parameters).digest}.png")
    assert client.get(path).status_code == 200
    work.unpublish()
    assert client.get(path).status_code == 404
    assert drawings == ["Roots"]


def test_what_is_not_public_has_no_picture(client, site):
    article = add_article(site, slug="hedges", title="Hedges")
    path = picture_of(client, article.get_path())
    article.get_parent().view_restrictions.create(restriction_type="login")
    assert client.get(path).status_code == 404
    article.get_parent().view_restrictions.all().delete()
    hide_everywhere(article)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "en/page/x/a",
        "xx/page/x/a",
        "en/page/00000000-0000-0000-0000-000000000000/a",
        "en/auth.user/1/a",
        "en/resources.resource/0/a",
        "en/resources.resource/９/a",
    ],
)
def test_nothing_else_has_one(client, site, path):
    assert client.get(f"/art/share/{path}.png").status_code == 404


def test_pages_that_nobody_links_to_have_the_common_one(client, site):
    assert picture_of(client, "/en/search/") == "/static/art/share.png"
    assert picture_of(client, "/en/nowhere/") == "/static/art/share.png"


def test_who_wants_too_many_at_once_gets_the_common_one(client, site, monkeypatch, drawings):
    monkeypatch.setattr(views, "_MANY_PICTURES", replace(views._MANY_PICTURES, times=1))
    path = picture_of(client, add_article(site, slug="hedges", title="Hedges").get_path())
    other = picture_of(client, add_article(site, slug="trees", title="Trees").get_path())
    assert client.get(path).status_code == 200
    refused = client.get(other)
    assert (refused.status_code, refused.url, refused["Cache-Control"]) == (302, "/static/art/share.png", "no-store")
    assert drawings == ["Hedges"]


def test_one_that_is_only_about_to_be_written_is_nobodys_picture(client, site, drawings):
    article = add_article(site, slug="hedges", title="Hedges")
    path = picture_of(client, article.get_path())
    file = Path(default_storage.path(f"share/en/page/{article.translation_key}/{path.rpartition('/')[2]}"))
    file.parent.mkdir(parents=True)
    file.touch()
    assert client.get(path).content == b"a picture"


def test_whoever_draws_the_same_at_once_takes_nothing_away(client, site, drawings, monkeypatch):
    article = add_article(site, slug="hedges", title="Hedges")
    path = picture_of(client, article.get_path())
    folder = Path(default_storage.path(f"share/en/page/{article.translation_key}"))
    folder.mkdir(parents=True)
    there = {".0a1b.part": b"half", path.rpartition("/")[2]: b"the same", "old.png": b"old"}
    for name, content in there.items():
        (folder / name).write_bytes(content)
    monkeypatch.setattr("initiative.views.stored", lambda *_asked: None)
    assert client.get(path).content == b"a picture"
    del there["old.png"]
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == there


def test_where_it_cannot_be_drawn_the_common_one_is_given_for_now(client, site, monkeypatch, caplog):
    article = add_article(site, slug="hedges", title="Hedges")
    path = picture_of(client, article.get_path())

    def broken(_card):
        raise DrawingError("what draws ended twice")

    monkeypatch.setattr(Card, "png", broken)
    answer = client.get(path)
    assert (answer.status_code, answer["Cache-Control"]) == (302, "no-store")
    assert answer.url.startswith("/static/art/share.")
    assert f"No picture for links to page:{article.translation_key}." in caplog.text


def test_one_that_cannot_be_drawn_is_not_tried_for_ever(client, site, monkeypatch):
    monkeypatch.setattr(views, "_MANY_PICTURES", replace(views._MANY_PICTURES, times=1))
    path, tried = picture_of(client, add_article(site, slug="hedges", title="Hedges").get_path()), []

    def broken(card):
        tried.append(card.title)
        raise DrawingError("what draws ended twice")

    monkeypatch.setattr(Card, "png", broken)
    assert [client.get(path).status_code for _time in range(3)] == [302, 302, 302]
    assert tried == ["Hedges"]
