"""What is known of files: checksums at once, texts in a task, and both true when a file is replaced."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from initiative.search import Query, search
from resources.enums import Reading
from resources.models import FileReading
from resources.services import file_readings
from tests.factories import ResourceFactory
from tests.resources.pdfs import pdf

EARTHWORMS = pdf("The earthworms of Brittany dig their galleries in wet clay, in spring and in autumn.")
MOLES = pdf("Moles of Burgundy throw up their hills on dry meadows, whatever the gardener may say to it.")


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Run a change as if it were committed, and the tasks that it starts."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def keep(content=EARTHWORMS, name="roots.pdf", **more) -> Document:
    return Document.objects.create(title="Roots", file=ContentFile(content, name=name), **more)


def found(text, language="en") -> list[str]:
    return [hit.object_id for hit in search(Query(text=text, kinds=("resource",), language=language)).hits]


def test_a_document_has_its_checksum_at_once_and_its_text_soon(site, committed):
    with committed():
        document = keep()
        assert (document.reading.state, document.reading.text) == (Reading.WAITING, "")
        assert document.reading.sha256 == hashlib.sha256(EARTHWORMS).hexdigest()
    reading = FileReading.objects.get()
    assert (reading.state, reading.pages) == (Reading.FOUND, 1)
    assert reading.text.startswith("The earthworms of Brittany")
    assert reading.read_at is not None


def test_a_document_that_is_no_pdf_has_a_checksum_alone(db, committed):
    with committed():
        document = keep(b"a,b\n", "data.csv")
    assert (document.reading.state, document.reading.sha256) == (Reading.OTHER, hashlib.sha256(b"a,b\n").hexdigest())


def test_a_checksum_is_worked_out_once_a_file(db, committed, monkeypatch):
    document = keep()
    monkeypatch.setattr(file_readings, "checksum", None)
    document.title = "Other roots"
    document.save()
    assert FileReading.objects.get().sha256 == hashlib.sha256(EARTHWORMS).hexdigest()


def test_resources_are_found_by_the_text_of_their_files(site, committed):
    with committed():
        resource = ResourceFactory(title="A report", files=[{"document": keep(), "language": "en"}])
    assert found("galleries in wet clay") == found("earthworm", "fr") == [str(resource.pk)]
    (hit,) = search(Query(text="brittany", language="fr")).hits
    assert "earthworms of <mark>Brittany</mark> dig" in hit.attached_html
    assert hit.attached_language == "en"


def test_a_replaced_file_is_found_by_its_new_text(site, committed):
    with committed():
        document = keep()
        resource = ResourceFactory(title="A report", files=[{"document": document, "language": "en"}])
    with committed():
        document = Document.objects.get()
        document.file = ContentFile(MOLES, name="roots.pdf")
        document.save()
    assert (found("brittany"), found("burgundy")) == ([], [str(resource.pk)])
    assert FileReading.objects.get().sha256 == hashlib.sha256(MOLES).hexdigest()


def test_readers_of_a_language_find_the_file_in_theirs_else_in_the_best_other(site, committed):
    french = pdf("Les vers de terre de Bretagne creusent leurs galeries dans l'argile humide au printemps.")
    with committed():
        files = [{"document": keep(), "language": "en"}, {"document": keep(french, "fr.pdf"), "language": "fr"}]
        resource = str(ResourceFactory(title="A report", files=files).pk)
    assert (found("argile", "fr"), found("clay", "fr")) == ([resource], [])
    assert (found("argile", "es"), found("clay", "es")) == ([], [resource])
    assert (found("argile", "ar"), found("clay", "en")) == ([resource], [resource])


def test_what_is_for_some_people_only_is_found_by_nobody(site, committed):
    private = Collection.get_first_root_node().add_child(name="Members")
    with committed():
        resource = ResourceFactory(title="A report", files=[{"document": keep(collection=private)}])
    assert found("brittany") == [str(resource.pk)]
    with committed():
        restriction = CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    assert found("brittany") == []
    with committed():
        restriction.delete()
    assert found("brittany") == [str(resource.pk)]


def test_a_document_moved_to_where_it_is_private_is_found_no_more(client, site, committed, django_user_model):
    """By itself, with others in Wagtail's bulk action, and with the collection it is in."""
    client.force_login(django_user_model.objects.create_superuser("chief", "", "a long password"))
    private, drawer = (Collection.get_first_root_node().add_child(name=name) for name in ("Members", "Drawer"))
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    with committed():
        document = keep()
        resource = ResourceFactory(title="A report", files=[{"document": document}])

    def save_in(collection):
        changed = Document.objects.get()
        changed.collection = collection
        changed.save()

    def add_to(collection):
        url = reverse("wagtail_bulk_action", args=["wagtaildocs", "document", "add_to_collection"])
        answer = client.post(f"{url}?id={document.pk}", {"collection": collection.pk})
        assert (answer.status_code, Document.objects.get().collection) == (302, collection)

    for put in (save_in, add_to):
        with committed():
            put(private)
        assert found("brittany") == [], put
        with committed():
            put(drawer)
        assert found("brittany") == [str(resource.pk)], put
    with committed():
        url = reverse("wagtailadmin_collections:edit", args=[drawer.pk])
        assert client.post(url, {"name": "Drawer", "parent": private.pk}).status_code == 302
    assert Collection.objects.get(pk=drawer.pk).get_parent() == private
    assert found("brittany") == []


