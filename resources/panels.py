"""What the forms of the admin say beside what can be changed."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class ReadingPanel(Panel):
    """What came of reading a file: whether the search knows its text."""

    def __init__(self, **kwargs):
        super().__init__(**{"heading": _("In the search"), **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "resources/admin/reading.html"

        @property
        def reading(self):
            """The file's reading, once the document is saved with it."""
            return self.instance.reading

        def is_shown(self):
            return self.reading is not None

        def get_context_data(self, parent_context=None):
            return {**super().get_context_data(parent_context), "reading": self.reading}


class WithdrawnPanel(Panel):
    """Above the form of a resource that was taken out of the library."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "resources/admin/withdrawn.html"

        @property
        def tombstone(self):
            """What readers are told, or None."""
            return getattr(self.instance, "tombstone", None) if self.instance.pk and not self.instance.live else None

        def is_shown(self):
            return self.tombstone is not None

        def get_context_data(self, parent_context=None):
            url = reverse(type(self.tombstone).snippet_viewset.get_url_name("edit"), args=[self.tombstone.pk])
            return {**super().get_context_data(parent_context), "tombstone": self.tombstone, "url": url}
