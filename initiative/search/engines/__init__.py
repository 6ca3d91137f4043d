"""Which engine serves a database."""

from django.core.exceptions import ImproperlyConfigured
from django.db import connection as default_connection

from initiative.search.engines.base import Engine


def get_engine(connection=default_connection) -> Engine:
    """The engine for a database connection (the default one). ImproperlyConfigured where there is none."""
    if connection.vendor == "sqlite":
        from initiative.search.engines.sqlite import SqliteEngine

        return SqliteEngine(connection)
    if connection.vendor == "postgresql":
        from initiative.search.engines.postgresql import PostgresqlEngine

        return PostgresqlEngine(connection)
    raise ImproperlyConfigured(f"The search runs on SQLite and PostgreSQL, not on {connection.vendor}.")
