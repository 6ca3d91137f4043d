"""The published versions of a work, past those that were taken back or withdrawn."""

from django.db import models


class _PublishedVersion(models.Func):
    """A column of the nearest published version in one direction; null where there is none.

    Versions in between that aren't published are links of the chain, not its end. Asked for once a row of resources: an
    index leads from each version to the next.
    """

    template = """(
        WITH RECURSIVE version (id, replaces_id, live, told) AS (
            SELECT one.id, one.replaces_id, one.live, one.%(column)s FROM %(table)s one
            WHERE one.%(start)s = %(expressions)s
            UNION
            SELECT one.id, one.replaces_id, one.live, one.%(column)s FROM %(table)s one
            JOIN version ON %(step)s WHERE NOT version.live
        )
        SELECT told FROM version WHERE live LIMIT 1
    )"""
    output_field = models.CharField()

    def as_sql(self, compiler, connection, **more):
        return super().as_sql(compiler, connection, table=compiler.query.model._meta.db_table, **more)


def newer(column: str) -> models.Expression:
    """A column of the nearest published version that comes after a resource."""
    return _PublishedVersion("pk", column=column, start="replaces_id", step="one.replaces_id = version.id")


def older(column: str) -> models.Expression:
    """A column of the nearest published version that came before a resource."""
    return _PublishedVersion("replaces", column=column, start="id", step="one.id = version.replaces_id")


def versions_before(resource) -> models.QuerySet:
    """The versions that a resource replaces, or replaced until it was saved, each down to the first that is published:
    whether they are past may hang on it."""
    resources = type(resource)._base_manager
    found, wanted = set(), {resource.replaces_id, getattr(resource, "replaced_before", None)} - {None}
    while wanted:
        found |= wanted
        unpublished = resources.filter(pk__in=wanted, live=False, replaces__isnull=False)
        wanted = set(unpublished.values_list("replaces", flat=True)) - found
    return resources.filter(pk__in=found)
