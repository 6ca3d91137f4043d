"""What the forms of the admin say beside what can be changed."""

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
