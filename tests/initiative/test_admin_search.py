"""What editors save can be found with the admin's own search, which most other tests leave out; on either database."""

from unittest.mock import patch

import pytest
import wagtail_factories
from django.urls import reverse
from modelsearch import signal_handlers
from modelsearch.tasks import insert_or_update_object_task

from initiative.models import StandardPage


@pytest.fixture(autouse=True)
def _kept():
    with patch.object(signal_handlers, "insert_or_update_object_task", insert_or_update_object_task):
        yield


@pytest.fixture
def found(client, admin_user):
    """`found(view, words)`: the page of the admin that says what was found."""
    client.force_login(admin_user)

    def search(view, words):
        response = client.get(reverse(view), {"q": words})
        assert response.status_code == 200
        return response.content.decode()

    return search


def test_a_page(site, found, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = site["home", "en"].add_child(instance=StandardPage(title="Mycorrhizal fungi", slug="fungi"))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert edit in found("wagtailadmin_pages:search", "mycorrhizal")
    assert edit not in found("wagtailadmin_pages:search", "earthworms")

    page.title = "Earthworms"
    with django_capture_on_commit_callbacks(execute=True):
        page.save()
    assert edit in found("wagtailadmin_pages:search", "earthworms")
    assert edit not in found("wagtailadmin_pages:search", "mycorrhizal")

    with django_capture_on_commit_callbacks(execute=True):
        page.delete()
    assert edit not in found("wagtailadmin_pages:search", "earthworms")


def test_a_picture(site, found, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        picture = wagtail_factories.ImageFactory(title="A trench through a chernozem")
    edit = reverse("wagtailimages:edit", args=[picture.pk])
    assert edit in found("wagtailimages:index", "chernozem")
    assert edit not in found("wagtailimages:index", "podzol")
