"""Records and links shown in a page: statistics, goals, calls to action, cards."""

from copy import copy

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

from initiative.base.links import page_paths
from initiative.base.prepared import Prepared
from initiative.blocks.text import FEATURES
from initiative.queries import statistics_in


class StatisticBlock(blocks.StructBlock):
    """One dated figure with its source."""

    statistic = SnippetChooserBlock("initiative.Statistic", label=_("statistic"))

    class Meta:
        icon = "order"
        label = _("Statistic")
        template = "blocks/statistic.html"


class StatisticSeriesBlock(blocks.StructBlock):
    """All figures of one series, drawn as soil cores."""

    same_in_every_language = ("series",)

    title = blocks.CharBlock(label=_("title"), required=False)
    series = blocks.CharBlock(label=_("series"), help_text=_("As written in the statistics, such as partners."))

    class Meta:
        icon = "order-down"
        label = _("Statistics over time")
        template = "blocks/statistic_series.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["statistics"] = statistics_in(value["series"])
        return context


class GoalsBlock(blocks.StructBlock):
    """The Sustainable Development Goals that the Initiative names, each with what it does for it."""

    title = blocks.CharBlock(label=_("title"), required=False)

    class Meta:
        icon = "list-ol"
        label = _("Sustainable Development Goals")
        template = "blocks/goals.html"

    def get_context(self, value, parent_context=None):
        from initiative.models import SustainableDevelopmentGoal  # the models import the blocks

        context = super().get_context(value, parent_context)
        context["goals"] = list(SustainableDevelopmentGoal.objects.named_by_initiative())
        return context


class LinkValue(blocks.StructValue):
    """A link's parts, and where it leads."""

    @property
    def href(self) -> str:
        """The page's path in the reader's language, or the address; empty for neither."""
        page = self.get("page")
        return page_paths([page.pk]).get(page.pk, "") if page else self.get("url") or ""


class PageBlock(blocks.PageChooserBlock):
    """As Wagtail's, for which Django writes a statement wherever a text with one is shown. Migrations know it as that."""

    def bulk_to_python(self, values):
        found = {page.pk: page for page in _pages.among(*(key for key in values if isinstance(key, int)))}
        return [copy(found.get(key)) for key in values]

    def deconstruct(self):
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.PageChooserBlock", args, kwargs


_pages = Prepared(lambda *keys: Page.objects.filter(pk__in=keys).order_by())


class LinkBlock(blocks.StructBlock):
    """A label that leads to a page of this site or to another address."""

    label = blocks.CharBlock(label=_("label"))
    page = PageBlock(label=_("page"), required=False)
    url = blocks.URLBlock(label=_("or address"), required=False)

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue


class CallToActionBlock(LinkBlock):
    """A short invitation with one link."""

    text = blocks.CharBlock(label=_("text"))

    class Meta:
        icon = "pick"
        label = _("Call to action")
        template = "blocks/call_to_action.html"


class CardsBlock(blocks.ListBlock):
    """Two to six short texts side by side, each with or without a link."""

    def __init__(self, **kwargs):
        item = blocks.StructBlock(
            [
                ("title", blocks.CharBlock(label=_("title"))),
                ("text", blocks.RichTextBlock(label=_("text"), features=FEATURES[2:4], required=False)),
                ("page", PageBlock(label=_("page"), required=False)),
                ("url", blocks.URLBlock(label=_("or address"), required=False)),
            ],
            value_class=LinkValue,
        )
        super().__init__(item, **kwargs)

    class Meta:
        icon = "grip"
        label = _("Cards")
        template = "blocks/cards.html"
