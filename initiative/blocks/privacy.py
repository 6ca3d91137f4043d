"""What the site keeps about people, in a page: the words come from the rooms that keep it."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from initiative.privacy.kept import everything


class KeptDataBlock(blocks.StructBlock):
    """A table of what is kept and for how long, always as it is."""

    title = blocks.CharBlock(label=_("title"), required=False)

    class Meta:
        icon = "lock"
        label = _("What the site keeps")
        template = "blocks/kept_data.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["kept"] = everything()
        return context
