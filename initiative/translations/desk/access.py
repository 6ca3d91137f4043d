"""Who sees the translations."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from wagtail.admin.auth import require_admin_access

from initiative.base.rights import written_by
from initiative.translations.models import Translation


def for_writers(view):
    """A view of the admin for those who may write some language."""

    @require_admin_access
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not written_by(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def translation_or_404(pk: int) -> Translation:
    """The translation, of something public, and not the source itself."""
    cells = Translation.objects.select_related("subject__content_type", "owner")
    return get_object_or_404(cells.filter(subject__is_public=True).exclude(state="source"), pk=pk)
