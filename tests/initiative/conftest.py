"""What editors do to addresses, with all that follows from it once it is saved; and the site as a server calls it."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    def save(thing, slug):
        thing = type(thing).objects.get(pk=thing.pk)
        thing.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            if hasattr(thing, "live"):
                thing.save_revision().publish()
            else:
                thing.save()

    return save


@pytest.fixture
def delete(django_capture_on_commit_callbacks):
    def away(thing):
        thing = type(thing).objects.get(pk=thing.pk)
        with django_capture_on_commit_callbacks(execute=True):
            thing.delete()

    return away


@pytest.fixture
def handler(site):
    """The real site; as Django's own test client does, it leaves the connection open, which is the test's."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield WSGIHandler()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
