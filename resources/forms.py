"""Forms of the library's admin that do more than save what is in them."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from initiative.base import languages
from initiative.search.analysis import sort_key
from resources.services.covers import keep_first_page
from resources.services.file_readings import is_pdf
from resources.services.pdf import Unreadable, draw_first_page


class ResourceForm(WagtailAdminModelForm):
    """A resource, whose cover may be taken from its first PDF."""

    take_first_page = forms.BooleanField(
        required=False,
        label=_("Take the first page of its PDF as cover"),
        help_text=_("Drawn when you save. Choosing no cover brings the drawn soil profile back."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "places" in self.fields:
            self.fields["places"].widget.choices = _by_name(self.fields["places"].queryset)

    def is_valid(self):
        if not super().is_valid():
            return False
        if self.cleaned_data.get("take_first_page") and self._page is None:
            self.add_error("take_first_page", _("None of its files is a PDF whose first page can be shown."))
            return False
        return True

    def save(self, commit=True):
        if self.cleaned_data.get("take_first_page") and self._page:
            self.instance.cover = keep_first_page(*self._page, self.for_user)
        return super().save(commit)

    @cached_property
    def _page(self) -> tuple | None:
        """The first document whose first page can be shown, and that page. A form is asked several times whether it is valid."""
        for document in filter(is_pdf, self._documents()):
            try:
                return document, draw_first_page(document.file)
            except (Unreadable, OSError):
                continue
        return None

    def _documents(self) -> list:
        """The documents of the files as they are sent, in their order."""
        if "files" not in self.formsets:
            return []
        kept = [one.cleaned_data for one in self.formsets["files"].forms if one.cleaned_data]
        kept = [data for data in kept if data.get("document") and not data.get("DELETE")]
        return [data["document"] for data in sorted(kept, key=lambda data: data.get("ORDER") or 0)]


def _by_name(places) -> list[tuple[str, list[tuple[str, str]]]]:
    """Regions, then countries, each in the order of the alphabet of whoever reads."""
    language = languages.current()
    named = sorted(((place, place.name) for place in places), key=lambda pair: sort_key(pair[1], language))
    return [
        (label, [(place.pk, name) for place, name in named if place.is_region == regions])
        for label, regions in ((_("Regions"), True), (_("Countries"), False))
    ]
