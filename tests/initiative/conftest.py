"""What editors do to addresses, with all that follows from it once it is saved."""

import pytest


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
