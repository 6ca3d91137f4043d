import pytest

from tests.initiative.search.library import EVERYTHING, store


@pytest.fixture
def library(db):
    """The documents of `library.py`, in the index."""
    store(*EVERYTHING)
