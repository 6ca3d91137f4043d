"""References that stand ready before anybody reads the page, and that are never out of date."""

import itertools
import time

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import OperationalError
from wagtail.documents.models import Document
from wagtail.models import ReferenceIndex

from initiative.keeping.duties import TASKS
from resources.citations import apa, citation_item
from resources.models import Contribution, LibraryPage, ResourceFile, WrittenReferences
from resources.queries import resource_page
from resources.services import references
from resources.services.references import unwritten, write_references
from tests.factories import OrganisationFactory, PersonFactory, ResourceFactory, ResourceTypeFactory
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


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Change something as if it were committed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def written(work) -> str:
    """What is written of a work in English; empty where nothing is."""
    found = WrittenReferences.objects.filter(resource=work, texts__has_key="en").first()
    return found.texts["en"][1] if found else ""


def is_written(work) -> bool:
    return work.pk not in unwritten().values_list("pk", flat=True)


def shown(client, path="/en/resources/roots/") -> str:
    return read(client, path).main.select_one("#cite-apa").decode_contents()


def test_what_was_written_is_shown_in_each_language(client, work, forbid):
    assert write_references() == 1
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
    ResourceFactory(
        slug="roots", title="Roots", replaces=older, others=others, container="PNAS", volume="1", pages="1–9",
        doi="10.1000/182", people=[PersonFactory(given_name="Ada", family_name="Loam")],
    )  # fmt: skip
    document = Document.objects.create(title="Roots", file=ContentFile(b"a,b\n", name="roots.csv"))
    ResourceFile.objects.create(resource=older, document=document)
    assert write_references() == 2
    forbid()
    assert shown(client).startswith("Loam, A., et al. (2022" if others else "Loam, A. (2022")
    assert shown(client, "/fr/ressources/older/").endswith("http://localhost:8000/fr/ressources/older/")


def test_what_was_written_of_other_words_is_not_shown(client, work):
    write_references()
    type(work).objects.update(title="Rocks")  # nobody is told of it
    assert written(work) == "Loam, A. (2022). <em>Roots</em>."
    assert shown(client) == "Loam, A. (2022). <em>Rocks</em>."


@pytest.mark.parametrize("changed", ["resource", "type", "person", "organisation", "contribution", "file"])
def test_whatever_it_tells_of_is_changed_it_is_written_anew(work, committed, changed):
    press = OrganisationFactory(name="Quiet Press")
    Contribution.objects.create(resource=work, role="publisher", organisation=press, sort_order=9)
    records = {"resource": work, "type": work.type, "person": work.contributions.first().person, "organisation": press}
    records |= {"contribution": work.contributions.first(), "file": ResourceFile.objects.create(resource=work)}
    with committed():
        other = ResourceFactory(title="Rain", type=ResourceTypeFactory())
    assert write_references() == 2
    with committed():
        records[changed].save()
    assert not is_written(work)
    assert is_written(other)
    assert write_references() == 1
    assert written(work) == "Loam, A. (2022). <em>Roots</em>. Quiet Press."


def test_what_is_taken_from_it_is_told_of_as_well(work, committed):
    write_references()
    with committed():
        work.contributions.get().delete()
    assert write_references() == 1
    assert written(work) == "<em>Roots</em>. (2022)."


def test_a_draft_changes_nothing_and_publishing_it_does(work, committed):
    write_references()
    work.title = "Rocks"
    with committed():
        work.save_revision()
    assert is_written(work)
    with committed():
        work.latest_revision.publish()
    assert not is_written(work)


@pytest.mark.parametrize("changed", ["style", "address", "path"])
def test_all_are_written_anew_where_they_are_made_otherwise(client, work, site, monkeypatch, settings, changed):
    write_references()
    digest = written_digest(work)
    WrittenReferences.objects.update(texts={"en": [digest, "Of old."]})
    assert shown(client) == "Of old."
    if changed == "style":
        monkeypatch.setattr(apa, "MAKING", "otherwise")
        assert shown(client) == "Loam, A. (2022). <em>Roots</em>."
    elif changed == "address":
        settings.SITE_URL = "https://www.example.org"
    else:
        library = LibraryPage.objects.get(locale__language_code="fr")
        library.slug = "bibliotheque"
        library.save_revision().publish()
    assert write_references() == 1
    assert written(work) == "Loam, A. (2022). <em>Roots</em>."
    assert (written_digest(work) == digest) == (changed != "style")


