"""An address of a document lasts as a page's does: another name of its file is led to, and of a document that was deleted is said
that it was. Of private ones nothing is told."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from initiative.models import GoneAddress
from resources.models import ResourceFile
from resources.services.withdrawal import withdraw
from tests import factories
from tests.initiative.base.test_file_kinds import PDF
from tests.reading import Reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def replace(django_capture_on_commit_callbacks):
    """`replace(document, "name.pdf")`: gives it another file."""

    def another(document, name):
        document = Document.objects.get(pk=document.pk)
        document.file = ContentFile(PDF + name.encode(), name)
        with django_capture_on_commit_callbacks(execute=True):
            document.save()
        return document

    return another


def document(name="soil.pdf", collection=None) -> Document:
    more = {"collection": collection} if collection else {}
    return Document.objects.create(title="Soil", file=ContentFile(PDF, name), **more)


def private(kind: str) -> Collection:
    """A collection within one that not everybody may look into."""
    above = Collection.get_first_root_node().add_child(name=f"Private {kind}")
    CollectionViewRestriction.objects.create(collection=above, restriction_type=kind, password="soil")
    return above.add_child(name="Within")


def leads(client, path):
    response = client.get(path)
    b"".join(response)  # or the file stays open
    return response.status_code, response.headers.get("Location", "")


def test_the_names_that_a_file_had_lead_to_the_one_it_has(client, replace):
    kept = document()
    first = kept.url
    second = replace(kept, "soil-2.pdf").url
    third = replace(kept, "sol & sols é.pdf").url
    assert len({first, second, third}) == 3
    for old in (first, second):
        assert leads(client, old) == (301, third)
        assert leads(client, f"{old}?x=1") == (301, f"{third}?x=1")
        assert client.head(old).status_code == 301
        assert client.post(old).status_code == 404
    answer = client.get(third)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(PDF)
    # A name may come back: no browser keeps for ever where it led.
    assert "max-age=0" in client.get(first).headers["Cache-Control"]
    again = replace(kept, "soil-3.pdf").url
    assert leads(client, first) == (301, again)
    kept.file.storage.delete(f"documents/{kept.filename}")
    back = replace(kept, kept.filename)
    assert back.url == first
    assert leads(client, first) == (200, "")
    assert leads(client, third) == (301, first)


def test_also_where_an_editor_replaced_it(admin_client, client):
    kept = document()
    old = kept.url
    sent = {"title": "Soil", "collection": 1, "tags": "", "file": SimpleUploadedFile("new.pdf", PDF)}
    assert admin_client.post(reverse("wagtaildocs:edit", args=[kept.pk]), sent).status_code == 302
    kept.refresh_from_db()
    assert kept.url != old
    assert leads(client, old) == (301, kept.url)


def test_a_name_that_it_never_had_tells_nothing(client, replace, delete):
    kept = document()
    replace(kept, "soil-2.pdf")
    known = f"/documents/{kept.pk}/"
    for name in ("other.pdf", "", "soil.pdf/x"):
        assert leads(client, known + name) == (404, "")
    delete(kept)
    assert leads(client, f"{known}other.pdf") == (404, "")
    assert leads(client, f"/documents/{kept.pk + 1}/soil.pdf") == (404, "")
    assert leads(client, f"/documents/{10**30}/soil.pdf") == (404, "")


def test_a_file_that_is_missing_is_not_found_and_leads_to_nowhere(client, replace):
    kept = document("lost.pdf")
    url, name = kept.url, kept.file.name
    kept = replace(kept, "soil-2.pdf")
    kept.file.storage.delete(name)
    kept = replace(kept, url.rpartition("/")[2])
    assert kept.url == url
    kept.file.storage.delete(kept.file.name)
    assert leads(client, url) == (404, "")


def test_of_a_deleted_one_is_said_that_it_was_in_the_readers_language(client, site, replace, delete):
    kept = document()
    first, second = kept.url, replace(kept, "soil-2.pdf").url
    GoneAddress.objects.update(gone_on="2020-02-02")
    delete(kept)
    for path in (first, second):
        answer = client.get(path, headers={"Accept-Language": "en"})
        assert answer.status_code == 410
        page = Reading(answer)
        assert page.soup.h1.text == "This page was taken away"
        assert "2020" not in page.soup.find(class_="meta").text
        assert "noindex" in page.soup.find("meta", attrs={"name": "robots"})["content"]
        assert page.soup.find("form", role="search")
    answer = client.get(first, headers={"Accept-Language": "fr"})
    assert Reading(answer).soup.h1.text == "Cette page a été retirée"
    assert "Accept-Language" in answer.headers["Vary"]
    assert client.post(first).status_code == 404


def test_no_name_is_kept(replace, delete):
    kept = document("ada-loam.pdf")
    replace(kept, "ada.pdf")
    delete(kept)
    known = GoneAddress.objects.values_list("digest", "page_path")
    assert len(known) == 2
    assert all(len(digest) == 64 and path == f"/documents/{kept.pk}/" for digest, path in known)


@pytest.mark.parametrize("kind", ["password", "login", "groups"])
def test_of_a_private_one_nothing_is_told(client, replace, delete, kind):
    kept = document(collection=private(kind))
    first, second = kept.url, replace(kept, "soil-2.pdf").url
    assert leads(client, first) == (404, "")
    assert client.get(second).status_code in (403, 302)
    assert b"soil-2" not in client.get(first).content
    delete(kept)
    assert [leads(client, path) for path in (first, second)] == [(404, "")] * 2
    assert not GoneAddress.objects.exists()


def test_one_that_was_made_private_tells_nothing_any_more(client, replace, delete):
    kept = document()
    first, second = kept.url, replace(kept, "soil-2.pdf").url
    assert leads(client, first) == (301, second)
    Document.objects.filter(pk=kept.pk).update(collection=private("login"))
    assert leads(client, first) == (404, "")
    delete(kept)
    assert [leads(client, path) for path in (first, second)] == [(404, "")] * 2


def test_an_old_name_of_a_withdrawn_file_leads_to_what_is_told_of_it(client, site, replace):
    kept = document()
    old, work = kept.url, factories.ResourceFactory()
    ResourceFile.objects.create(resource=work, document=kept)
    new = replace(kept, "soil-2.pdf").url
    withdraw(work)
    assert leads(client, old) == (301, new)
    assert client.get(new).status_code == 410


def test_to_hand_one_out_takes_no_statement_more(client, replace, django_assert_num_queries):
    kept = document()
    kept = replace(kept, "soil-2.pdf")
    # The document; its collection, and above it, and their restrictions; whether it was withdrawn.
    with django_assert_num_queries(4) as asked:
        assert leads(client, kept.url) == (200, "")
    assert not any("goneaddress" in query["sql"] for query in asked.captured_queries)


def test_to_save_its_title_notes_nothing():
    kept = document()
    kept.title = "Roots"
    kept.save()
    kept.save(update_fields=["file_size"])
    assert not GoneAddress.objects.exists()
