"""Each night all files are looked at: what is damaged is found, and nothing else."""

from pathlib import Path

import pytest
import wagtail_factories
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from wagtail.documents import get_document_model

from initiative.keeping.fixity import check_files, stored_files
from initiative.keeping.models import KnownFile
from partners.intake.models import Submission, SubmissionFile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = tmp_path / "media", tmp_path / "private"


def documents(count: int) -> list:
    made = [
        wagtail_factories.DocumentFactory(file=ContentFile(b"Soil %d " % number * 50, f"{number}.txt"))
        for number in range(count)
    ]
    for document in made:
        document._set_document_file_metadata()
        document.save()
        document.file.close()
    return made


def a_paper() -> SubmissionFile:
    """In the private storage."""
    content = ContentFile(b"%PDF-1.7 papers", "papers.pdf")
    return SubmissionFile.objects.create(
        submission=Submission.objects.create(kind="joining"), field="papers", name="papers.pdf", media_type="application/pdf",
        size=content.size, digest="0" * 64, file=content,
    )  # fmt: skip


def test_a_flipped_bit_a_cut_file_and_a_missing_one_among_many_are_found_and_nothing_else(capsys):
    made = documents(40)
    picture = wagtail_factories.ImageFactory()
    paper = a_paper()
    assert check_files().new == 42
    flipped, cut, gone = (Path(document.file.path) for document in made[7:10])
    content = bytearray(flipped.read_bytes())
    content[100] ^= 1
    flipped.write_bytes(content)
    cut.write_bytes(cut.read_bytes()[:-1])
    gone.unlink()
    Path(paper.file.path).write_bytes(b"longer than it was")
    with pytest.raises(CommandError):
        call_command("check_files")
    assert capsys.readouterr().out.splitlines() == [
        f"Missing: default: {made[9].file.name}",
        f"Cut or grown: default: {made[8].file.name}",
        f"Cut or grown: private: {paper.file.name}",
        f"Changed: default: {made[7].file.name}",
        "42 files, 0 of them new.",
    ]
    assert Path(picture.file.path).exists()


def test_where_all_is_well_the_command_says_so(capsys):
    documents(2)
    call_command("check_files")
    assert capsys.readouterr().out == "2 files, 2 of them new.\n"


def test_what_was_damaged_before_it_was_looked_at_is_found_by_what_was_known_when_it_came():
    (document,) = documents(1)
    Path(document.file.path).write_bytes(b"another content")
    for _night in range(2):
        assert check_files().changed == [f"default: {document.file.name}"]


def test_what_no_record_names_any_more_is_forgotten_and_a_file_named_twice_is_looked_at_once():
    first, second = documents(2)
    get_document_model().objects.filter(pk=second.pk).update(file=first.file.name, file_hash=first.file_hash)
    assert (check_files().checked, KnownFile.objects.count()) == (1, 1)
    get_document_model().objects.all().delete()
    assert (check_files().checked, KnownFile.objects.count()) == (0, 0)
    assert list(stored_files()) == []


@pytest.mark.parametrize("count", [2, 20])
def test_it_costs_the_same_for_few_files_and_many(count, django_assert_max_num_queries):
    documents(count)
    with django_assert_max_num_queries(20):
        check_files()
