"""Questions about site-wide pages, asked in words. Pages are given as QuerySets of one locale, live and not private only."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import partial

from django.db.models import Count
from django.utils import timezone

from initiative.base import languages
from initiative.base.facets import Option
from initiative.base.known import Known
from initiative.base.links import locale_codes
from initiative.base.prepared import Prepared
from initiative.base.querysets import all_are_open, borrowed_language, open_to_all, with_language

# The columns that a row of a list is drawn from: of two lists on the home page, half of the time went in making the others.
_ROW = ("title", "heading", "introduction", "url_path")
_NEWS_ROW = (*_ROW, "date", "archived", "image")
_EVENT_ROW = (*_ROW, "date", "time", "city", "online", "country")


def _news(locale_id: int):
    from initiative.models import NewsArticlePage

    found = with_language(open_to_all(NewsArticlePage.objects.live())).filter(locale=locale_id)
    return found.select_related("locale", "image").prefetch_related("image__renditions").order_by("-date", "-pk")


def current_news(locale_id: int):
    """Articles that aren't archived, newest first."""
    return _news(locale_id).filter(archived=False)


def latest_news(locale_id: int, count: int):
    """The newest articles, current ones first."""
    return _news(locale_id).order_by("archived", "-date", "-pk")[:count]


def spotlight_first(locale_id: int, count: int) -> list:
    """What the home page shows: articles in the spotlight, then the newest current ones. Just what a row shows of them."""
    shown = current_news(locale_id).select_related(None).select_related("image").only(*_NEWS_ROW)
    return list(shown.order_by("-spotlight", "-date", "-pk")[:count])


class NewsList:
    """The articles of a tree, current or archived, newest first, for a paginator: how many there are is asked at once, in one
    statement, and a part of them when it is taken, in one or, where any has a picture, two. Just what a row shows of them."""

    def __init__(self, locale_id: int, archived: bool):
        counts = dict(_news_counts(locale_id))
        self.has_archive = bool(counts.get(True))
        self._count, self._locale_id, self._rows = counts.get(archived, 0), locale_id, _news_rows[archived]
        self._language = locale_codes().get(locale_id, "")

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, part: slice) -> list:
        rows = self._rows.part(part.start, part.stop, self._locale_id)
        for article in rows:
            article.text_language = article.borrowed or self._language
        return rows


def _counts_of_news(locale_id: int):
    from initiative.models import NewsArticlePage

    found = open_to_all(NewsArticlePage.objects.live()).filter(locale=locale_id).order_by()
    return found.values_list("archived").annotate(count=Count("pk"))


def _rows_of_news(archived: bool, locale_id: int):
    from initiative.models import NewsArticlePage

    # Not `with_language`: PostgreSQL takes a millisecond more to plan it, for the language of the tree, which is known.
    found = open_to_all(NewsArticlePage.objects.live()).annotate(borrowed=borrowed_language())
    shown = found.select_related("image").prefetch_related("image__renditions").only(*_NEWS_ROW)
    return shown.filter(locale=locale_id, archived=archived).order_by("-date", "-pk")


_news_counts = Prepared(_counts_of_news, also=all_are_open)
_news_rows = {archived: Prepared(partial(_rows_of_news, archived), also=all_are_open) for archived in (False, True)}


def _events(locale_id: int):
    from initiative.models import EventPage

    found = with_language(open_to_all(EventPage.objects.live())).filter(locale=locale_id)
    return found.select_related("country", "locale")


def coming_events(locale_id: int, count: int | None = None):
    """Events that haven't ended, next first."""
    return _events(locale_id).filter(ends_on__gte=timezone.localdate()).order_by("starts_on", "pk")[:count]


def next_events(locale_id: int, count: int) -> list:
    """The next events that haven't ended. Just what a row shows of them."""
    return list(coming_events(locale_id, count).select_related(None).select_related("country").only(*_EVENT_ROW))


@dataclass(frozen=True, eq=False)
class ListedEvents:
    """The events that stand below other things; stays as it is. `drawn` is what was drawn of them."""

    events: list
    drawn: dict = field(default_factory=dict)


def _events_below_news(locale_id: int) -> ListedEvents:
    return ListedEvents(list(coming_events(locale_id, 3) or past_events(locale_id)[:3]))


# The next three, or else the latest three. Seldom another event than a moment ago, and two statements that Django writes.
events_below_news: Known[ListedEvents] = Known("events-below-news", _events_below_news)


def past_events(locale_id: int):
    """Events that have ended, latest first."""
    return _events(locale_id).filter(ends_on__lt=timezone.localdate()).order_by("-starts_on", "-pk")


def events_in(locale_id: int, country: str) -> list:
    """Events held in a country (its code), latest first. Just what a row shows of them."""
    return _held_in(locale_id, country)


def _held(locale_id: int, country: str):
    held = _events(locale_id).filter(country=country).order_by("-starts_on", "-pk")
    return held.select_related(None).select_related("country").only(*_EVENT_ROW)


_held_in = Prepared(_held, also=all_are_open)


def events_on_the_map(locale_id: int) -> list[tuple]:
    """Of events with coordinates, oldest first: title, heading, path as Wagtail has it, city, date, latitude, longitude and the
    language of its text."""
    placed = _events(locale_id).filter(latitude__isnull=False).order_by("starts_on", "pk")
    return list(
        placed.values_list("title", "heading", "url_path", "city", "date", "latitude", "longitude", "text_language")
    )


def statistics_in(series: str) -> list:
    """The figures of one series, oldest first."""
    return _statistics(series)


def _statistics_of(series: str):
    from initiative.models import Statistic

    return Statistic.objects.filter(series=series).order_by("date", "order")


_statistics = Prepared(_statistics_of)


def goal_options() -> list[Option]:
    """The Sustainable Development Goals as options of a facet, by number. One statement, and none for some seconds."""
    return known_goals(languages.current())


def _goal_options(language: str) -> list[Option]:
    from initiative.models import SustainableDevelopmentGoal

    goals = SustainableDevelopmentGoal.objects.order_by("number")
    return [Option(str(goal.number), f"{goal.number} {goal.title}") for goal in goals]


known_goals: Known[list[Option]] = Known("goals", _goal_options)


def goals_of(keys: Iterable[int]) -> list:
    """The Sustainable Development Goals of these primary keys, by number, but for those that came a moment ago. Others are given
    the same ones: nobody may change them."""
    known = known_goal_records()
    return sorted((known[key] for key in keys if key in known), key=lambda goal: goal.number)


def _goal_records() -> dict[int, object]:
    from initiative.models import SustainableDevelopmentGoal

    return {goal.pk: goal for goal in SustainableDevelopmentGoal.objects.all()}


known_goal_records: Known[dict[int, object]] = Known("goals-whole", _goal_records)


def part_of(codes: Collection[str]) -> dict[str, str | None]:
    """Of these countries and regions those we know: code → that of the region it is part of, or None. One statement for
    them all, and none for some seconds, in which another process may have made one that we don't know yet."""
    known = known_places()
    return {code: known[code] for code in codes if code in known}


def _all_places() -> dict[str, str | None]:
    from initiative.models import Place

    return dict(Place.objects.values_list("code", "parent_id"))


known_places: Known[dict[str, str | None]] = Known("places", _all_places)


def places_of(codes: Collection[str]) -> list:
    """The places of these codes, in the order of those. No statement: their names aren't in the database."""
    from initiative.models import Place

    return [Place(code=code) for code in sorted(codes)]
