"""Synthetic resources into the site's database, beside the starter content."""

import os
from collections.abc import Sequence
from itertools import islice

from django.core.management import call_command
from django.db import transaction

from bench.progress import Bar
from bench.records import Maker, Record, name
from committee.models import ResearchPriority
from initiative.base import dates
from initiative.models import HomePage, Person, Place
from initiative.search.rebuild import Outcome, rebuild
from resources.models import Contribution, Resource, ResourceFile, ResourceType, Topic

_PORTION = 2_000
_AUTHORS_PER_RESOURCE = 0.2


def prepare() -> None:
    """Database, static files and starter content as `make run` makes them; harmless to repeat."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("compile_translations", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not HomePage.objects.exists():
        call_command("load_starter_content", verbosity=0)


def load(count: int) -> int:
    """Let the library have `count` synthetic resources; how many were missing. The index doesn't know them yet."""
    there = Resource.objects.filter(slug__startswith="bench-").count()
    if there >= count:
        return 0
    loader = _Loader(count)
    bar = Bar("Loading", count - there)
    numbers = iter(range(there, count))
    while portion := list(islice(numbers, _PORTION)):
        with transaction.atomic():
            loader.save([loader.maker.record(number) for number in portion])
        bar.advance(len(portion))
    return count - there


def index(anew: bool = False) -> Outcome:
    """Index everything, with a bar."""
    bars: dict[str, Bar] = {}

    def show(kind: str, done: int, of: int) -> None:
        bars.setdefault(kind, Bar(f"Indexing {kind}", of)).reach(done)

    return rebuild(progress=show, anew=anew, processes=os.cpu_count() or 1)


def write_references() -> None:
    """Have how each is cited written down, as it is once a work is published."""
    call_command("write_references", seconds=3_600)


class _Loader:
    """Turns records into rows."""

    def __init__(self, count: int):
        self.types = list(ResourceType.objects.filter(parent__isnull=False).order_by("order"))
        self.topics = list(Topic.objects.filter(parent__isnull=False).order_by("order"))
        # Countries, those that come first by the alphabet being the commonest here.
        self.places = [place for place in Place.objects.order_by("code") if not place.is_region]
        self.priorities = list(ResearchPriority.objects.order_by("pk"))
        self.people = self._people(max(10, int(count * _AUTHORS_PER_RESOURCE)))
        self.maker = Maker(
            len(self.types),
            len(self.topics),
            [place.name_in("en") for place in self.places],
            len(self.priorities),
            len(self.people),
        )

    def _people(self, count: int) -> list[int]:
        known = dict(Person.objects.filter(slug__startswith="bench-").values_list("slug", "pk"))
        wanted = [f"bench-{number}" for number in range(count)]
        missing = [number for number, slug in enumerate(wanted) if slug not in known]
        people = []
        for number in missing:
            given, family = name(number)
            people.append(Person(slug=wanted[number], given_name=given, family_name=family))
        Person.objects.bulk_create(people, batch_size=_PORTION)
        known |= {person.slug: person.pk for person in people}
        return [known[slug] for slug in wanted]

    def save(self, records: Sequence[Record]) -> None:
        resources = [self._resource(record) for record in records]
        Resource.objects.bulk_create(resources)
        Contribution.objects.bulk_create(
            Contribution(resource=resource, person_id=self.people[person], sort_order=place)
            for resource, record in zip(resources, records, strict=True)
            for place, person in enumerate(dict.fromkeys(record.people))
        )
        ResourceFile.objects.bulk_create(
            ResourceFile(
                resource=resource, url=f"https://www.example.org/{record.number}.pdf", language=record.language
            )
            for resource, record in zip(resources, records, strict=True)
        )
        for field, options in (("topics", self.topics), ("places", self.places), ("priorities", self.priorities)):
            self._relate(field, options, resources, records)

    def _relate(self, field: str, options: Sequence, resources: Sequence[Resource], records: Sequence[Record]) -> None:
        through = Resource._meta.get_field(field).remote_field.through
        column = Resource._meta.get_field(field).m2m_reverse_field_name()
        through.objects.bulk_create(
            through(**{"resource_id": resource.pk, f"{column}_id": options[place].pk})
            for resource, record in zip(resources, records, strict=True)
            for place in getattr(record, field)
        )

    def _resource(self, record: Record) -> Resource:
        texts = {f"abstract_{record.language}": record.abstract}
        if record.title_in_english:
            texts |= {"title_translation_en": record.title_in_english, "abstract_en": record.abstract_in_english}
        return Resource(
            slug=f"bench-{record.number}",
            title=record.title,
            language=record.language,
            type=self.types[record.type],
            issued=record.issued,
            issued_on=dates.first_day(record.issued),
            access=record.access,
            publisher=record.publisher,
            spotlight=record.spotlight,
            archived=record.archived,
            live=True,
            **texts,
        )
