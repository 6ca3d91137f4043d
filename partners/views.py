"""What of the partners' room only the secretariat is handed."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.admin.auth import permission_denied

from partners.models import Evidence
from partners.private_files import hand_out


def evidence(request, pk: int) -> HttpResponse:
    """A file of a report in whatever state, for those who may see reports in the admin."""
    if not request.user.has_perm("partners.view_progressreport"):
        return permission_denied(request)
    found = get_object_or_404(Evidence.objects.exclude(file=""), pk=pk)
    return hand_out(found.file, found.file_name)