def test_a_file_that_is_gone_or_that_the_storage_does_not_give(db, monkeypatch):
    document = keep()
    document.file.storage.delete(document.file.name)
    assert file_readings.read_file(document).state == Reading.DAMAGED
    assert file_readings.checksum(document.file) == ""

    def busy(file):
        raise OSError("no memory")

    document = keep()
    monkeypatch.setattr(file_readings, "read_text", busy)
    assert (
        file_readings.read_file(document).state == FileReading.objects.get(document=document).state == Reading.WAITING
    )


def test_a_text_read_too_late_is_not_kept(db, monkeypatch):
    document = keep()
    old = Document.objects.get()
    document.file = ContentFile(MOLES, name="moles.pdf")
    document.save()
    monkeypatch.setattr(file_readings, "note_file", lambda _document: FileReading(document=old, name=old.file.name))
    file_readings.read_file(old)
    assert FileReading.objects.get().state == Reading.WAITING


def test_the_command_reads_what_is_missing(db, capsys):
    scan, fine = keep(pdf(""), "scan.pdf"), keep()
    FileReading.objects.filter(document=fine).delete()
    call_command("read_files")
    assert capsys.readouterr().out.splitlines() == [
        "1: Text found: the search reads it",
        "1: No text: a scan, pictures of pages",
        "2 documents read.",
    ]
    call_command("read_files")
    assert capsys.readouterr().out == ""
    FileReading.objects.filter(document=scan).update(state=Reading.DAMAGED)
    call_command("read_files", "--anew", verbosity=2)
    assert "No text" in capsys.readouterr().out.splitlines()[0]
    assert FileReading.objects.get(document=scan).state == Reading.NO_TEXT


def test_a_task_for_a_document_deleted_meanwhile_does_nothing(db):
    from resources.tasks import read_document

    assert read_document.func(4_000_000) == ""


def test_the_text_is_not_read_where_only_the_file_is_shown(site, committed, django_assert_num_queries):
    with committed():
        resource = ResourceFactory(slug="report", files=[{"document": keep(), "language": "en"}])
    (file,) = type(resource).objects.for_lists().get(slug="report").files.all()
    with django_assert_num_queries(0):
        assert file.sha256 == hashlib.sha256(EARTHWORMS).hexdigest()
        assert "text" in file.reading.get_deferred_fields()
