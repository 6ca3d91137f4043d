"""Jobs: translations handed out as a file, and taken in again."""

from dataclasses import asdict

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from initiative.base import languages
from initiative.translations.desk.access import for_writers
from initiative.translations.desk.board import read_board
from initiative.translations.enums import State
from initiative.translations.forms import JobForm
from initiative.translations.jobs.findings import Finding
from initiative.translations.jobs.incoming import take_in
from initiative.translations.jobs.outgoing import MOST, NothingToDo
from initiative.translations.jobs.outgoing import hand_out as handed_out
from initiative.translations.jobs.unit import BrokenFile
from initiative.translations.models import ReceivedJob, Translation

_MOST_DIGITS = 18
_SHOWN = 30


@for_writers
@require_safe
def hand_out(request):
    """A file with what was ticked on the board, or else with all that its filters show."""
    language = request.GET.get("into", "")
    if language not in languages.codes():
        messages.error(request, _("Choose the language to translate into."))
        return redirect("translations:board")
    rows = [
        int(row) for row in request.GET.getlist("row") if row.isascii() and row.isdigit() and len(row) <= _MOST_DIGITS
    ]
    cells = Translation.objects.filter(subject__in=rows, subject__is_public=True, language=language)
    if not rows:
        cells = read_board(request, language=language).cells()
    cells = cells.exclude(state=State.SOURCE).select_related("subject__content_type").order_by("subject__title", "pk")
    form = "xlsx" if request.GET.get("form") == "xlsx" else "xliff"
    try:
        ending, content_type, content = handed_out(cells[: MOST + 1], language, form, "all" not in request.GET)
    except (NothingToDo, BrokenFile) as reason:
        messages.error(request, str(reason))
        return redirect("translations:board")
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="translations-{language}-{timezone.localdate()}.{ending}"'
    return response


@for_writers
@require_http_methods(["GET", "HEAD", "POST"])
def jobs(request):
    """The form for a file that came back, and what came of those before."""
    form = JobForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        ReceivedJob.objects.forget_old()
        job = ReceivedJob.objects.create(
            user=request.user,
            name=form.cleaned_data["file"].name[-200:],
            language=form.language,
            to_moderation=form.cleaned_data["to_moderation"],
            texts=[asdict(text) for text in form.texts],
        )
        take_in(job)
        return redirect("translations:job", job.pk)
    context = {
        "form": form,
        "jobs": ReceivedJob.objects.of(request.user).defer("texts", "findings")[:_SHOWN],
        "header_title": _("Translations that came back"),
        "breadcrumbs_items": [*_crumbs(), {"url": "", "label": _("Translations that came back")}],
        "header_icon": "upload",
    }
    return render(request, "translations/jobs.html", context)


def _crumbs() -> list[dict]:
    return [{"url": reverse("translations:board"), "label": _("Translations")}]


@for_writers
@require_http_methods(["GET", "HEAD", "POST"])
def job(request, pk):
    """What came of a file; and the button to take what of it is good."""
    received = get_object_or_404(ReceivedJob.objects.of(request.user), pk=pk)
    if request.method == "POST":
        take_in(received, only_good=True)
        return redirect("translations:job", pk)
    findings = [Finding(**one) for one in received.findings]
    context = {
        "job": received,
        "problems": [finding for finding in findings if finding.is_problem],
        "remarks": [finding for finding in findings if not finding.is_problem],
        "texts_taken": sum(one["count"] for one in received.taken),
        "is_public": any(one["step"] == "publish" for one in received.taken),
        "header_title": received.name,
        "breadcrumbs_items": [
            *_crumbs(),
            {"url": reverse("translations:jobs"), "label": _("Translations that came back")},
            {"url": "", "label": received.name},
        ],
        "header_icon": "upload",
    }
    return render(request, "translations/job.html", context)
