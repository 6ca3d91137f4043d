"""Pictures from before a rule are made anew, once, and nothing is lost where that is broken off."""

import hashlib
import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from PIL import Image as Picture
from wagtail.images.models import Image

from initiative import stored_pictures
from initiative.base.pictures import without_metadata
from initiative.keeping.fixity import check_files
from initiative.keeping.models import KnownFile
from tests.initiative.base.test_pictures import GPS, cut_off, moving, noise, packed, photo

pytestmark = pytest.mark.django_db

PHOTO = photo("JPEG", turned=6)
MADE = without_metadata(PHOTO)
CUT = cut_off()


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def stored(content: bytes, name: str = "field.jpg", size: tuple[int, int] = (48, 16), **more) -> Image:
    """As it was stored before there were rules."""
    name = default_storage.save(f"original_images/{name}", ContentFile(content))
    told = {"file_size": len(content), "file_hash": hashlib.sha1(content, usedforsecurity=False).hexdigest()}
    [made] = Image.objects.bulk_create(
        [Image(title="A field", file=name, width=size[0], height=size[1], collection_id=1, **told, **more)]
    )
    return Image.objects.get(pk=made.pk)


def content_of(picture: Image) -> bytes:
    return Path(picture.file.path).read_bytes()


def run(capsys, *args) -> list[str]:
    call_command("remake_pictures", *args)
    return capsys.readouterr().out.splitlines()


def test_one_that_tells_where_it_was_taken_is_made_anew_and_its_record_says_what_it_is(
    capsys, django_capture_on_commit_callbacks
):
    picture, clean = stored(PHOTO), stored(MADE, "clean.jpg")
    before = picture.file.name
    assert Picture.open(io.BytesIO(PHOTO)).getexif().get_ifd(GPS)
    rendition = picture.get_rendition("width-8")
    assert check_files().new == 2
    with django_capture_on_commit_callbacks(execute=True):
        told = run(capsys)
    picture = Image.objects.get(pk=picture.pk)
    assert told == [
        f"Remade: {before} ({len(PHOTO)} bytes, {len(MADE)} after)",
        "2 pictures, 1 of them made anew.",
    ]
    assert content_of(picture) == MADE
    assert (picture.width, picture.height, picture.file_size) == (16, 48, len(MADE))
    assert picture.file_hash == clean.file_hash
    assert picture.file.name != before
    assert not default_storage.exists(before)
    assert not picture.renditions.exists()
    assert not default_storage.exists(rendition.file.name)
    # It is known at once, and all files are what they were.
    assert set(KnownFile.objects.values_list("name", flat=True)) == {picture.file.name, clean.file.name}
    found = check_files()
    assert (found.is_well, found.checked, found.new) == (True, 2, 0)
    assert Image.objects.get(pk=clean.pk).file.name == clean.file.name
    assert run(capsys) == ["2 pictures, 0 of them made anew."]


def test_a_dry_run_says_the_same_and_changes_nothing(capsys):
    picture = stored(PHOTO)
    picture.get_rendition("width-8")
    assert run(capsys, "--dry-run") == [
        f"Remade: {picture.file.name} ({len(PHOTO)} bytes, {len(MADE)} after)",
        "1 pictures, 1 of them made anew. Nothing was changed: it was a dry run.",
    ]
    after = Image.objects.get(pk=picture.pk)
    assert (after.file.name, after.file_hash, content_of(after)) == (picture.file.name, picture.file_hash, PHOTO)
    assert after.renditions.count() == 1


def test_one_with_more_pixels_than_are_taken_becomes_smaller_and_what_is_in_focus_stays_so(settings, capsys):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 256
    focus = {"focal_point_x": 16, "focal_point_y": 8, "focal_point_width": 20, "focal_point_height": 4}
    picture = stored(packed(noise(), "PNG"), "noise.png", (32, 32), **focus)
    assert run(capsys)[-1] == "1 pictures, 1 of them made anew."
    picture.refresh_from_db()
    assert (picture.width, picture.height) == (16, 16)
    assert [picture.focal_point_x, picture.focal_point_y] == [8, 4]
    assert [picture.focal_point_width, picture.focal_point_height] == [10, 2]
    assert run(capsys) == ["1 pictures, 0 of them made anew."]


