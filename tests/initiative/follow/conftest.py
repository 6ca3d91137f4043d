import pytest

from initiative.follow import subjects
from tests.initiative.follow.reader import Clock, Field, Reader


@pytest.fixture
def clock(monkeypatch) -> Clock:
    """The time, which stands still until a test moves it."""
    return Clock(monkeypatch)


@pytest.fixture
def field(monkeypatch) -> Field:
    """Something that can be followed, and that no app knows: `/en/follow/field/?name=rye`."""
    found = Field()
    monkeypatch.setattr(subjects, "_subjects", {"field": found.subject})
    return found


@pytest.fixture
def reader(db, client, clock, field) -> Reader:
    """Somebody with a mailbox."""
    return Reader(client, clock)
