"""What is forgotten, and done again, when pages and menus change."""

from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import (
    copy_for_translation_done,
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from initiative import aliases, gone, redirects
from initiative.base.landmarks import forget_landmarks
from initiative.base.links import forget_locales, forget_path
from initiative.finding import known_roots
from initiative.models import (
    BorrowedText,
    EventPage,
    HomePage,
    MenuItem,
    NewsArticlePage,
    Place,
    Statistic,
    SustainableDevelopmentGoal,
)
from initiative.models.home_page import home_parts
from initiative.navigation import forget_menus
from initiative.queries import events_below_news, known_goal_records, known_goals, known_places


def _forget(instance=None, **_signal) -> None:
    forget_landmarks()
    forget_menus()
    forget_locales()
    known_roots.forget()
    home_parts.forget()
    events_below_news.forget()
    if isinstance(instance, Page):
        forget_path(instance)


def _text_is_its_own(instance, alias=False, **_signal) -> None:
    """A published page has a text of its own."""
    if not alias:
        BorrowedText.objects.filter(page=instance.pk).delete()


def connect() -> None:
    """Connect the receivers; called once, when the apps are ready."""
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(_forget, dispatch_uid="initiative.forget")
    page_published.connect(_text_is_its_own, dispatch_uid="initiative.own_text")
    # After the receiver above: a page just published is written.
    page_published.connect(aliases.page_was_published, dispatch_uid="initiative.aliases.published")
    page_unpublished.connect(aliases.page_was_unpublished, dispatch_uid="initiative.aliases.unpublished")
    post_page_move.connect(aliases.page_was_moved, dispatch_uid="initiative.aliases.moved")
    copy_for_translation_done.connect(aliases.page_was_copied, dispatch_uid="initiative.aliases.copied")
    pre_delete.connect(aliases.page_will_be_deleted, sender=Page, dispatch_uid="initiative.aliases.to_be_deleted")
    post_delete.connect(aliases.page_was_deleted, sender=Page, dispatch_uid="initiative.aliases.deleted")
    for signal in (post_save, post_delete):
        signal.connect(
            aliases.restriction_was_changed, sender=PageViewRestriction, dispatch_uid="initiative.aliases.restricted"
        )
    for model in (MenuItem, Locale, PageViewRestriction, Site):
        post_save.connect(_forget, sender=model, dispatch_uid="initiative.forget.saved")
        post_delete.connect(_forget, sender=model, dispatch_uid="initiative.forget.deleted")
    # A page is deleted as its own model; only the stock one is heard of for every type.
    post_delete.connect(_forget, sender=Page, dispatch_uid="initiative.forget.deleted")
    home_parts.forget_with(HomePage, NewsArticlePage, EventPage, Statistic)
    events_below_news.forget_with(EventPage)
    known_goals.forget_with(SustainableDevelopmentGoal)
    known_goal_records.forget_with(SustainableDevelopmentGoal)
    known_places.forget_with(Place)
    redirects.connect()
    gone.connect()
