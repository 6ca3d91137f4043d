"""What is asked in a prepared way is asked by whoever asks, not by the thread that wrote the statement."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from initiative.base.prepared import Prepared
from initiative.models import Person
from tests import factories as make


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="threads share SQLite's one database in memory; PostgreSQL's run tries it"
)
@pytest.mark.django_db(transaction=True)
def test_threads_ask_by_connections_of_their_own():
    people = [make.PersonFactory() for _n in range(4)]
    prepared = Prepared(lambda pk: Person.objects.filter(pk=pk))
    assert prepared.first(people[0].pk) == people[0]

    def ask(person):
        try:
            return prepared.first(person.pk)
        finally:
            connections.close_all()

    with CaptureQueriesContext(connection) as here, ThreadPoolExecutor(4) as threads:
        assert list(threads.map(ask, people)) == people
    assert len(here) == 0
