"""What no record names goes from the private files after a month, and nothing else does."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import FileField
from django.utils import timezone
from wagtail.models import RevisionMixin

from initiative.keeping import unnamed
from initiative.keeping.duties import DAILY
from partners.models import Evidence
from tests.factories import ProgressReportFactory
from tests.initiative.keeping.test_fixity import a_paper

pytestmark = pytest.mark.django_db

DAY = 86_400


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = tmp_path / "media", tmp_path / "private"


@pytest.fixture(autouse=True)
def of_old(db):
    """The database was made long ago."""
    made_days_ago(10_000)


def made_days_ago(days: float) -> None:
    MigrationRecorder.Migration.objects.update(applied=timezone.now() - timedelta(days=days))


def a_file(name: str, days: float, storage: str = "private") -> Path:
    """Nobody's, written so many days ago."""
    return aged(storages[storage].path(storages[storage].save(name, ContentFile(b"papers"))), days)


def aged(path: str, days: float) -> Path:
    then = time.time() - days * DAY
    os.utime(path, (then, then))
    return Path(path)


def test_what_no_record_names_for_a_month_goes(capsys):
    left = [a_file("submissions/one.pdf", 31), a_file("evidence/two.csv", 400)]
    young = a_file("submissions/three.pdf", 29)
    public = a_file("documents/four.pdf", 31, "default")
    call_command("forget_files")
    assert [path.exists() for path in left] == [False, False]
    assert [path.exists() for path in (young, public)] == [True, True]
    assert capsys.readouterr().out == "2 deleted.\n"
    call_command("forget_files")
    assert capsys.readouterr().out == ""


def test_what_a_record_names_stays_however_old():
    paper = aged(a_paper().file.path, 4_000)
    content = ContentFile(b"1,2", "register.csv")
    evidence = Evidence.objects.create(report=ProgressReportFactory(), title="Register", file=content)
    register = aged(evidence.file.path, 4_000)
    assert unnamed.forget_unnamed(before=timezone.now()) == []
    assert [path.exists() for path in (paper, register)] == [True, True]


def test_what_is_older_than_the_database_stays():
    old, own = a_file("submissions/old.pdf", 61), a_file("submissions/own.pdf", 59)
    made_days_ago(60)
    call_command("forget_files", verbosity=0)
    assert [path.exists() for path in (old, own)] == [True, False]


def test_so_many_that_the_database_must_be_the_wrong_one_stay():
    files = [a_file(f"submissions/{number}.pdf", 31) for number in range(unnamed.MOST + 1)]
    with pytest.raises(CommandError, match="No record names 21 of 21 private files"):
        call_command("forget_files")
    assert all(path.exists() for path in files)
    files.pop().unlink()
    call_command("forget_files", verbosity=0)
    assert not any(path.exists() for path in files)


def test_a_tenth_of_many_may_go(monkeypatch):
    monkeypatch.setattr(unnamed, "MOST", 0)
    for number in range(18):
        a_file(f"submissions/{number}.pdf", 1)
    two = [a_file(f"submissions/old-{number}.pdf", 31) for number in range(2)]
    call_command("forget_files", verbosity=0)
    assert not any(path.exists() for path in two)


def test_the_worker_does_it_each_day():
    assert "forget_files" in DAILY


def test_no_private_file_is_named_by_a_revision_alone():
    """A draft's file would be taken for one that nobody names."""
    private = {
        model
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, FileField) and type(field.storage) is type(storages["private"])
    }
    owners = {field.related_model for model in private for field in model._meta.fields if field.is_relation}
    assert {model.__name__ for model in private} == {"SubmissionFile", "Evidence"}
    assert not [model for model in private | owners if issubclass(model, RevisionMixin)]
