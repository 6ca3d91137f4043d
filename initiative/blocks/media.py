"""Pictures, films, documents and tables."""

import re
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock as WagtailTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

_YOUTUBE_ID = re.compile(r"[\w-]{11}", re.ASCII)


def youtube_id(url: str) -> str:
    """The film's eleven letters from any YouTube address; empty for other addresses."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    if host == "youtu.be":
        found = parts.path.strip("/")
    elif host in ("youtube.com", "youtube-nocookie.com"):
        path = parts.path.strip("/").split("/")
        found = (
            parse_qs(parts.query).get("v", [""])[0]
            if path[0] == "watch"
            else path[-1]
            if path[0] in ("embed", "shorts", "live")
            else ""
        )
    else:
        return ""
    return found if _YOUTUBE_ID.fullmatch(found) else ""


class ImageBlock(blocks.StructBlock):
    """A picture; its alternative text is asked for, or it is said to be decoration."""

    image = ImageChooserBlock(label=_("image"))
    alt = blocks.CharBlock(
        label=_("what the picture shows"),
        required=False,
        help_text=_("Read out to people who don't see it. Empty only if the picture is decoration."),
    )
    caption = blocks.CharBlock(label=_("caption"), required=False)
    credit = blocks.CharBlock(label=_("credit"), required=False)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "blocks/image.html"


class VideoBlock(blocks.StructBlock):
    """A film that loads nothing from elsewhere until the reader asks for it."""

    title = blocks.CharBlock(label=_("title"))
    url = blocks.URLBlock(label=_("address"), help_text=_("On YouTube. Other addresses are shown as a link."))
    still = ImageChooserBlock(label=_("still picture"), required=False)
    transcript = blocks.TextBlock(label=_("transcript"), required=False)

    class Meta:
        icon = "media"
        label = _("Video")
        template = "blocks/video.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["youtube_id"] = youtube_id(value["url"])
        return context


class DocumentsBlock(blocks.ListBlock):
    """Documents to download, with format and size."""

    def __init__(self, **kwargs):
        super().__init__(DocumentChooserBlock(), **kwargs)

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        template = "blocks/documents.html"


class TableBlock(blocks.StructBlock):
    """Rows and columns with a caption, which screen readers announce first."""

    caption = blocks.CharBlock(label=_("caption"))
    table = WagtailTableBlock(label=_("table"), table_options={"renderer": "text"})

    class Meta:
        icon = "table"
        label = _("Table")
        template = "blocks/table.html"

    def clean(self, value):
        cleaned = super().clean(value)
        if not any(cell for row in (cleaned["table"] or {}).get("data", []) for cell in row):
            raise blocks.StructBlockValidationError(block_errors={"table": ValidationError(_("The table is empty."))})
        return cleaned
