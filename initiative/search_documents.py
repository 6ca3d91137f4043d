"""How pages and people enter the search index."""

from urllib.parse import urlencode

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page

from initiative.base import languages
from initiative.base.landmarks import landmarks, page_path
from initiative.base.querysets import open_to_all
from initiative.models import BorrowedText, EventPage, NewsArticlePage, Person
from initiative.registry import register_public_records
from initiative.search import Document, Indexer
from initiative.search import register as register_indexer

_KINDS = {NewsArticlePage: "news", EventPage: "event"}


def _page_source(page) -> str:
    """The language a page's text is in: its own, or that which it borrows as an alias or as a translation just begun."""
    if page.alias_of_id:
        return page.alias_of.locale.language_code
    borrowed = BorrowedText.objects.filter(page=page.pk).values_list("language", flat=True).first()
    return borrowed or page.locale.language_code


def page_documents(page):
    """One document: a page lives in one language. Types without words of their own (Wagtail's root) give none."""
    page = page.specific
    if not hasattr(page, "search_text") or not page.live:
        return
    language = page.locale.language_code
    kind = _KINDS.get(type(page), "page")
    yield Document(
        kind=kind,
        object_id=str(page.pk),
        language=language,
        title=page.display_title,
        body=page.search_text(),
        keywords=page.title if page.heading else "",
        url=page_path(language, page.url_path),
        date=getattr(page, "date", None) if kind == "news" else getattr(page, "starts_on", None),
        shown_language=_page_source(page),
        facets={},
    )


def _pages():
    pages = open_to_all(Page.objects.live().filter(depth__gt=1))
    return pages.specific().select_related("locale", "alias_of__locale")


def _person_url(person, language: str) -> str:
    """Where one reads of a person: its page, if it is of the committee; else what it made, in the library."""
    if person.has_page:
        return person.get_url(language)
    library, phrase = landmarks().url("library", language), f'"{person.name}"'
    return f"{library}?{urlencode({'q': phrase})}" if library else ""


def person_documents(person):
    """A document per language for members of the committee and for those who made something in the library."""
    for code in languages.codes():
        url = _person_url(person, code)
        if url:
            yield Document(
                kind="person",
                object_id=str(person.pk),
                language=code,
                title=person.name,
                body=person.best("biography", code),
                keywords=person.best("affiliation", code),
                url=url,
                date=None,
                shown_language=person.shown_language(code),
                facets={},
            )


def _members():
    return Person.objects.filter(terms__isnull=False).distinct()


def _people():
    works = apps.get_model("resources", "Contribution").objects.filter(person=OuterRef("pk"), resource__live=True)
    members = apps.get_model("committee", "Term").objects.filter(person=OuterRef("pk"))
    return Person.objects.annotate(has_page=Exists(members)).filter(Q(has_page=True) | Exists(works))


def register() -> None:
    """Tell the search of pages and people; called once, when the apps are ready."""
    register_indexer(
        Indexer(
            kind="page",
            model=Page,
            queryset=_pages,
            documents=page_documents,
            beneath={Page: lambda page: _pages().descendant_of(page)},
        )
    )
    committee = apps.get_model("committee", "CommitteePage")
    term = apps.get_model("committee", "Term")
    library, resource = apps.get_model("resources", "LibraryPage"), apps.get_model("resources", "Resource")
    register_indexer(
        Indexer(
            kind="person",
            model=Person,
            queryset=_people,
            documents=person_documents,
            dependents={
                term: lambda changed: Person.objects.filter(pk=changed.person_id),
                resource: lambda changed: Person.objects.filter(contributions__resource=changed.pk).distinct(),
            },
            beneath={committee: lambda page: _members(), library: lambda page: _people()},
        )
    )
    register_public_records(_members)
