"""Keeping the index true: whatever changes is indexed anew once its transaction has committed.

A signal only tells *that* an object changed. What the index shall say of it is read from the database afterwards, so
drafts, rollbacks, the order of signals and repeated ones do no harm.
"""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet, signals
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from initiative.base.after_commit import AfterCommit
from initiative.base.querysets import private_with
from initiative.search.documents import Indexer, indexers, indexers_of
from initiative.search.indexing import bring_up_to_date
from initiative.search.models import SearchEntry


def _index(changed: list[tuple[str, object]]) -> None:
    """Bring what changed up to date, kind by kind, in the order of the indexers."""
    for indexer in indexers():
        if keys := [key for kind, key in changed if kind == indexer.kind]:
            bring_up_to_date(indexer, keys)


_changes = AfterCommit(_index)


def _note(indexer: Indexer, keys: Iterable) -> None:
    """Some objects of an indexer changed."""
    _changes.note((indexer.kind, key) for key in keys)


def _changed(sender, instance, **kwargs) -> None:
    """Saved, published or unpublished: the object itself, and what depends on it."""
    if kwargs.get("raw"):
        return
    for indexer in indexers_of(sender):
        _note(indexer, [instance.pk])
    _note_dependents(instance)


def changed(instances: Iterable[Model]) -> None:
    """Objects of which no signal told, as `update()` sends none."""
    for instance in instances:
        _changed(type(instance), instance)


def _about_to_be_deleted(sender, instance, **kwargs) -> None:
    # Afterwards nobody could tell what depended on it.
    _note_dependents(instance)


def _deleted(sender, instance, **kwargs) -> None:
    for indexer in indexers_of(sender):
        _note(indexer, [instance.pk])


def _note_dependents(instance: Model) -> None:
    for indexer in indexers():
        for model, dependents in indexer.dependents.items():
            if isinstance(instance, model):
                _note(indexer, dependents(instance).values_list("pk", flat=True))


def _relations_changed(sender, instance, action, reverse, model, pk_set, **kwargs) -> None:
    """A many-to-many relation of an indexed model was added to, removed from or cleared."""
    if not action.startswith("post_") and action != "pre_clear":
        return
    if not reverse:
        for indexer in indexers_of(type(instance)):
            _note(indexer, [instance.pk])
        _note_dependents(instance)
        return
    for indexer in indexers_of(model):
        if pk_set is None:  # cleared from the other side: who was related is known only before
            names = [field.name for field in model._meta.many_to_many if field.remote_field.through is sender]
            pk_set = (
                model._default_manager.filter(Q(**{names[0]: instance})).values_list("pk", flat=True) if names else ()
            )
        _note(indexer, pk_set)


def _page_address_changed(sender, instance, **kwargs) -> None:
    """Moved, renamed, hidden or shown: the addresses of all pages below it, and of what pages show, are others."""
    _pages_changed(Page.objects.descendant_of(instance, inclusive=True))


def _pages_changed(pages: QuerySet) -> None:
    keys: dict[int, list] = {}
    for key, content_type in pages.values_list("pk", "content_type"):
        keys.setdefault(content_type, []).append(key)
    for content_type, some in keys.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model is None:
            continue
        for indexer in indexers_of(model):
            _note(indexer, some)
        for indexer in indexers():
            for landing, beneath in indexer.beneath.items():
                if issubclass(model, landing):
                    for page in landing._default_manager.filter(pk__in=some):
                        _note(indexer, beneath(page).values_list("pk", flat=True))


def _page_published(sender, instance, **kwargs) -> None:
    for indexer in indexers():
        for landing, beneath in indexer.beneath.items():
            if isinstance(instance, landing) and not _anything_beneath(indexer, instance):
                _note(indexer, beneath(instance).values_list("pk", flat=True))


def _anything_beneath(indexer: Indexer, page: Page) -> bool:
    """Whether entries of an indexer have an address below the page's own; False where it has none yet."""
    entries = SearchEntry.objects.filter(source=indexer.kind, language=page.locale.language_code)
    path = page.url_path.split("/", 2)[-1]  # without the root's and the site's own part
    return bool(path) and entries.filter(url__contains=f"/{path}").exists()


def _restriction_changed(sender, instance, **kwargs) -> None:
    _pages_changed(private_with(instance.page))


def _page_moved(sender, instance, **kwargs) -> None:
    """Its address is another, and it may stand below a private page now."""
    _pages_changed(private_with(instance))


def connect() -> None:
    """Listen to everything that can change what the index should say."""
    for signal in (signals.post_save, published, unpublished, page_published, page_unpublished):
        signal.connect(_changed, dispatch_uid="search_changed")
    signals.pre_delete.connect(_about_to_be_deleted, dispatch_uid="search_about_to_be_deleted")
    signals.post_delete.connect(_deleted, dispatch_uid="search_deleted")
    signals.m2m_changed.connect(_relations_changed, dispatch_uid="search_relations_changed")
    for signal in (page_slug_changed, page_unpublished):
        signal.connect(_page_address_changed, dispatch_uid="search_page_address_changed")
    post_page_move.connect(_page_moved, dispatch_uid="search_page_moved")
    page_published.connect(_page_published, dispatch_uid="search_page_published")
    for signal in (signals.post_save, signals.post_delete):
        signal.connect(_restriction_changed, sender=PageViewRestriction, dispatch_uid="search_restriction_changed")
