"""Questions about the committee, asked in words."""

from collections.abc import Iterable

from initiative.base import languages
from initiative.base.known import Known


def member(slug: str):
    """The person of this slug who has or had a term, or None."""
    from initiative.models import Person

    people = (
        Person.objects.filter(slug=slug, terms__isnull=False)
        .select_related("country", "portrait")
        .prefetch_related("terms")
    )
    return people.distinct().first()


def members_by_role(terms):
    """Terms → (current, former): people in the order of their roles, each once, with `.shown_terms`."""
    order = {"chair": 0, "vice_chair": 1, "member": 2}
    people = {}
    for term in terms:
        person = people.setdefault(term.person_id, term.person)
        person.__dict__.setdefault("shown_terms", []).append(term)
    current, former = [], []
    for person in people.values():
        person.shown_terms.sort(key=lambda term: (term.is_former, order[term.role]))
        (former if all(term.is_former for term in person.shown_terms) else current).append(person)
    for group in (current, former):
        group.sort(key=lambda person: (order[person.shown_terms[0].role], person.family_name))
    return current, former


def meetings_on_the_map() -> list:
    """Meetings of the committee with coordinates, oldest first."""
    from committee.models import Meeting

    return list(Meeting.objects.filter(latitude__isnull=False).select_related("place").order_by("number"))


def priority_options() -> list[tuple[str, str]]:
    """(key, short title) of each research priority, in the active language. One statement, and none for some seconds."""
    return known_priorities(languages.current())


def _priority_options(language: str) -> list[tuple[str, str]]:
    from committee.models import ResearchPriority

    return [(priority.key, priority.best("title", language)) for priority in ResearchPriority.objects.all()]


known_priorities: Known[list[tuple[str, str]]] = Known("priorities", _priority_options)


def _priorities_with_pages(language: str) -> dict:
    from committee.models import ResearchPriority

    return {priority.pk: priority for priority in ResearchPriority.objects.with_pages(language)}


known_priorities_with_pages: Known[dict[int, object]] = Known("priorities-with-pages", _priorities_with_pages)


def priorities_of(keys: Iterable[int]) -> list:
    """The research priorities of these primary keys by number, each with the `path` of its page in the active language. No
    statement for some seconds; nobody may change what it gives."""
    known = known_priorities_with_pages(languages.current())
    return sorted((known[key] for key in keys if key in known), key=lambda priority: priority.number)


def priorities_with_pages():
    """Research priorities, each with the `path` of its page in the active language."""
    from committee.models import ResearchPriority

    return ResearchPriority.objects.with_pages()
