"""The list of blocks that a page's body is made of."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from initiative.blocks.footnotes import references
from initiative.blocks.media import DocumentsBlock, ImageBlock, TableBlock, VideoBlock
from initiative.blocks.privacy import KeptDataBlock
from initiative.blocks.records import CallToActionBlock, CardsBlock, GoalsBlock, StatisticBlock, StatisticSeriesBlock
from initiative.blocks.text import AccordionBlock, FootnotesBlock, QuoteBlock, TextBlock, TimelineBlock


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
    footnotes = FootnotesBlock()

    class Meta:
        required = False
        block_counts = {"footnotes": {"max_num": 1}}

    def clean(self, value):
        """As Wagtail's; also ValidationError for a text that refers to a note which isn't there."""
        body = super().clean(value)
        refers = references(body)
        if lost := sorted(number for number in refers.numbers if refers.count and number > refers.count):
            told = gettext("A text refers to note [%(number)s], but there are %(count)s notes.")
            raise StreamBlockValidationError(non_block_errors=[told % {"number": lost[0], "count": refers.count}])
        return body


class StandardBodyBlock(BodyBlock):
    """The body of a page that may be about the site itself."""

    kept_data = KeptDataBlock()


class NotesBlock(blocks.StreamBlock):
    """Short notes in the margin of a text."""

    text = blocks.RichTextBlock(label=_("Note"), features=["bold", "italic", "link"], icon="pilcrow")
    statistic = SnippetChooserBlock("initiative.Statistic", label=_("Statistic"), icon="order")

    class Meta:
        required = False


def words(stream) -> str:
    """The words of a StreamField, as plain text for the search index."""
    return " ".join(str(text) for child in stream for text in child.block.get_searchable_content(child.value))
