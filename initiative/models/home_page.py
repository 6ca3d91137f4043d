"""The home page."""

from dataclasses import dataclass, field
from typing import ClassVar

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField

from initiative.base.dates import first_day
from initiative.base.known import Known
from initiative.base.landmarks import landmarks, page_path
from initiative.base.links import language_of
from initiative.base.pages import BasePage
from initiative.blocks.records import LinkBlock
from initiative.models.statistic import Statistic
from initiative.queries import events_on_the_map, next_events, spotlight_first, statistics_in


@dataclass(frozen=True)
class MeetingPlace:
    """Where and when people met, for the map. Coordinates in degrees, north and east positive; `date` is EDTF; `language`
    that of title and city, empty where it is the reader's."""

    title: str
    path: str
    city: str
    date: str
    latitude: float
    longitude: float
    language: str = ""
    # What other things on the map may have: a template that looks for what isn't there looks long.
    url_path: ClassVar[str] = ""
    line: ClassVar[str] = ""


@dataclass(frozen=True, eq=False)
class HomeParts:
    """What the home page of a tree shows of everything else, as templates want it; stays as it is. `drawn` is what was drawn of
    it, with the page's own texts."""

    spotlight: list
    statistics: list
    kinds: list
    news: list
    events: list
    meetings: list[MeetingPlace]
    drawn: dict = field(default_factory=dict)

    @cached_property
    def figures(self) -> str:
        """All that the statistics say, in every language: as long as it is the same, they are drawn alike."""
        fields = [one.attname for one in Statistic._meta.concrete_fields]
        return repr([[getattr(one, name) for name in fields] for one in self.statistics])


class DoorBlock(LinkBlock):
    """One of the ways into the site. A door to the library may hold its search field."""

    text = blocks.CharBlock(label=_("text"))
    search = blocks.BooleanBlock(label=_("with the library's search field"), required=False)

    class Meta:
        icon = "arrow-right"
        label = _("Door")


class PartBlock(blocks.StructBlock):
    """A short text under the drawing."""

    title = blocks.CharBlock(label=_("title"))
    text = blocks.RichTextBlock(label=_("text"), features=["bold", "italic", "link"])

    class Meta:
        icon = "pilcrow"
        label = _("Text")


class HomePage(BasePage):
    """What the Initiative is in one sentence and one picture, then three doors, the library, figures and news."""

    landmark = "home"

    explanation_heading = RichTextField(
        _("heading under the drawing"), blank=True, features=["italic"], help_text=_("Words in italics are lit.")
    )
    explanation = StreamField([("part", PartBlock())], verbose_name=_("what the number says"), blank=True, max_num=3)
    doors = StreamField([("door", DoorBlock())], verbose_name=_("doors"), blank=True, max_num=4)
    statistics_heading = RichTextField(_("heading of the figures"), blank=True, features=["italic"])
    statistics_note = RichTextField(_("note on the figures"), blank=True, features=["bold", "italic", "link"])

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("explanation_heading"),
        FieldPanel("explanation"),
        FieldPanel("doors"),
        FieldPanel("statistics_heading"),
        FieldPanel("statistics_note"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    max_count = len(settings.LANGUAGES)

    class Meta:
        verbose_name = _("home page")

    def search_text(self):
        parts = " ".join(f"{part.value['title']} {part.value['text']}" for part in self.explanation)
        return f"{self.introduction} {parts}"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["parts"] = home_parts(self.locale_id, language_of(self))
        return context


def _read_parts(locale_id: int, language: str) -> HomeParts:
    """For the tree of a locale, in the active language, which is that."""
    # Looked up here: other apps' models aren't ready when this module is imported.
    from partners.queries import partner_types
    from resources.queries import spotlight_resources

    return HomeParts(
        spotlight=spotlight_resources(4),
        statistics=statistics_in("partners"),
        kinds=partner_types(),
        news=spotlight_first(locale_id, 3),
        events=next_events(locale_id, 2),
        meetings=_meetings(locale_id, language),
    )


def _meetings(locale_id: int, language: str) -> list[MeetingPlace]:
    """Events and meetings of the committee that have a place on the map, oldest first."""
    from committee.queries import meetings_on_the_map

    committee = landmarks().url("committee")
    events = [
        MeetingPlace(heading or title, page_path(language, path), *rest)
        for title, heading, path, *rest in events_on_the_map(locale_id)
    ]
    meetings = [
        MeetingPlace(meeting.title, committee, meeting.city, meeting.date, meeting.latitude, meeting.longitude)
        for meeting in meetings_on_the_map()
    ]
    return sorted([*events, *meetings], key=lambda place: first_day(place.date))


home_parts: Known[HomeParts] = Known("home", _read_parts)
