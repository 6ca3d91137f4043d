"""Errors are told to whoever runs the site: by e-mail, or to a server that collects them (Sentry's protocol).

Where it happened goes out, and nothing of whom it happened to: no address, form, cookie or header of a request, no value of a
variable, no token, no e-mail address, and not what a database says of a row.
"""

import traceback
from functools import partial

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.utils.log import AdminEmailHandler
from django.views.debug import ExceptionReporter

from initiative.base.logs import nameless, request_id

# One letter about the same place in the code, from each process.
_QUIET = 600  # seconds


class BareReporter(ExceptionReporter):
    """A traceback with lines of code alone."""

    def get_traceback_text(self):
        if self.exc_value is None:
            return ""
        return nameless("".join(traceback.format_exception(self.exc_type, self.exc_value, self.tb)))


class ErrorLetters(AdminEmailHandler):
    """Sends errors to ADMINS beside the request; a server that doesn't take them is no reason for another error."""

    def __init__(self):
        super().__init__(reporter_class="initiative.reports.BareReporter")

    def emit(self, record):
        if not settings.ADMINS or not cache.add(f"reported-{_place(record)}", True, _QUIET):
            return
        from initiative.letters.delivery import do_beside

        # What is said of a request is where it led to, which stands in the traceback, too.
        record.request = None
        record.msg, record.args = nameless(record.getMessage()).partition("?")[0], ()
        do_beside(partial(super().emit, record))

    def format_subject(self, subject):
        # Nothing is said of internal addresses: there is no request.
        return super().format_subject(subject.replace(" (EXTERNAL IP)", ""))


def start_collecting() -> None:
    """Report errors to SENTRY_DSN. Raises ImproperlyConfigured without sentry-sdk."""
    try:
        import sentry_sdk
    except ImportError as error:
        raise ImproperlyConfigured("SENTRY_DSN needs requirements-optional.txt installed.") from error
    sentry_sdk.init(
        settings.SENTRY_DSN,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        max_breadcrumbs=0,
        before_send=without_persons,
        server_name="",
    )


def without_persons(event: dict, _hint: dict | None = None) -> dict:
    """An event of Sentry's with nothing of who asked; the request's id finds its lines in the log."""
    request = event.pop("request", None) or {}
    event.pop("user", None)
    event.pop("breadcrumbs", None)
    event.pop("extra", None)  # what a command was given, and what was put into a line of the log
    event["request"] = {"method": request["method"]} if "method" in request else {}
    event.setdefault("tags", {})["request_id"] = request_id.get()
    for each in event.get("exception", {}).get("values", ()):
        each["value"] = nameless(each.get("value") or "")
        for frame in each.get("stacktrace", {}).get("frames", ()):
            frame.pop("vars", None)
    if entry := event.get("logentry"):
        event["logentry"] = {"message": nameless(entry.get("message") or "")}
    return event


def _place(record) -> str:
    frames = traceback.extract_tb(record.exc_info[2]) if record.exc_info and record.exc_info[2] else ()
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else f"{record.pathname}:{record.lineno}"
