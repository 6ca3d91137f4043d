"""What lies around a resource: its other versions, and what shares topics and makers with it.

One statement asks for all of it, and reads no more than some hundreds of rows whatever the size of the library: of each
topic and maker, the resources that came to it last. A topic that a few share says more than one that thousands do.
It brings along which topics, places and priorities the resource has itself.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

from django.db import connections, router

from resources.enums import MAKERS
from resources.vocabularies import topics_of

# Some of the best may turn out to be drafts or in the archive.
_SPARE = 3
_LONGEST_CHAIN = 50
_REASONS = 2

_CHAIN = """
    WITH RECURSIVE newer (id, place) AS (
        SELECT CAST(%(pk)s AS bigint), 0
        UNION SELECT resource.id, place + 1 FROM {resources} resource JOIN newer ON resource.replaces_id = newer.id
        WHERE place < %(longest)s
    ), older (id, place) AS (
        SELECT CAST(%(pk)s AS bigint), 0
        UNION SELECT resource.replaces_id, place - 1 FROM {resources} resource JOIN older ON resource.id = older.id
        WHERE resource.replaces_id IS NOT NULL AND place > -%(longest)s
    )
    SELECT 'version', place, id FROM newer UNION ALL SELECT 'version', place, id FROM older WHERE place < 0
"""
# The resource's first topics and makers; and of each, the resources that came to it last.
_TOPICS = "SELECT topic_id FROM {topics} WHERE resource_id = %(pk)s ORDER BY id LIMIT {limit}"
_ON_TOPIC = (
    "SELECT '{kind}', {kind}_id, resource_id FROM {topics} WHERE {kind}_id = {key} ORDER BY id DESC LIMIT {most}"
)
_MAKERS = """
    SELECT {kind}_id FROM {contributions} WHERE resource_id = %(pk)s AND {kind}_id IS NOT NULL AND role IN ({roles})
    ORDER BY sort_order, id LIMIT {limit}
"""
_BY_MAKER = """
    SELECT '{kind}', {kind}_id, resource_id FROM {contributions} WHERE role IN ({roles}) AND {kind}_id = {key}
    ORDER BY id DESC LIMIT {most}
"""
_ALL_OF_A_KIND = "SELECT near.* FROM ({things}) thing, LATERAL ({having}) near"
_ONE_OF_A_KIND = "SELECT * FROM ({having}) {kind}_{nth}"
# A row for each thing: a thousand rows took as long to fetch as to find.
_TOGETHER = """
    WITH near (kind, thing, key) AS ({parts}) SELECT kind, thing, {together} FROM near GROUP BY kind, thing
    UNION ALL {own} ORDER BY 1, 2
"""
_OWN = "SELECT 'own {field}', 0, {together} FROM {table} WHERE resource_id = %(pk)s"
# What a resource has, and how the column of its table is called.
_FIELDS = {"topics": "topic_id", "places": "place_id", "priorities": "researchpriority_id"}
# Kind, its things, who has one, and how many things and resources of each are looked at.
_SHARED = (
    ("topic", _TOPICS, _ON_TOPIC, 6, 200),
    ("person", _MAKERS, _BY_MAKER, 6, 50),
    ("organisation", _MAKERS, _BY_MAKER, 3, 50),
)


@dataclass(frozen=True)
class Near:
    """A resource near another one, and what both share: topics, and names of makers."""

    resource: object
    topics: list = field(default_factory=list)
    makers: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Surroundings:
    """What lies around a resource. `versions` are the published ones, newest first, the resource among them; empty where
    there is no other. `newest` is the first of them, `newer` and `older` are its neighbours; None where there is none.
    `own_keys` has the primary keys of its own topics, places and priorities, by field. All but the resource itself are tiles."""

    related: list[Near] = field(default_factory=list)
    versions: list = field(default_factory=list)
    newest: object = None
    newer: object = None
    older: object = None
    own_keys: dict[str, list] = field(default_factory=dict)


def surroundings(resource, count: int, as_published: bool = False) -> Surroundings:
    """At most `count` related resources, and all versions. Two statements, and one more where any of them has a picture. Of a
    resource `as_published`, nothing else need be known; of others, their topics are asked for, which may be a draft's."""
    from resources.tiles import work_tiles

    if resource.pk is None:
        return Surroundings()
    places, shared, own_keys = _ask(resource.pk)
    scores = _best(shared, but=set(places), count=count * _SPARE)
    tiles = work_tiles([*scores, *(key for key in places if key != resource.pk)])
    related = [tiles[key] for key in scores if key in tiles and not tiles[key].is_past]
    # Of equally near ones, the newest work.
    related.sort(key=lambda one: (scores[one.pk], one.issued_on or datetime.date.min), reverse=True)
    versions = [resource if key == resource.pk else tiles[key] for key in places if key == resource.pk or key in tiles]
    place = versions.index(resource)
    topics = {topic.pk: topic for topic in (topics_of(own_keys["topics"]) if as_published else resource.topics.all())}
    return Surroundings(
        related=[_near(one, resource, topics, shared) for one in related[:count]],
        versions=versions if len(versions) > 1 else [],
        newest=versions[0] if place else None,
        newer=versions[place - 1] if place else None,
        older=versions[place + 1] if place + 1 < len(versions) else None,
        own_keys=own_keys,
    )