def written_digest(work) -> str:
    return WrittenReferences.objects.get(resource=work).texts["en"][0]


def test_only_what_is_published_is_written_and_stays(work):
    draft = ResourceFactory(title="A draft", live=False)
    assert write_references() == 1
    work.unpublish()
    assert write_references() == 0
    assert not WrittenReferences.objects.exists()
    # As a version that doesn't know of them leaves them:
    WrittenReferences.objects.bulk_create([WrittenReferences(resource=draft), WrittenReferences(pk=10**6)])
    assert write_references() == 0
    assert not WrittenReferences.objects.exists()


@pytest.mark.parametrize("whose", ["an editor's", "another worker's"])
def test_what_changes_while_it_is_written_is_written_the_next_time(work, committed, monkeypatch, whose):
    made = references._texts

    def meanwhile(resource):
        texts = made(resource)
        monkeypatch.setattr(references, "_texts", made)
        work.title = "Rocks"
        with committed():
            work.save()
        if whose == "another worker's":
            assert write_references() == 1
        return texts

    monkeypatch.setattr(references, "_texts", meanwhile)
    assert write_references() == 0
    assert write_references() == (whose == "an editor's")
    assert written(work) == "Loam, A. (2022). <em>Rocks</em>."


def test_a_database_that_is_away_is_not_the_works_fault(work, monkeypatch):
    def fail(_resource):
        raise OperationalError("server closed the connection")

    with monkeypatch.context() as away:
        away.setattr(references, "citation_item", fail)
        with pytest.raises(OperationalError, match="server closed"):
            write_references()
    assert write_references() == 1


def test_one_that_cannot_be_cited_keeps_nobody_waiting(client, work, monkeypatch, caplog):
    other = ResourceFactory(title="Rain")
    monkeypatch.setattr(references, "citation_item", lambda one: 1 / 0 if one == work else citation_item(one))
    assert write_references() == 2
    assert [record.message for record in caplog.records] == [f"Resource {work.pk} can't be cited."]
    assert written(work) == ""
    assert written(other).startswith("<em>Rain</em>")
    assert write_references() == 0
    assert shown(client) == "Loam, A. (2022). <em>Roots</em>."


def test_each_minute_what_is_missing_is_written_and_nothing_else(work, capsys, forbid):
    assert "write_references" in TASKS
    call_command("write_references")
    assert capsys.readouterr().out == "References of 1 resources written; 0 are left.\n"
    forbid()
    call_command("write_references")
    assert capsys.readouterr().out == ""
    call_command("write_references", verbosity=2)
    assert capsys.readouterr().out == "References of 0 resources written; 0 are left.\n"


def test_it_ends_in_time(work, monkeypatch, capsys):
    for _ in range(110):
        ResourceFactory()
    clock = itertools.count(0, 15)
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    call_command("write_references")  # after 15 seconds, and after 30
    assert capsys.readouterr().out == "References of 100 resources written; 11 are left.\n"
    call_command("write_references", seconds=60)
    assert capsys.readouterr().out == "References of 11 resources written; 0 are left.\n"


def test_nothing_to_do_is_seen_in_two_statements(work, django_assert_num_queries):
    write_references()
    with django_assert_num_queries(2):
        write_references()


@pytest.mark.parametrize("count", [2, 20])
def test_a_statement_a_resource_and_few_more(site, count, django_assert_num_queries):
    for _ in range(count):
        ResourceFactory(people=[PersonFactory()])
    references.landmarks()
    with django_assert_num_queries(9 + count):
        assert write_references() == count


def test_a_page_reads_it_along(work, django_assert_num_queries):
    write_references()
    resource = resource_page("roots", 4)
    with django_assert_num_queries(0):
        assert resource.written_references.texts["en"][1] == "Loam, A. (2022). <em>Roots</em>."


def test_nobody_is_told_that_it_uses_the_work(work):
    WrittenReferences(resource=work).save()
    assert not ReferenceIndex.get_references_to(work).exists()


def test_it_goes_with_the_work(work):
    write_references()
    work.delete()
    assert not WrittenReferences.objects.exists()
