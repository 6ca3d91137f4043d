"""The board, and the same as a file."""

from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from initiative.base import languages
from initiative.base.rights import written_by
from initiative.base.spreadsheet import BYTE_ORDER_MARK, csv_line
from initiative.translations.desk.access import for_writers
from initiative.translations.models import TranslationRequest
from initiative.translations.queries import VIEWS, Board, figures

COLUMNS = [
    "title", "kind", "source_language", "language", "state", "moderation", "words", "words_to_do", "parts_left",
    "since", "requests", "machine_made", "taken_care_of_by", "note", "url",
]  # fmt: skip


def read_board(request, **params) -> Board:
    """The board as the address has it, but for `params`. Who writes one language only begins with that one."""
    written = written_by(request.user)
    return Board(request.GET.dict() | params, request.user, written[0] if len(written) == 1 else "")


@for_writers
@require_safe
def board(request):
    """The board."""
    asked = read_board(request)
    own = written_by(request.user)
    shown = [one for one in figures() if one.total]
    context = {
        "board": asked,
        "columns": [{"code": code, "name": languages.own_name(code), "own": code in own} for code in asked.columns],
        "figures": sorted(shown, key=lambda one: one.language not in own),
        "views": [(value, label) for value, (label, _condition) in VIEWS.items()],
        "language_choices": [(code, languages.language_name(code)) for code in languages.codes()],
        "here": request.get_full_path(),
        # Whoever writes several languages hands out the others rather than the first, which most is written in.
        "into": asked.language or next(iter(own[1:] or own), ""),
        "header_title": _("Translations"),
        "breadcrumbs_items": [{"url": "", "label": _("Translations")}],
        "header_icon": "globe",
    }
    return render(request, "translations/board.html", context)


@for_writers
@require_safe
def export(request):
    """What the board shows, a translation a line, all its pages."""
    asked = read_board(request)
    wishes = TranslationRequest.objects.counts()
    response = StreamingHttpResponse(_lines(asked, wishes, request), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="translations-{timezone.localdate()}.csv"'
    return response


def _lines(asked: Board, wishes, request):
    yield BYTE_ORDER_MARK + csv_line(COLUMNS)
    for cell in asked.every_cell():
        subject = cell.subject
        owner = cell.owner
        yield csv_line(
            [
                subject.title,
                subject.kind_name,
                subject.language,
                cell.language,
                cell.get_state_display(),
                cell.get_review_display(),
                subject.words,
                cell.words_to_do,
                cell.parts_left,
                timezone.localdate(cell.since).isoformat(),
                wishes.get((subject.subject, cell.language), 0),
                "yes" if cell.machine_made else "",
                (owner.get_full_name() or owner.get_username()) if owner else "",
                cell.note,
                request.build_absolute_uri(reverse("translations:translate", args=[cell.pk])),
            ]
        )
