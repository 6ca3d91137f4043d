"""News as RSS, events as iCalendar."""

import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpResponse
from django.utils import timezone

from initiative.queries import latest_news

_NEWEST = 50


class NewsFeed(Feed):
    """RSS 2.0 of a news index page, in its language."""

    def __init__(self, index):
        self.index = index

    def title(self):
        return f"{settings.WAGTAIL_SITE_NAME} – {self.index.title}"

    def link(self):
        return self.index.get_path()

    def feed_url(self):
        return f"{self.index.get_path()}feed/"

    def description(self):
        return self.index.introduction or self.index.title

    def items(self):
        return latest_news(self.index.locale_id, _NEWEST).select_related("locale")

    def item_title(self, item):
        return item.display_title

    def item_description(self, item):
        return item.introduction

    def item_link(self, item):
        return item.get_path()

    def item_guid(self, item):
        return str(item.translation_key)

    item_guid_is_permalink = False

    def item_pubdate(self, item):
        return timezone.make_aware(datetime.datetime.combine(item.date, datetime.time(12)))


def calendar_response(events, name: str) -> HttpResponse:
    """Whole-day events as iCalendar (RFC 5545). The end day is exclusive there.

    An event is the same one whatever name of the site it was asked of, so nothing in it comes from the request.
    """
    from icalendar import Calendar, Event  # a library of eighty modules, for those who ask for a calendar

    calendar = Calendar()
    calendar.add("prodid", "-//4 per 1000//events//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    host = urlsplit(settings.SITE_URL).hostname
    for event in events:
        place = ", ".join(part for part in (event.city, event.country.name if event.country else "") if part)
        entry = Event()
        entry.add("uid", f"{event.translation_key}@{host}")
        entry.add("dtstamp", (event.last_published_at or timezone.now()).astimezone(datetime.UTC))
        entry.add("dtstart", event.starts_on)
        entry.add("dtend", event.ends_on + datetime.timedelta(days=1))
        entry.add("summary", event.display_title)
        entry.add("description", event.introduction)
        entry.add("url", f"{settings.SITE_URL}{event.get_path()}")
        if place:
            entry.add("location", place)
        calendar.add_component(entry)
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
