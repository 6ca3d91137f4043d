"""Evidence: below its commitment's page once a report is approved, else with the secretariat alone, and nowhere else."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.urls import reverse

from partners.models import Evidence
from tests.factories import CommitmentFactory, ProgressReportFactory
from tests.reading import Reading

migration = import_module("partners.migrations.0005_private_evidence")


@pytest.fixture
def evidence(site) -> Evidence:
    """A file of a report that waits."""
    report = ProgressReportFactory(commitment=CommitmentFactory(slug="cover"), state="pending")
    return Evidence.objects.create(report=report, title="Register.pdf", file=ContentFile(b"%PDF-1.7", "Register.pdf"))


@pytest.fixture
def editor(client):
    client.force_login(get_user_model().objects.create_superuser("mina", password="x"))
    return client


def public(evidence) -> str:
    return f"/en/commitments/cover/evidence/{evidence.pk}/"


@pytest.mark.parametrize("state", ["pending", "declined", "approved"])
def test_a_file_has_no_address_but_that_of_an_approved_report(client, evidence, state):
    evidence.report.state = state
    evidence.report.save()
    response = client.get(public(evidence))
    assert response.status_code == (200 if state == "approved" else 404)
    if state == "approved":
        assert b"".join(response) == b"%PDF-1.7"
        assert response["Content-Disposition"] == 'attachment; filename="Register.pdf"'
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
        # A front would give it again, once nobody answers, after it was taken back.
        assert response["Cache-Control"] == "private, no-store"
    # Whatever the state: it isn't where a front server looks.
    path = Path(evidence.file.path)
    assert path.is_relative_to(storages["private"].location)
    assert not path.is_relative_to(Path(settings.MEDIA_ROOT))
    assert evidence.file.name.startswith("evidence/")
    for folder in ("media", "media/images", "media/original_images", "static", "documents", "private"):
        assert client.get(f"/{folder}/{evidence.file.name}").status_code == 404
    assert client.get(evidence.file.url).status_code == 302


def test_the_secretariat_opens_it_from_the_report(editor, evidence):
    form = Reading(editor.get(reverse("wagtailsnippets_partners_progressreport:edit", args=[evidence.report_id])))
    assert evidence.file.url == f"/admin/evidence/{evidence.pk}/"
    assert form.soup.find("a", href=evidence.file.url)
    response = editor.get(evidence.file.url)
    assert b"".join(response) == b"%PDF-1.7"
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    Path(evidence.file.path).unlink()
    assert editor.get(evidence.file.url).status_code == 404
    assert editor.get("/admin/evidence/0/").status_code == 404


def test_a_file_goes_with_its_evidence(evidence, django_capture_on_commit_callbacks):
    path = Path(evidence.file.path)
    with django_capture_on_commit_callbacks(execute=True):
        evidence.report.delete()
        assert path.exists()  # the report may still come back
    assert not path.exists()


def test_files_that_were_public_are_moved_and_back(evidence):
    name, private = evidence.file.name, storages["private"]
    migration.show(apps, None)
    assert (default_storage.exists(name), private.exists(name)) == (True, False)
    for _turn in range(2):
        migration.hide(apps, None)
        assert not default_storage.exists(name)
        assert Path(private.path(name)).read_bytes() == b"%PDF-1.7"


@pytest.mark.parametrize("content", [b"<script>alert(1)</script>", b"%PDF-1.7 cut off"])
def test_a_new_file_is_what_its_ending_says(evidence, content):
    new = Evidence(report=evidence.report, title="Register", file=ContentFile(content, "register.pdf"))
    with pytest.raises(ValidationError) as refused:
        new.full_clean()
    told = "“register.pdf” is not what its name says. Save it again as a .pdf file, or choose another file."
    assert refused.value.message_dict == {"file": [told]}
    whole = b"%PDF-1.7\n%%EOF\n"
    new.file = ContentFile(whole, "register.pdf")
    new.full_clean()
    new.save()
    assert Path(new.file.path).read_bytes() == whole
    # What is kept isn't looked into again; of an ending that isn't taken, one sentence tells.
    evidence.full_clean()
    new.file = ContentFile(content, "register.html")
    with pytest.raises(ValidationError, match="File extension “html” is not allowed") as refused:
        new.full_clean()
    assert len(refused.value.messages) == 1


def test_a_new_file_is_looked_at_for_viruses(evidence, settings, caplog):
    settings.CLAMD_ADDRESS = "unix:///nowhere"
    evidence.full_clean()
    with pytest.raises(ValidationError, match="can’t be looked at for viruses just now"):
        Evidence(report=evidence.report, title="Soil", file=ContentFile(b"Soil", "soil.txt")).full_clean()
