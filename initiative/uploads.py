"""The admin's forms of files: what is in a file that is new is looked at, and a picture loses what isn't for everybody."""

from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from initiative.base.file_kinds import refuse_another_kind
from initiative.base.one_at_a_time import one_at_a_time
from initiative.base.pictures import BREAKS, BrokenPictureError, without_metadata
from initiative.virus_scan.clamd import refuse_viruses


class DocumentForm(BaseDocumentForm):
    def clean_file(self):
        """A file that is what its ending says, and has no virus. Raises ValidationError."""
        file = self.cleaned_data["file"]
        if not file or "file" not in self.changed_data:
            return file
        content = file.read()
        file.seek(0)
        # Of an ending that isn't taken, the model tells.
        if PurePosixPath(file.name).suffix.lstrip(".").lower() in settings.WAGTAILDOCS_EXTENSIONS:
            refuse_another_kind(file.name, content)
        refuse_viruses(content)
        return file


class PictureField(WagtailImageField):
    """Wagtail's, which breaks off where a picture does. To count its frames, something of it may be unpacked: see
    `one_at_a_time`."""

    def to_python(self, data):
        try:
            with one_at_a_time():
                return super().to_python(data)
        except BREAKS:
            raise ValidationError(self.error_messages["invalid_image"], "invalid_image") from None


class ImageForm(BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if known := self.fields.get("file"):
            self.fields["file"] = PictureField(label=known.label, required=known.required, widget=known.widget)

    def clean_file(self):
        """The picture made anew, without where and with what it was taken: originals have a public address. Raises
        ValidationError."""
        file = self.cleaned_data["file"]
        if not file or "file" not in self.changed_data:
            return file
        file.seek(0)  # the field has read one that is large enough to wait on the disk
        content = file.read()
        refuse_viruses(content)
        try:
            _write_anew(file, without_metadata(content))
        except BrokenPictureError:
            raise ValidationError(self.fields["file"].error_messages["invalid_image"], "invalid_image") from None
        return file


def _write_anew(file: UploadedFile, content: bytes) -> None:
    """In its place: what is uploaded with others is kept from the request where its title has to be mended first."""
    file.seek(0)
    file.truncate()
    file.write(content)
    file.flush()
    file.seek(0)
    file.size = len(content)
