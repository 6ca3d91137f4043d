"""The index follows what editors do, and never stands in their way."""

import logging

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, transaction
from django.template.loader import render_to_string
from wagtail.models import Page, PageViewRestriction

from initiative.models import HomePage, StandardPage
from initiative.search import Document, Indexer, documents
from initiative.search.models import SearchEntry, SearchIndex, SearchProblem
from tests.factories import add_page
from tests.initiative.search.library import found

pytestmark = pytest.mark.django_db


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """A block whose transaction commits at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def group_documents(group):
    if group.name == "broken":
        raise RuntimeError("This group can't be indexed")
    if group.name == "shy":
        return
    landing = StandardPage.objects.live().filter(slug="groups").first()
    yield Document(
        kind="group",
        object_id=str(group.pk),
        language="en",
        title=group.name,
        keywords=" ".join(group.permissions.values_list("name", flat=True)),
        url=f"{landing.get_path() if landing else '/'}{group.pk}/",
    )


@pytest.fixture
def groups(db, monkeypatch):
    """Groups are indexed as they would be by an app of their own; the groups of migrations are out of the way."""
    Group.objects.all().delete()
    indexer = Indexer(
        kind="group",
        model=Group,
        queryset=lambda: Group.objects.exclude(name="secret"),
        documents=group_documents,
        dependents={Permission: lambda permission: Group.objects.filter(permissions=permission)},
        beneath={StandardPage: lambda page: Group.objects.all() if page.slug == "groups" else Group.objects.none()},
    )
    monkeypatch.setattr(documents, "_indexers", {**documents._indexers, "group": indexer})


def permission(name):
    content_type = ContentType.objects.get_for_model(Group)
    return Permission.objects.create(name=name, codename=name, content_type=content_type)


@pytest.mark.usefixtures("groups")
class TestRecords:
    def test_saved_changed_and_deleted(self, commits):
        with commits():
            group = Group.objects.create(name="Gardeners")
        assert found("gardeners", kinds=["group"]) == [str(group.pk)]
        with commits():
            group.name = "Foresters"
            group.save()
        assert (found("gardeners"), found("foresters")) == ([], [str(group.pk)])
        with commits():
            group.delete()
        assert found("foresters") == []

    def test_what_is_no_longer_public_leaves(self, commits):
        with commits():
            one, other = Group.objects.create(name="one"), Group.objects.create(name="other")
        with commits():
            Group.objects.filter(pk=one.pk).update(name="secret")
            one.refresh_from_db()
            one.save()
            other.name = "shy"
            other.save()
        assert found(kinds=["group"]) == []

    def test_a_rollback_leaves_the_index_alone(self, commits):
        with commits(), transaction.atomic():
            Group.objects.create(name="Gardeners")
            transaction.set_rollback(True)
        assert found(kinds=["group"]) == []

    def test_many_changes_of_a_transaction_are_indexed_at_once(self, commits):
        with commits():
            Group.objects.create(name="first")
        before = SearchIndex.objects.get(language="en").version
        with commits():
            for number in range(20):
                group = Group.objects.create(name=f"group {number}")
                group.save()
        assert len(found(kinds=["group"])) == 21
        assert SearchIndex.objects.get(language="en").version == before + 1

    def test_relations_in_both_directions(self, commits):
        group, dig = Group.objects.create(name="Gardeners"), permission("dig")
        with commits():
            group.permissions.add(dig)
        assert found("dig") == [str(group.pk)]
        with commits():
            dig.group_set.remove(group)
        assert found("dig") == []
        with commits():
            dig.group_set.set([group])
        assert found("dig") == [str(group.pk)]
        with commits():
            dig.group_set.clear()
        assert found("dig") == []

    def test_dependents(self, commits):
        group, dig = Group.objects.create(name="Gardeners"), permission("dig")
        with commits():
            group.permissions.add(dig)
        with commits():
            dig.name = "hoe"
            dig.save()
        assert (found("dig"), found("hoe")) == ([], [str(group.pk)])
        with commits():
            dig.delete()
        assert found("hoe") == []


@pytest.mark.usefixtures("groups")
class TestProblems:
    def break_one(self, commits):
        with commits():
            good, bad = Group.objects.create(name="good"), Group.objects.create(name="fine")
        with commits():
            good.name = "better"
            good.save()
            bad.name = "broken"
            bad.save()
        return good, bad

    def test_a_failing_object_keeps_its_entry_and_stops_no_other(self, commits, caplog):
        with caplog.at_level(logging.ERROR, logger="initiative.search"):
            good, bad = self.break_one(commits)
        assert Group.objects.get(pk=bad.pk).name == "broken"
        assert found("better") == [str(good.pk)]
        assert found("fine") == [str(bad.pk)]
        (record,) = caplog.records
        assert "can't be indexed" in record.getMessage()
        assert record.exc_info

    def test_it_is_remembered_until_it_works(self, commits):
        _good, bad = self.break_one(commits)
        problem = SearchProblem.objects.get()
        assert (problem.source, problem.object_id, problem.label) == ("group", str(bad.pk), "broken")
        assert problem.message == "RuntimeError: This group can't be indexed"
        with commits():
            bad.name = "mended"
            bad.save()
        assert not SearchProblem.objects.exists()

    def test_a_busy_database_blames_no_object_in_particular(self, commits, caplog, monkeypatch):
        def busy():
            raise OperationalError("database is locked")

        monkeypatch.setattr("initiative.search.indexing.writing", busy)
        with commits():
            Group.objects.create(name="one")
            Group.objects.create(name="two")
        assert Group.objects.count() == 2
        assert sorted(SearchProblem.objects.values_list("label", flat=True)) == ["one", "two"]
        assert len(caplog.records) == 1

    def test_it_is_forgotten_with_the_object(self, commits):
        _good, bad = self.break_one(commits)
        with commits():
            bad.delete()
        assert not SearchProblem.objects.exists()

    def test_the_admin_shows_it(self, commits, admin_client):
        assert b"search-problems" not in admin_client.get("/admin/").content
        self.break_one(commits)
        page = admin_client.get("/admin/").content.decode()
        assert "1 item could not be put into the search" in page
        assert "broken" in page


@pytest.fixture
def home(site):
    return Page.objects.get(pk=site["home", "en"].pk).specific


def publish(parent, **fields):
    page = add_page(parent, StandardPage, **fields)
    page.save_revision().publish()
    return page


class TestPages:
    def test_published_changed_unpublished(self, home, commits):
        with commits():
            page = publish(home, title="Earthworms", slug="worms")
        assert found("earthworm", kinds=["page"]) == [str(page.pk)]
        with commits():
            page.title = "Moles"
            revision = page.save_revision()
        assert (found("earthworm"), found("moles")) == ([str(page.pk)], [])
        with commits():
            revision.publish()
        assert (found("earthworm"), found("moles")) == ([], [str(page.pk)])
        with commits():
            Page.objects.get(pk=page.pk).unpublish()
        assert found("moles") == []

    def test_deleted_with_what_is_below(self, home, commits):
        with commits():
            page = publish(home, title="Earthworms", slug="worms")
            publish(page, title="Nightcrawlers", slug="night")
        assert len(found("earthworms OR nightcrawlers")) == 2
        with commits():
            Page.objects.get(pk=page.pk).delete()
        assert found("earthworms OR nightcrawlers") == []

    def test_a_new_slug_changes_the_addresses_below(self, home, commits):
        with commits():
            page = publish(home, title="Earthworms", slug="worms")
            below = publish(page, title="Nightcrawlers", slug="night")
        with commits():
            page = StandardPage.objects.get(pk=page.pk)
            page.slug = "vers"
            page.save_revision().publish()
        url = SearchEntry.objects.get(source="page", object_id=str(below.pk)).url
        assert url == "/en/vers/night/"

    def test_moving_changes_the_addresses_below(self, home, commits):
        with commits():
            page = publish(home, title="Earthworms", slug="worms")
            below = publish(page, title="Nightcrawlers", slug="night")
            target = publish(home, title="Animals", slug="animals")
        with commits():
            Page.objects.get(pk=page.pk).move(Page.objects.get(pk=target.pk), pos="last-child")
        url = SearchEntry.objects.get(source="page", object_id=str(below.pk)).url
        assert url == "/en/animals/worms/night/"

    def test_private_pages_leave_at_once(self, home, commits):
        with commits():
            page = publish(home, title="Earthworms", slug="worms")
            publish(page, title="Nightcrawlers", slug="night")
        with commits():
            restriction = PageViewRestriction.objects.create(
                page=Page.objects.get(pk=page.pk), restriction_type="login"
            )
        assert found("earthworms OR nightcrawlers") == []
        with commits():
            restriction.delete()
        assert len(found("earthworms OR nightcrawlers")) == 2

    def test_records_follow_the_page_they_are_shown_on(self, home, groups, commits):
        with commits():
            group = Group.objects.create(name="Gardeners")

        def url():
            return SearchEntry.objects.get(source="group", object_id=str(group.pk)).url

        assert url() == f"/{group.pk}/"
        with commits():
            page = publish(home, title="Groups", slug="groups")
        assert url() == f"/en/groups/{group.pk}/"
        with commits():
            Page.objects.get(pk=page.pk).unpublish()
        assert url() == f"/{group.pk}/"
        with commits():
            StandardPage.objects.get(pk=page.pk).save_revision().publish()
        assert url() == f"/en/groups/{group.pk}/"

    def test_the_root_is_no_result(self, site):
        assert HomePage.objects.exists()
        assert found("root", kinds=["page"]) == []


def test_registering_twice_is_refused():
    indexer = documents.indexers()[0]
    documents.register(indexer)
    with pytest.raises(ValueError, match="Two indexers"):
        documents.register(Indexer(kind=indexer.kind, model=Group, queryset=Group.objects.all, documents=list))


def test_the_panel_counts_in_words():
    html = render_to_string("search/problems_panel.html", {"count": 2, "problems": []})
    assert "2 items could not be put into the search" in html
