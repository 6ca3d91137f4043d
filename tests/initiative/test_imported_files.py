import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect


@pytest.mark.parametrize("ending", ["csv", "tsv"])
def test_a_file_of_redirects_waits_where_every_machine_finds_it(admin_client, site, ending):
    content = "from,to\n/old-soil,https://example.org/soil\n".replace(",", "," if ending == "csv" else "\t")
    shown = admin_client.post(
        reverse("wagtailredirects:start_import"),
        {"import_file": SimpleUploadedFile(f"redirects.{ending}", content.encode())},
    )
    hidden = {name: shown.context["form"][name].value() for name in ("import_file_name", "input_format")}
    assert storages["private"].listdir("imports")[1] != []
    done = admin_client.post(
        reverse("wagtailredirects:process_import"),
        {**hidden, "from_index": 0, "to_index": 1, "site": "", "permanent": "on"},
    )
    assert done.status_code == 302
    assert Redirect.objects.get(old_path="/old-soil").redirect_link == "https://example.org/soil"
    assert storages["private"].listdir("imports")[1] == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("redirects.csv", "from,to\n/café,/soil\n".encode("latin-1"), "wrong encoding"),
        ("redirects.tsv", b"from\t" + b"a" * 200_000 + b"\n", "Error encountered while trying to read file"),
        ("redirects.xlsx", b"no workbook", "BadZipFile encountered while trying to read file"),
    ],
)
def test_of_a_file_that_cannot_be_read_nothing_is_kept(admin_client, site, settings, tmp_path, name, content, said):
    settings.PRIVATE_ROOT = tmp_path / "private"
    path = reverse("wagtailredirects:start_import")
    refused = admin_client.post(path, {"import_file": SimpleUploadedFile(name, content)}, follow=True)
    assert refused.redirect_chain == [(path, 302)]
    assert said in refused.content.decode()
    assert not [file for file in settings.PRIVATE_ROOT.rglob("*") if file.is_file()]
