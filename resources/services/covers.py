"""Covers made from what is kept here."""

import hashlib
from io import BytesIO

from django.core.files.images import ImageFile
from django.utils.text import slugify
from django.utils.translation import gettext
from wagtail.images import get_image_model


def keep_first_page(document, page: bytes, user=None):
    """The picture (PNG) of a document's first page as an image of the site, in the document's collection.

    The same picture is kept once: a form that saves itself as somebody writes asks for it again and again.
    """
    images, digest = get_image_model().objects, hashlib.sha1(page, usedforsecurity=False).hexdigest()
    if kept := images.filter(file_hash=digest, collection=document.collection).first():
        return kept
    title = gettext("First page of %(document)s") % {"document": document.title}
    return images.create(
        title=title[:255],
        file=ImageFile(BytesIO(page), name=f"{slugify(document.title)[:60] or 'cover'}-1.png"),
        file_hash=digest,
        file_size=len(page),
        collection=document.collection,
        uploaded_by_user=user,
    )