def test_what_is_damaged_gone_or_moves_and_is_too_large_is_named_and_the_others_are_made_anew(settings, capsys):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 48 * 16
    broken, drawing = stored(CUT, "broken.jpg"), stored(b"<svg/>", "drawing.svg")
    frames = [Picture.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    film = stored(packed(frames[0], "GIF", save_all=True, append_images=frames[1:]), "film.gif", (20, 20))
    gone = stored(MADE, "gone.jpg")
    Path(gone.file.path).unlink()
    right = stored(PHOTO)
    with pytest.raises(CommandError, match="Somebody has to look at 4 of the files"):
        call_command("remake_pictures")
    told = capsys.readouterr()
    assert told.err.splitlines() == [
        f"Damaged, or no picture: {broken.file.name}",
        f"Damaged, or no picture: {drawing.file.name}",
        f"Too large, and moves: {film.file.name}",
        f"Missing, or can't be written: {gone.file.name}",
    ]
    assert told.out.splitlines()[-1] == "5 pictures, 1 of them made anew."
    assert content_of(broken) == CUT
    assert content_of(Image.objects.get(pk=right.pk)) == MADE


def test_what_moves_keeps_its_frames_and_loses_its_comment(capsys):
    content = moving("GIF", comment=b"by Ada")
    picture = stored(content, "film.gif")
    assert run(capsys)[-1] == "1 pictures, 1 of them made anew."
    assert content_of(Image.objects.get(pk=picture.pk)) == without_metadata(content)


class Killed(BaseException):
    """The process ends."""


def test_where_the_record_could_not_be_written_all_is_as_it_was(monkeypatch, capsys):
    picture = stored(PHOTO)

    def killed(*args):
        raise Killed

    monkeypatch.setattr(stored_pictures, "note_replaced", killed)
    with pytest.raises(Killed):
        call_command("remake_pictures")
    after = Image.objects.get(pk=picture.pk)
    assert (after.file.name, after.file_hash, content_of(after)) == (picture.file.name, picture.file_hash, PHOTO)
    assert default_storage.listdir("original_images")[1] == [Path(picture.file.name).name]


def test_what_a_run_left_that_was_killed_before_it_could_delete_it_goes_with_the_next(monkeypatch, capsys):
    picture = stored(PHOTO)
    before = picture.file.name
    with monkeypatch.context() as patched:
        patched.setattr(type(default_storage._wrapped), "delete", lambda self, name: None)
        run(capsys)
    assert default_storage.exists(before)
    assert run(capsys, "--dry-run") == [
        f"Left over, would be deleted: {before}",
        "1 pictures, 0 of them made anew. Nothing was changed: it was a dry run.",
    ]
    assert default_storage.exists(before)
    assert run(capsys) == [f"Left over, deleted: {before}", "1 pictures, 0 of them made anew."]
    assert not default_storage.exists(before)
    assert content_of(Image.objects.get(pk=picture.pk)) == MADE


def test_what_no_picture_ever_had_is_named_and_stays(capsys):
    name = default_storage.save("original_images/another.jpg", ContentFile(photo("JPEG")))
    uploading = default_storage.save("original_images/now.jpg", ContentFile(MADE))
    with pytest.raises(CommandError):
        call_command("remake_pictures")
    assert capsys.readouterr().err.splitlines() == [f"Of no picture: {name}"]
    assert default_storage.exists(name)
    assert default_storage.exists(uploading)


def test_a_file_of_two_records_stays_until_both_have_their_own(capsys):
    picture = stored(PHOTO)
    Image.objects.bulk_create([Image(title="Too", file=picture.file.name, width=48, height=16, collection_id=1)])
    assert run(capsys)[-1] == "2 pictures, 2 of them made anew."
    first, second = Image.objects.order_by("pk")
    assert first.file.name != second.file.name
    assert content_of(first) == content_of(second) == MADE
    assert not default_storage.exists(picture.file.name)


def test_what_an_editor_has_just_replaced_stays_as_the_editor_wants_it(capsys, monkeypatch):
    picture = stored(PHOTO)
    other = default_storage.save("original_images/new.jpg", ContentFile(MADE))

    def replaced_meanwhile(content):
        Image.objects.filter(pk=picture.pk).update(file=other)
        default_storage.delete(picture.file.name)
        return MADE

    monkeypatch.setattr(stored_pictures, "without_metadata", replaced_meanwhile)
    assert run(capsys)[0] == f"Changed meanwhile: {picture.file.name}"
    assert Image.objects.get(pk=picture.pk).file.name == other
