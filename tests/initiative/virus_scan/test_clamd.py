"""Files are looked at by a daemon that speaks clamd's protocol, here one of our own."""

import io
import socket
import struct
import threading
from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image

from initiative.virus_scan.clamd import CannotScan, refuse_viruses, scan
from partners.intake.uploads import PaperField

BAD = b"this stands for a virus"


def pdf(content: bytes) -> bytes:
    return b"%PDF-1.4\n" + content + b"\n%%EOF\n"


def _exactly(line, count: int) -> bytes:
    got = b""
    while len(got) < count and (more := line.recv(count - len(got))):
        got += more
    return got


def _serve(listener, answer):
    """One question after the other, until the listener is closed."""
    while True:
        try:
            line, _who = listener.accept()
        except OSError:
            return
        with line:
            assert _exactly(line, 10) == b"zINSTREAM\0"
            content = b""
            while size := struct.unpack("!I", _exactly(line, 4))[0]:
                content += _exactly(line, size)
            line.sendall(answer or (b"stream: Our-Test FOUND\0" if BAD in content else b"stream: OK\0"))


@contextmanager
def daemon(listener, answer=b""):
    listener.listen()
    thread = threading.Thread(target=_serve, args=(listener, answer))
    thread.start()
    try:
        yield
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


@pytest.fixture
def clamd(settings):
    """`clamd(answer)`: a daemon that says this, or what is right, and the settings name it."""
    listener = socket.create_server(("127.0.0.1", 0))
    settings.CLAMD_ADDRESS = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
    with daemon(listener):
        yield settings.CLAMD_ADDRESS


def test_what_is_found_has_a_name(clamd):
    assert scan(b"", clamd) == ""
    assert scan(b"a" * 200_000, clamd) == ""
    # Also where it lies across two portions.
    assert scan(b"a" * (2**16 - 5) + BAD, clamd) == "Our-Test"


def test_through_a_socket_of_the_machine(tmp_path):
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(tmp_path / "clamd"))
    with daemon(listener):
        assert scan(BAD, f"unix://{tmp_path}/clamd") == "Our-Test"
    with pytest.raises(CannotScan):
        scan(BAD, f"unix://{tmp_path}/nowhere")


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"\0", b"stream: OK and more\0"])
def test_an_answer_that_is_neither_yes_nor_no_is_none(answer):
    listener = socket.create_server(("127.0.0.1", 0))
    with daemon(listener, answer), pytest.raises(CannotScan):
        scan(b"a", f"tcp://127.0.0.1:{listener.getsockname()[1]}")


def test_a_virus_is_refused_and_named_in_the_log_alone(clamd, caplog):
    with pytest.raises(ValidationError, match="A virus was found in this file") as told:
        PaperField().clean(SimpleUploadedFile("a.pdf", pdf(BAD)))
    assert "Our-Test" not in str(told.value)
    assert "Refused: virus Our-Test" in caplog.text
    assert PaperField().clean(SimpleUploadedFile("a.pdf", pdf(b"good"))).content == pdf(b"good")


def test_where_it_cannot_be_asked_nothing_is_taken(settings, caplog):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    settings.CLAMD_ADDRESS = f"tcp://127.0.0.1:{port}"  # nobody listens there any more
    with pytest.raises(ValidationError, match="can’t be looked at for viruses just now"):
        PaperField().clean(SimpleUploadedFile("a.pdf", pdf(b"good")))
    assert "clamd can't be asked" in caplog.text


def test_without_one_nothing_is_asked(settings):
    assert settings.CLAMD_ADDRESS == ""
    refuse_viruses(BAD)


def test_what_staff_upload_is_looked_at_too_and_once(client, db, clamd, django_user_model, settings):
    client.force_login(django_user_model.objects.create_superuser("ada", "", "soil is alive"))
    address = reverse("wagtaildocs:add")
    for content in (BAD, b"good"):
        file = SimpleUploadedFile("a.txt", content)
        answer = client.post(address, {"title": "A", "file": file, "collection": 1, "tags": ""})
        assert (b"A virus was found" in answer.content) is (content == BAD)
    document = Document.objects.get()
    with document.file.open() as file:
        assert file.read() == b"good"
    picture = io.BytesIO()
    Picture.new("RGB", (4, 4)).save(picture, "PNG")
    bad = SimpleUploadedFile("a.png", picture.getvalue() + BAD)
    assert (
        b"A virus was found"
        in client.post(reverse("wagtailimages:add"), {"title": "A", "file": bad, "collection": 1}).content
    )
    assert not Image.objects.exists()
    # A file that stays isn't asked about again.
    settings.CLAMD_ADDRESS = "tcp://127.0.0.1:1"
    client.post(reverse("wagtaildocs:edit", args=[document.pk]), {"title": "B", "collection": 1, "tags": ""})
    assert Document.objects.get().title == "B"


def test_a_document_is_saved_and_runs_nothing(client, db):
    for name, content in (("soil.pdf", pdf(b"good")), ("soil.txt", b"good")):
        document = Document.objects.create(title="Soil", file=SimpleUploadedFile(name, content))
        answer = client.get(document.url)
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert b"good" in b"".join(answer.streaming_content)
