from contextlib import suppress

from django.db import DatabaseError, transaction

from initiative.base.after_commit import AfterCommit


def test_each_thing_is_handled_once_after_the_commit(db, django_capture_on_commit_callbacks):
    handled = []
    changes = AfterCommit(handled.append)
    with django_capture_on_commit_callbacks(execute=True):
        changes.note(["b", "a"])
        changes.note(["a", "c"])
        changes.note([])
        assert handled == []
    assert handled == [["b", "a", "c"]]


def test_what_is_rolled_back_is_forgotten(db, django_capture_on_commit_callbacks):
    handled = []
    changes = AfterCommit(handled.append)
    with django_capture_on_commit_callbacks(execute=True):
        changes.note(["kept"])
        with suppress(DatabaseError), transaction.atomic():
            changes.note(["gone"])
            raise DatabaseError
    with django_capture_on_commit_callbacks(execute=True):
        changes.note(["later"])
    assert handled == [["kept"], ["later"]]
