"""Words: running text, quotations, accordions, timelines, notes."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

# h2 is the section heading; the page's title is the only h1.
FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "superscript", "subscript"]


class TextBlock(blocks.RichTextBlock):
    """Running text with section headings."""

    def __init__(self, **kwargs):
        kwargs.setdefault("features", FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/text.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, with who said them and where."""

    same_in_every_language = ("language",)

    text = blocks.TextBlock(label=_("quotation"))
    attribution = blocks.CharBlock(label=_("who said it"))
    source = blocks.URLBlock(label=_("where it can be read"), required=False)
    language = blocks.CharBlock(
        label=_("language of the original"),
        required=False,
        max_length=12,
        help_text=_("A code such as fr, where it isn't the page's."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quote.html"


class AccordionBlock(blocks.ListBlock):
    """Questions that open to answers."""

    def __init__(self, **kwargs):
        item = blocks.StructBlock(
            [
                ("title", blocks.CharBlock(label=_("question"))),
                ("text", blocks.RichTextBlock(label=_("answer"), features=FEATURES[2:])),
            ]
        )
        super().__init__(item, **kwargs)

    class Meta:
        icon = "collapse-down"
        label = _("Questions and answers")
        template = "blocks/accordion.html"


class TimelineBlock(blocks.ListBlock):
    """Dated steps, oldest first."""

    same_in_every_language = ("date",)

    def __init__(self, **kwargs):
        item = blocks.StructBlock(
            [
                ("date", blocks.CharBlock(label=_("date"), max_length=21, help_text=_("2022, 2022-05 or 2022-05-31"))),
                ("title", blocks.CharBlock(label=_("what happened"))),
                ("text", blocks.RichTextBlock(label=_("more"), features=FEATURES[2:], required=False)),
            ]
        )
        super().__init__(item, **kwargs)

    class Meta:
        icon = "history"
        label = _("Timeline")
        template = "blocks/timeline.html"


class FootnotesBlock(blocks.ListBlock):
    """Notes to the text above: the first is what `[1]` there leads to."""

    def __init__(self, **kwargs):
        note = blocks.RichTextBlock(
            label=_("note"), features=["bold", "italic", "superscript", "subscript", "link", "document-link"]
        )
        super().__init__(blocks.StructBlock([("text", note)], label=_("note")), **kwargs)

    class Meta:
        icon = "list-ol"
        label = _("Notes")
        help_text = _(
            "Write [1] in a text where the first of these notes belongs, [2] where the second does, and so on."
        )
        template = "blocks/footnotes.html"
