"""References that stand ready before anybody reads the page, and that are never out of date."""

import itertools
import time

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from wagtail.documents.models import Document
from wagtail.models import ReferenceIndex

from initiative.keeping.duties import DAILY
from resources.citations import apa
from resources.models import ResourceFile, WrittenReferences
from resources.queries import resource_page
from resources.services.references import write_references
from tests.factories import PersonFactory, ResourceFactory
from tests.reading import read


@pytest.fixture
def forbid(monkeypatch):
    """From then on nobody may write a reference."""

    def refuse(*told):
        raise AssertionError(f"A reference was written: {told}")

    return lambda: monkeypatch.setattr(apa, "_reference", refuse)


@pytest.fixture
def work(site):
    return ResourceFactory(
        slug="roots", title="Roots", issued="2022", people=[PersonFactory(given_name="Ada", family_name="Loam")]
    )


def shown(client, path="/en/resources/roots/") -> str:
    return read(client, path).main.select_one("#cite-apa").decode_contents()


def test_what_was_written_is_shown_in_each_language(client, work, forbid):
    assert write_references([work.pk]) == 1
    texts = WrittenReferences.objects.get().texts
    assert {language: html for language, (_digest, html) in texts.items()} == dict.fromkeys(
        ("en", "fr", "es", "ar"), "Loam, A. (2022). <em>Roots</em>."
    )
    forbid()
    for path in ("/en/resources/roots/", "/fr/ressources/roots/", "/ar/resources/roots/"):
        assert shown(client, path) == "Loam, A. (2022). <em>Roots</em>."


@pytest.mark.parametrize("others", [False, True])
def test_a_page_knows_it_again_whatever_the_record_says(client, site, forbid, others):
    """Read for its page and for writing, a record says the same: an address here, its versions, all that a reference tells."""
    older = ResourceFactory(slug="older", title="Older roots")
    work = ResourceFactory(
        slug="roots", title="Roots", replaces=older, others=others, container="PNAS", volume="1", pages="1–9",
        doi="10.1000/182", people=[PersonFactory(given_name="Ada", family_name="Loam")],
    )  # fmt: skip
    document = Document.objects.create(title="Roots", file=ContentFile(b"a,b\n", name="roots.csv"))
    ResourceFile.objects.create(resource=older, document=document)
    assert write_references([older.pk, work.pk]) == 2
    forbid()
    assert shown(client).startswith("Loam, A., et al. (2022" if others else "Loam, A. (2022")
    assert shown(client, "/fr/ressources/older/").endswith("http://localhost:8000/fr/ressources/older/")


def test_what_was_written_of_other_words_is_not_shown(client, work):
    write_references([work.pk])
    person = work.contributions.get().person
    person.family_name = "Peat"
    person.save()
    assert shown(client) == "Peat, A. (2022). <em>Roots</em>."
    assert WrittenReferences.objects.get().texts["fr"][1].startswith("Loam, A.")
    assert write_references([work.pk]) == 1
    assert WrittenReferences.objects.get().texts["fr"][1].startswith("Peat, A.")


def test_another_style_is_not_taken_for_this_one(client, work, monkeypatch):
    write_references([work.pk])
    WrittenReferences.objects.update(texts={"en": [WrittenReferences.objects.get().texts["en"][0], "Of old."]})
    assert shown(client) == "Of old."
    monkeypatch.setattr(apa, "_MAKING", apa._MAKING + 1)
    assert shown(client) == "Loam, A. (2022). <em>Roots</em>."


def test_it_is_written_once_the_work_is_published(work, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        work.save_revision()
    assert not WrittenReferences.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        work.save_revision().publish()
    assert WrittenReferences.objects.get().texts["en"][1] == "Loam, A. (2022). <em>Roots</em>."


def test_each_night_what_is_missing_or_changed_is_written_and_nothing_else(work, capsys, forbid):
    assert "write_references" in DAILY
    ResourceFactory(title="A draft", live=False)
    call_command("write_references")
    assert capsys.readouterr().out == "References of 1 resources written.\n"
    forbid()
    call_command("write_references")
    assert capsys.readouterr().out == ""
    call_command("write_references", verbosity=2)
    assert capsys.readouterr().out == "References of 0 resources written.\n"


def test_it_ends_in_time_and_those_that_have_none_come_first(work, monkeypatch):
    write_references([work.pk])
    with_none = [ResourceFactory().pk for _ in range(150)]
    clock = itertools.count(0, 200)
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    call_command("write_references", verbosity=0)  # one portion of a hundred in 300 seconds
    assert set(WrittenReferences.objects.values_list("pk", flat=True)) > {work.pk}
    assert WrittenReferences.objects.filter(pk__in=with_none).count() == 100


@pytest.mark.parametrize("count", [2, 20])
def test_as_many_statements_whatever_the_number(site, count, django_assert_num_queries):
    keys = [ResourceFactory(people=[PersonFactory()]).pk for _ in range(count)]
    with django_assert_num_queries(8):
        write_references(keys)
    with django_assert_num_queries(7):
        write_references(keys)


def test_a_page_reads_it_along(work, django_assert_num_queries):
    write_references([work.pk])
    resource = resource_page("roots", 4)
    with django_assert_num_queries(0):
        assert resource.written_references.texts["en"][1] == "Loam, A. (2022). <em>Roots</em>."


def test_nobody_is_told_that_it_uses_the_work(work, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        work.save_revision().publish()
    WrittenReferences.objects.get().save()
    assert not ReferenceIndex.get_references_to(work).exists()


def test_it_goes_with_the_work(work):
    write_references([work.pk])
    work.delete()
    assert not WrittenReferences.objects.exists()
