"""The form of a resource in the admin: its files say what came of reading them, its cover may be their first page."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images import get_image_model
from wagtail.users.models import UserProfile

from resources.enums import Reading
from resources.models import FileReading, Resource
from resources.services.file_readings import read_file
from tests.factories import PlaceFactory, ResourceFactory
from tests.initiative.test_staff_forms import filled
from tests.reading import words
from tests.resources.pdfs import pdf

TEXT = "One two three four five six seven eight nine ten eleven."


@pytest.fixture
def editor(client, site):
    user = get_user_model().objects.create_user("editor", password="x")
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    return client


def keep(content=b"", name="a.pdf", title="Roots") -> Document:
    return Document.objects.create(title=title, file=ContentFile(content, name=name))


def address(resource, name="edit"):
    return reverse(Resource.snippet_viewset.get_url_name(name), args=[resource.pk])


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def send(editor, resource, **more):
    form = soup(editor.get(address(resource)))
    return editor.post(address(resource), filled(form) | more)


def drawn(resource):
    return Resource.objects.get(pk=resource.pk).get_latest_revision_as_object().cover


def test_the_first_pdf_that_can_be_shown_becomes_the_cover_of_the_draft(editor):
    files = [
        {"url": "https://example.org/a.pdf"},
        {"document": keep(b"a,b", "data.csv")},
        {"document": keep(pdf(TEXT, encrypted=True), "locked.pdf")},
        {"document": keep(pdf(TEXT, size=(100, 200)), "fine.pdf", "A fine report")},
    ]
    resource = ResourceFactory(files=files)
    assert send(editor, resource, take_first_page="on").status_code == 302
    image = get_image_model().objects.get()
    assert (image.title, image.width, image.height) == ("First page of A fine report", 960, 1920)
    assert (image.uploaded_by_user.username, image.file.name) == ("editor", "original_images/a-fine-report-1.png")
    assert drawn(resource) == image
    resource.refresh_from_db()
    assert resource.cover is None  # it is published with the rest of the draft


def test_a_cover_that_was_taken_stays_and_can_be_taken_back(editor):
    resource = ResourceFactory(files=[{"document": keep(pdf(TEXT))}])
    send(editor, resource, take_first_page="on")
    send(editor, resource)
    send(editor, resource, take_first_page="on")  # as a form does that saves itself every few seconds
    assert drawn(resource) == get_image_model().objects.get()
    send(editor, resource, cover="")
    assert drawn(resource) is None


@pytest.mark.parametrize("files", [[], [{"url": "https://example.org/a.pdf"}], "scan of nothing"])
def test_without_a_page_to_show_the_form_says_so_and_keeps_what_was_typed(editor, files):
    files = [{"document": keep(b"%PDF-1.4")}] if files == "scan of nothing" else files
    resource = ResourceFactory(files=files)
    response = send(editor, resource, take_first_page="on", title="Typed")
    assert response.status_code == 200
    page = soup(response)
    assert "None of its files is a PDF whose first page can be shown." in words(page)
    assert page.select_one("[name=title]")["value"] == "Typed"
    assert not get_image_model().objects.exists()


def test_a_file_taken_from_the_resource_is_not_its_cover(editor):
    resource = ResourceFactory(files=[{"document": keep(pdf(TEXT))}])
    response = send(editor, resource, take_first_page="on", **{"files-0-DELETE": "1"})
    assert response.status_code == 200
    assert not get_image_model().objects.exists()


def test_each_file_says_what_came_of_reading_it(editor):
    fine, scan = keep(pdf(TEXT, TEXT)), keep(pdf(""))
    for document in (fine, scan):
        read_file(document)
    resource = ResourceFactory(files=[{"document": fine}, {"document": scan}, {"url": "https://example.org/"}])
    told = [
        words(one)
        for one in soup(editor.get(address(resource))).select("#panel-child-facts-files-content .w-help-text")
    ]
    told = [one for one in told if "SHA-256" in one]
    assert told == [
        f"Text found: the search reads it · 2 pages SHA-256 {fine.reading.sha256[:12]}…",
        f"No text: a scan, pictures of pages · 1 page SHA-256 {scan.reading.sha256[:12]}…",
    ]


def test_the_form_of_a_document_says_it_too(editor):
    document = keep(pdf(TEXT))
    read_file(document)
    assert "Text found: the search reads it" in words(soup(editor.get(reverse("wagtaildocs:edit", args=[document.pk]))))
    FileReading.objects.all().delete()
    assert editor.get(reverse("wagtaildocs:edit", args=[document.pk])).status_code == 200


def test_the_report_of_files(editor):
    scan, fine = keep(pdf(""), "scan.pdf", "A scan"), keep(pdf(TEXT), "fine.pdf", "A fine one")
    read_file(scan), read_file(fine)
    ResourceFactory(files=[{"document": scan}, {"document": scan}])
    ResourceFactory(files=[{"document": scan}])
    rows = soup(editor.get(reverse("files_report"))).select("tbody tr")
    assert [[words(cell) for cell in row.select("td")][:4] for row in rows] == [
        ["A fine one", "Text found: the search reads it", "1", "0"],
        ["A scan", "No text: a scan, pictures of pages", "1", "2"],
    ]
    assert f'"url": "{reverse("files_report")}"' in editor.get("/admin/").content.decode()
    scans = soup(editor.get(reverse("files_report"), {"state": Reading.NO_TEXT})).select("tbody tr")
    assert [words(row.select_one("td")) for row in scans] == ["A scan"]
    sheet = editor.get(reverse("files_report"), {"export": "csv"}).getvalue().decode().splitlines()
    assert sheet[0] == "Document,File,In the search,Pages,Resources with it,SHA-256"
    assert sheet[1].endswith(fine.reading.sha256)


def test_the_report_is_for_librarians(client, site):
    manager = get_user_model().objects.create_user("manager", password="x")
    manager.groups.add(Group.objects.get(name="Partner managers"))
    client.force_login(manager)
    assert client.get(reverse("files_report")).status_code == 302


def test_the_address_is_made_of_the_title_while_that_is_written(editor):
    form = soup(editor.get(reverse(Resource.snippet_viewset.get_url_name("add"))))
    title, slug = form.select_one("#id_title"), form.select_one("#id_slug")
    assert title["data-w-sync-target-value"] == "#id_slug"
    assert slug["data-controller"] == "w-slug"
    assert slug["data-w-slug-allow-unicode-value"] == "false"


def test_places_stand_in_the_order_of_the_alphabet_of_who_reads(editor):
    for code in ("FR", "DE", "AT", "150", "002"):
        PlaceFactory(code=code)
    resource = ResourceFactory(places=["DE"])
    for language, names in [
        ("en", ["Africa", "Europe", "Austria", "France", "Germany"]),
        ("fr", ["Afrique", "Europe", "Allemagne", "Autriche", "France"]),
    ]:
        UserProfile.objects.update_or_create(
            user=get_user_model().objects.get(), defaults={"preferred_language": language}
        )
        chosen = soup(editor.get(address(resource))).select_one("#id_places")
        assert [option.text for option in chosen.select("option")] == names
        assert [option["value"] for option in chosen.select("option[selected]")] == ["DE"]
        assert len(chosen.select("optgroup")) == 2


@pytest.mark.parametrize("doi", ["nonsense", "10.12/a", "10.1073/pnas 1"])
def test_what_is_no_doi_is_refused_and_kept_in_the_form(editor, doi):
    answer = send(editor, ResourceFactory(), doi=doi)
    assert answer.context["form"].errors["doi"] == [
        "A DOI begins with 10 and a number, such as 10.1073/pnas.2111312119."
    ]
    assert soup(answer).select_one("#id_doi")["value"] == doi
