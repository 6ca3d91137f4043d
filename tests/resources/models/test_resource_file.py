from hashlib import sha256

import pytest
import wagtail_factories
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import translation

from resources.models import ResourceFile
from tests.factories import ResourceFactory
from tests.reading import read, words


def document(name="statutes.pdf", data=b"x" * 2048):
    return wagtail_factories.DocumentFactory(
        title="Statutes", file__filename=name, file__data=data, file_size=len(data)
    )


def test_a_file_is_kept_here_or_is_an_address(db):
    for wrong in ({}, {"document": document(), "url": "https://example.org/a.pdf"}):
        with pytest.raises(ValidationError) as refusal:
            ResourceFile(**wrong).clean()
        assert refusal.value.message_dict == {"url": ["Choose a document or give an address, one of the two."]}
    ResourceFile(document=document()).clean()
    ResourceFile(url="https://example.org/").clean()


@pytest.mark.parametrize(
    ("url", "letters", "media_type", "host"),
    [
        ("https://www.example.org/a/Report.PDF?download=1", "PDF", "application/pdf", "example.org"),
        ("https://example.org/data.csv", "CSV", "text/csv", "example.org"),
        ("https://example.org/page.html", "Web", "text/html", "example.org"),
        ("https://example.org/", "Web", "text/html", "example.org"),
        ("https://example.org/v1.0/a", "Web", "text/html", "example.org"),
        ("https://example.org/talk.mp3", "MP3", "audio/mpeg", "example.org"),
    ],
)
def test_what_an_address_leads_to(url, letters, media_type, host):
    file = ResourceFile(url=url)
    assert (file.format, file.media_type, file.host, file.size, file.href) == (letters, media_type, host, None, url)


def test_what_a_document_is(db):
    file = ResourceFile(document=document())
    assert (file.format, file.media_type, file.host, file.size) == ("PDF", "application/pdf", "", 2048)
    assert file.href == str(file) == file.document.url


def test_its_language_by_name_in_that_of_the_reader():
    with translation.override("es"):
        assert ResourceFile(language="fr").language_name == "francés"
        assert ResourceFile(language="").language_name == ""


def test_a_document_in_use_cannot_be_deleted(db):
    kept = document()
    ResourceFactory(files=[{"document": kept}])
    with pytest.raises(ProtectedError):
        kept.delete()


def test_files_as_rows_with_format_label_language_and_size(client, site):
    ResourceFactory(
        slug="roots",
        files=[
            {"document": document(), "language": "fr", "label_en": "Author’s version", "label_fr": "Version d’auteur"},
            {"url": "https://www.example.org/a.pdf", "language": "en"},
        ],
        url="https://www.example.org/work",
    )
    rows = [words(row) for row in read(client, "/en/resources/roots/").main.select("ul.files > li")]
    assert rows == [
        f"PDF Author’s version French 2 kB Checksum SHA-256 {sha256(b'x' * 2048).hexdigest()}",
        "PDF Full text English example.org",
        "Web Page at the source example.org",
    ]
    first = read(client, "/fr/ressources/roots/").main.select("ul.files > li")[0]
    assert "Version d’auteur" in words(first)
    assert (first.a["hreflang"], first.a["type"]) == ("fr", "application/pdf")


def test_a_document_can_be_opened(client, site):
    kept = document(data=b"%PDF-1.4 soil")
    ResourceFactory(slug="roots", files=[{"document": kept}])
    response = client.get(read(client, "/en/resources/roots/").main.select_one("ul.files a")["href"])
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"%PDF-1.4 soil"
