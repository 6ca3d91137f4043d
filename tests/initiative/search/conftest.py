import pytest
from django.db import transaction

from tests.initiative.search.library import EVERYTHING, store


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    """The documents of `library.py`, in the index for a module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        store(*EVERYTHING)
        yield
        transaction.set_rollback(True)
