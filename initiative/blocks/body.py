"""The list of blocks that a page's body is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from initiative.blocks.media import DocumentsBlock, ImageBlock, TableBlock, VideoBlock
from initiative.blocks.records import CallToActionBlock, CardsBlock, GoalsBlock, StatisticBlock, StatisticSeriesBlock
from initiative.blocks.text import AccordionBlock, QuoteBlock, TextBlock, TimelineBlock


class BodyBlock(blocks.StreamBlock):
    """A page's body."""

    text = TextBlock()
    image = ImageBlock()
    quote = QuoteBlock()
    statistic = StatisticBlock()
    statistics = StatisticSeriesBlock()
    call_to_action = CallToActionBlock()
    accordion = AccordionBlock()
    table = TableBlock()
    video = VideoBlock()
    documents = DocumentsBlock()
    cards = CardsBlock()
    timeline = TimelineBlock()
    goals = GoalsBlock()

    class Meta:
        required = False


class NotesBlock(blocks.StreamBlock):
    """Short notes in the margin of a text."""

    text = blocks.RichTextBlock(label=_("Note"), features=["bold", "italic", "link"], icon="pilcrow")
    statistic = SnippetChooserBlock("initiative.Statistic", label=_("Statistic"), icon="order")

    class Meta:
        required = False


def words(stream) -> str:
    """The words of a StreamField, as plain text for the search index."""
    return " ".join(str(text) for child in stream for text in child.block.get_searchable_content(child.value))
