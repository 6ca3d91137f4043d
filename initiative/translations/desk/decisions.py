"""What people decide about a translation without writing: who takes care of it, whether it is still right."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from initiative.base import languages
from initiative.base.rights import may_write
from initiative.translations.desk.access import for_writers, translation_or_404
from initiative.translations.difference import word_difference
from initiative.translations.editions import open_edition
from initiative.translations.forms import CareForm
from initiative.translations.models import Subject
from initiative.translations.services import flagged_by_the_last_edit, same_meaning, still_right, take_care
from initiative.translations.tracking import refresh
from initiative.translations.works import label_of


def _back(request, otherwise: str) -> HttpResponseRedirect:
    """To where the form says, on this site."""
    return HttpResponseRedirect(get_valid_next_url_from_request(request) or otherwise)


@for_writers
@require_POST
def care(request, pk):
    """Keep owner and note."""
    cell = translation_or_404(pk)
    if not may_write(request.user, cell.language):
        raise PermissionDenied
    form = CareForm(request.POST, instance=cell)
    if form.is_valid():
        take_care(cell, form.cleaned_data["owner"], form.cleaned_data["note"])
        messages.success(request, _("Kept: who takes care of it, and the note."))
    else:
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
    return _back(request, reverse("translations:translate", args=[pk]))


@for_writers
@require_POST
def right(request, pk):
    """The whole translation is still right as it is."""
    cell = translation_or_404(pk)
    edition = open_edition(cell)
    if edition is None or not edition.may_translate(request.user):
        raise PermissionDenied
    still_right(cell)
    messages.success(request, _("Marked as up to date: “%(title)s” in %(language)s.") % _names(cell))
    return _back(request, reverse("translations:board"))


@for_writers
@require_POST
def source(request, pk):
    """From now on the others are translated from this one."""
    cell = translation_or_404(pk)
    if not may_write(request.user, cell.language) or not may_write(request.user, cell.subject.language):
        raise PermissionDenied
    subject = refresh(cell.subject.subject, source=cell.language)
    if subject is not None and subject.language == cell.language:
        messages.success(request, _("“%(title)s” is translated from %(language)s now.") % _names(cell))
    else:
        messages.error(request, _("It has to be published in that language first."))
    return _back(request, reverse("translations:board"))


def _names(cell) -> dict:
    return {"title": cell.subject.title, "language": languages.language_name(cell.language)}


@for_writers
@require_http_methods(["GET", "HEAD", "POST"])
def meaning(request, pk):
    """What the last edit of the source changed, and the button that says it doesn't matter."""
    subject = get_object_or_404(Subject, pk=pk, is_public=True)
    if not may_write(request.user, subject.language):
        raise PermissionDenied
    if request.method == "POST":
        kept = same_meaning(subject.subject)
        say_kept(request, kept)
        return _back(request, reverse("translations:board"))
    refresh(subject.subject)
    subject.refresh_from_db()
    changes = [
        {
            "label": label_of(subject, path),
            "pieces": word_difference(before or "", subject.texts.get(path, "")),
        }
        for path, before in subject.last_edit.items()
    ]
    context = {
        "subject": subject,
        "changes": changes,
        "flagged": [languages.own_name(cell.language) for cell in flagged_by_the_last_edit(subject)],
        "source": {"code": subject.language, "dir": languages.direction(subject.language)},
        "header_title": subject.title,
        "breadcrumbs_items": [
            {"url": reverse("translations:board"), "label": _("Translations")},
            {"url": "", "label": subject.title},
        ],
        "header_icon": "globe",
    }
    return render(request, "translations/meaning.html", context)


def say_kept(request, count: int) -> None:
    """Tell how many translations stay as right as they were."""
    messages.success(
        request,
        ngettext("%(count)d translation stays up to date.", "%(count)d translations stay up to date.", count)
        % {"count": count},
    )
