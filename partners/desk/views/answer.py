"""Answering a reminder from the letter, without signing in."""

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partners.desk.doors import private, speak
from partners.desk.models import Reminder, Representative
from partners.desk.models.reminder import ANSWER
from partners.desk.reporting import report_unchanged
from partners.desk.views.pages import page
from partners.intake.tokens import key_of


@private
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, token):
    """One press says that nothing has changed; the other way leads to the report. Opening the page does nothing."""
    reminders = Reminder.objects.select_related("representative__organisation", "commitment")
    reminder = reminders.filter(key=key_of(token, ANSWER) or "", commitment__live=True).first()
    if reminder is None or not Representative.objects.active().filter(pk=reminder.representative_id).exists():
        raise Http404("No such reminder")
    speak(request, reminder.representative.language)
    submission = None
    if request.method == "POST":
        submission, _now = report_unchanged(reminder.representative, reminder.commitment)
    return page(
        request,
        "answer",
        _("Nothing has changed"),
        organisation=reminder.representative.organisation,
        commitment=reminder.commitment,
        submission=submission,
    )
