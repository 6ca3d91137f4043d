"""Events: an index and its events, past and coming, in a place or online."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField

from initiative.base import dates
from initiative.base.head import Feed, language_menu, page_query
from initiative.base.pages import BasePage, LandingPage
from initiative.blocks import BodyBlock, words
from initiative.feeds import calendar_response
from initiative.queries import coming_events, past_events

PER_PAGE = 20


class EventIndexPage(LandingPage):
    """What comes, then what has been."""

    landmark = "events"

    parent_page_types = ["initiative.HomePage"]
    subpage_types = ["initiative.EventPage"]

    class Meta:
        verbose_name = _("events index")

    def get_feeds(self):
        return [Feed(self.title, "text/calendar", f"{self.get_path()}calendar.ics")]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        past = Paginator(past_events(self.locale_id), PER_PAGE).get_page(request.GET.get("page"))
        head = context["head"]
        head.narrow(page_query(past))
        context.update(coming=list(coming_events(self.locale_id)), past=past, languages=language_menu(head.alternates))
        return context

    @path("calendar.ics/")
    def calendar(self, request):
        """Every event as iCalendar, to subscribe to."""
        events = [*coming_events(self.locale_id), *past_events(self.locale_id)]
        return calendar_response(events, self.title)


class EventPage(RoutablePageMixin, BasePage):
    """One event. Its dates are whole days, with a clock time where there is one."""

    date = dates.PartialDateField(_("date"))
    starts_on = models.DateField(editable=False, db_index=True)
    ends_on = models.DateField(editable=False, db_index=True)
    time = models.CharField(
        _("time"), max_length=60, blank=True, help_text=_("As it should be read, with the time zone: 14:00 CET")
    )
    city = models.CharField(_("city"), max_length=120, blank=True)
    country = models.ForeignKey(
        "initiative.Place",
        verbose_name=_("country"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    online = models.BooleanField(_("online"), default=False)
    address = models.URLField(_("registration or event site"), blank=True)
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, help_text=_("For the map on the home page; north is positive.")
    )
    longitude = models.FloatField(_("longitude"), null=True, blank=True, help_text=_("East is positive."))
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("date"), FieldPanel("time")], heading=_("When")),
        MultiFieldPanel(
            [
                FieldPanel("online"),
                FieldRowPanel([FieldPanel("city"), FieldPanel("country")]),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldPanel("address"),
            ],
            heading=_("Where"),
        ),
        FieldPanel("body"),
    ]
    parent_page_types = ["initiative.EventIndexPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("event")

    def save(self, *args, **kwargs):
        # Kept beside `date` so that the database can sort and compare; a draft may still be without a valid one.
        try:
            self.starts_on, self.ends_on = dates.first_day(self.date), dates.last_day(self.date)
        except ValueError:
            self.starts_on = self.ends_on = timezone.localdate()
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": _("Give both latitude and longitude, or neither.")})

    def search_text(self):
        return f"{self.introduction} {self.city} {self.country.name if self.country else ''} {words(self.body)}"

    def serve(self, request, view=None, args=None, kwargs=None):
        self.refuse_other_language(request)
        return super().serve(request, view, args, kwargs)

    @property
    def is_past(self) -> bool:
        """True from the day after its last day."""
        return self.ends_on < timezone.localdate()

    def get_feeds(self):
        return [Feed(self.title, "text/calendar", f"{self.get_path()}event.ics")]

    @path("event.ics/")
    def calendar(self, request):
        """This event as iCalendar."""
        return calendar_response([self], self.title)
