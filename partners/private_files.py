"""Files that strangers sent: kept where nothing but a view that knows who may have them hands them out."""

import mimetypes

from django.core.files.storage import storages
from django.http import FileResponse, Http404


def private_storage():
    """The storage below PRIVATE_ROOT."""
    return storages["private"]


def hand_out(file, name: str, media_type: str = "") -> FileResponse:
    """A file as a download: nothing that a stranger sent is opened as a page of this site. Raises Http404 where it is gone.

    `media_type` is guessed from the name where it isn't known.
    """
    try:
        content = file.open("rb")
    except FileNotFoundError:
        raise Http404("The file is gone") from None
    found = media_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = FileResponse(content, as_attachment=True, filename=name, content_type=found)
    # A cache would go on giving it after it was taken back.
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
