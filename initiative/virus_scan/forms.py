"""The admin's forms of files: what is in a file that is new is looked at."""

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from initiative.virus_scan.clamd import refuse_viruses


class _Scanned:
    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            refuse_viruses(file.read())
            file.seek(0)
        return file


class DocumentForm(_Scanned, BaseDocumentForm):
    pass


class ImageForm(_Scanned, BaseImageForm):
    pass