@cache
def _statement(vendor: str, shared: tuple) -> str:
    from resources.models import Contribution, Resource

    tables = {
        "resources": Resource._meta.db_table,
        "topics": Resource.topics.through._meta.db_table,
        "contributions": Contribution._meta.db_table,
        "roles": ", ".join(f"'{role.value}'" for role in MAKERS),
    }
    parts = [_CHAIN.format(**tables)]
    for kind, things, having, first, most in shared:
        names = {"kind": kind, "most": most, **tables}
        if vendor == "postgresql":
            # One part for all of a kind: fifteen took longer to plan than to read.
            all_things, each = things.format(limit=first, **names), having.format(key=f"thing.{kind}_id", **names)
            parts.append(_ALL_OF_A_KIND.format(things=all_things, having=each))
            continue
        for nth in range(first):
            key = f"({things.format(limit=f'1 OFFSET {nth}', **names)})"
            parts.append(_ONE_OF_A_KIND.format(having=having.format(key=key, **names), kind=kind, nth=nth))
    together = "string_agg(CAST({} AS text), ',')" if vendor == "postgresql" else "group_concat({})"
    own = " UNION ALL ".join(
        _OWN.format(field=name, table=getattr(Resource, name).through._meta.db_table, together=together.format(column))
        for name, column in _FIELDS.items()
    )
    return _TOGETHER.format(together=together.format("key"), parts=" UNION ALL ".join(parts), own=own)


def _ask(pk: int) -> tuple[dict[int, int], dict[tuple[str, int], list[int]], dict[str, list]]:
    """Versions (key → place, newest first), for each thing that is shared the resources that have it, and what the resource has
    itself (field → keys)."""
    from resources.models import Resource

    connection = connections[router.db_for_read(Resource)]
    statement = _statement(connection.vendor, _SHARED)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"pk": pk, "longest": _LONGEST_CHAIN})
        rows = cursor.fetchall()
    places: dict[int, int] = {}
    shared: dict[tuple[str, int], list[int]] = defaultdict(list)
    own_keys: dict[str, list] = {}
    for kind, place, keys in rows:
        if kind.startswith("own "):
            name = kind.removeprefix("own ")
            own_keys[name] = list(map(str if name == "places" else int, keys.split(","))) if keys else []
            continue
        for key in map(int, keys.split(",")):
            if kind == "version":
                places.setdefault(key, place)
            elif key != pk:
                shared[kind, place].append(key)
    return dict(sorted(places.items(), key=lambda one: -one[1])), shared, own_keys


def _best(shared: dict[tuple[str, int], list[int]], but: set[int], count: int) -> dict[int, float]:
    """The resources that share most, with how much: what is rare counts more, and makers more than topics."""
    scores: dict[int, float] = defaultdict(float)
    for (kind, _key), having in shared.items():
        weight = (2 if kind != "topic" else 1) / (1 + len(having)) ** 0.5
        for key in set(having) - but:
            scores[key] += weight
    newest = sorted(scores, reverse=True)  # of equal ones the newest comes first
    return {key: scores[key] for key in sorted(newest, key=scores.__getitem__, reverse=True)[:count]}


def _near(one, resource, topics: dict, shared: dict[tuple[str, int], list[int]]) -> Near:
    """Why it is near: the rarest things that both share come first."""
    common = sorted((len(having), thing) for thing, having in shared.items() if one.pk in having)
    makers = {}
    for contribution in resource.makers:
        kind = "person" if contribution.person_id else "organisation"
        makers[kind, contribution.person_id or contribution.organisation_id] = contribution.name
    return Near(
        one,
        [topics[key] for _n, (kind, key) in common if kind == "topic" and key in topics][:_REASONS],
        [makers[thing] for _n, thing in common if thing in makers][:_REASONS],
    )
