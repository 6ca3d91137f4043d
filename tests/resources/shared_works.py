"""200 real works, with the dirt they came with, read from the exports in ../shared where they are there."""

import re
from functools import cache

import bibtexparser
import rispy
from bibtexparser import middlewares
from django.conf import settings
from django.utils import timezone

from initiative.base import dates
from initiative.models import Person
from partners.models import Organisation
from resources.models import Contribution, Resource, ResourceType

FOLDER = settings.BASE_DIR.parent / "shared" / "data" / "library"
COUNT = 200
_BIBTEX = {
    "predictive-soil-mapping.bib": 70,
    "coastal-carbon-network.bib": 50,
    "agroforestry-timor-leste.bib": 20,
    "bruni-publications.bib": 10,
}
_RIS = {"crop-diversification-jones2021.ris": 30, "forest-livelihoods-cab.ris": 20}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
# Word of the source → the type's key, its CSL type and that of schema.org.
_ARTICLE = ("article", "article-journal", "ScholarlyArticle")
_TYPES = {
    "article": _ARTICLE,
    "JOUR": _ARTICLE,
    "book": ("book", "book", "Book"),
    "incollection": ("chapter", "chapter", "Chapter"),
    "inproceedings": ("chapter", "chapter", "Chapter"),
    "techreport": ("report", "report", "Report"),
    "misc": ("dataset", "dataset", "Dataset"),
    "manual": ("software", "software", "WebApplication"),
}
_OTHER = ("document", "document", "CreativeWork")


def store_works() -> list[Resource]:
    """The works as live resources, in the order of the files."""
    works = _works()
    types = {
        key: ResourceType.objects.get_or_create(
            key=f"shared-{key}",
            defaults={"name": key, "singular": key, "slug": key, "csl_type": csl, "schema_type": schema},
        )[0]
        for key, csl, schema in {*_TYPES.values(), _OTHER}
    }
    now = timezone.now()
    resources = Resource.objects.bulk_create(
        Resource(
            slug=f"work-{number}",
            identity=f"work-{number}",
            type=types[work["type"][0]],
            live=True,
            first_published_at=now,
            last_published_at=now,
            **work["fields"],
        )
        for number, work in enumerate(works)
    )
    people, bodies, contributions = [], [], []
    for resource, work in zip(resources, works, strict=True):
        for order, (role, name) in enumerate(work["names"]):
            slug = f"{resource.slug}-{order}"
            if isinstance(name, str):
                bodies.append(Organisation(slug=slug, name=name))
            else:
                people.append(Person(slug=slug, family_name=name[0], given_name=name[1]))
            maker = {"organisation": bodies[-1]} if isinstance(name, str) else {"person": people[-1]}
            contributions.append(Contribution(resource=resource, role=role, sort_order=order, **maker))
    Person.objects.bulk_create(people)
    Organisation.objects.bulk_create(bodies)
    for contribution in contributions:  # takes up the keys that its maker has by now
        contribution.person, contribution.organisation = contribution.person, contribution.organisation
    Contribution.objects.bulk_create(contributions)
    return resources


@cache
def _works() -> list[dict]:
    works = []
    for name, count in _BIBTEX.items():
        works += _spread([work for entry in _bibtex_entries(name) if (work := _from_bibtex(entry))], count)
    for name, count in _RIS.items():
        entries = rispy.loads((FOLDER / name).read_text(encoding="utf-8-sig"))
        works += _spread([_from_ris(entry) for entry in entries if entry.get("title")], count)
    assert len(works) == COUNT
    return works


def _spread(works: list, count: int) -> list:
    """So many of them, from the first to the last."""
    return [works[number * len(works) // count] for number in range(count)]


def _bibtex_entries(name: str):
    text = (FOLDER / name).read_text(encoding="utf-8", errors="replace")
    reading = [
        middlewares.NormalizeFieldKeys(),
        middlewares.SeparateCoAuthors(),
        middlewares.SplitNameParts(),
        middlewares.LatexDecodingMiddleware(),
    ]
    return bibtexparser.parse_string(text, append_middleware=reading).entries


def _from_bibtex(entry) -> dict | None:
    told = {key: field.value for key, field in entry.fields_dict.items()}
    if not told.get("title"):
        return None
    names = [(role, name) for role in ("author", "editor") for name in told.get(role, [])]
    made = [(role, _parts(name)) for role, name in names if name.first + name.last != ["others"]]
    month = str(told.get("month", "")).lower()[:3]
    year = str(told.get("year", ""))
    return {
        "type": _TYPES.get(entry.entry_type.lower(), _OTHER),
        "names": made,
        "fields": _fields(
            title=told["title"],
            container=told.get("journal") or told.get("booktitle") or told.get("series", ""),
            volume=told.get("volume", ""),
            issue=told.get("number", ""),
            pages=told.get("pages", ""),
            publisher=told.get("publisher") or told.get("institution", ""),
            issued=f"{year}-{_MONTHS.index(month) + 1:02}" if month in _MONTHS else year,
            doi=re.sub("^https?://(dx[.])?doi.org/", "", told.get("doi", "")),
            isbn=told.get("isbn", ""),
            url=told.get("url", ""),
            abstract=told.get("abstract", ""),
            others=len(made) < len(names),
        ),
    }


def _parts(name):
    family, given = " ".join([*name.von, *name.last, *name.jr]), " ".join(name.first)
    return (family, given) if given else family


def _from_ris(entry: dict) -> dict:
    names = [name.partition(",") for name in entry.get("authors", [])]
    return {
        "type": _TYPES.get(entry["type_of_reference"], _OTHER),
        "names": [
            ("author", (family.strip(), given.strip()) if comma else family.strip()) for family, comma, given in names
        ],
        "fields": _fields(
            title=entry["title"],
            container=entry.get("secondary_title") or entry.get("journal_name", ""),
            volume=entry.get("volume", ""),
            issue=entry.get("number", ""),
            pages="-".join(entry[part] for part in ("start_page", "end_page") if entry.get(part)),
            issued=entry.get("year", ""),
            doi=entry.get("doi", ""),
            abstract=entry.get("abstract", ""),
        ),
    }


def _fields(**fields) -> dict:
    """What the model takes: nothing longer than its columns, no date that isn't one."""
    try:
        dates.validate(fields["issued"])
    except dates.ValidationError:
        fields["issued"] = ""
    issued_on = dates.first_day(fields["issued"]) if fields["issued"] else None
    for name, value in fields.items():
        longest = getattr(Resource._meta.get_field(name), "max_length", None)
        if isinstance(value, str):
            fields[name] = value.strip()[:longest]
    abstract = fields.pop("abstract")
    return {**fields, "issued_on": issued_on, "abstract_en": abstract, "language": "en"}
