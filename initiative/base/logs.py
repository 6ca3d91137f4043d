"""What logs hold: a line for each thing, with the request it belongs to. And what they never hold: the secret part of an
address, an e-mail address, or what a database tells of somebody's row."""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

from django.conf import settings
from gunicorn.glogging import Logger

# As `partners.intake.tokens` and `initiative.follow.links` make them, and as Django does for a new password.
_SECRET = re.compile(r"(?<![\w-])(?:[\w-]{22}\.(?:[\w-]{43}|[\w-]{22})|[0-9a-z]{6,7}-[0-9a-f]{32})(?![\w-])")
# What may stand before the @ is looked at once, from where it begins: a long text without one costs no more than its length.
_LOCAL = r"""[^\s@<>"“”«»(),:;\[\]\\]"""
_EMAIL = re.compile(
    rf"""(?:"[^"\n]{{1,64}}"|(?<!{_LOCAL}){_LOCAL}+)(?:@|%40)(?:(?:[\w-]+\.)+[^\W\d_][\w-]*|\[[\da-fA-F:.]+\])"""
)
# Below the first line of an error PostgreSQL quotes rows, and statements with what was put into them, over several lines.
_OF_A_ROW = re.compile(
    r"\b(DETAIL|CONTEXT|QUERY|STATEMENT|LINE \d+):.*?(?=\nHINT:|\n\n(?:The above|During handling) |\nTraceback \(|\Z)",
    re.DOTALL,
)
# In the first line it quotes what it couldn't read, as Python and Django do.
_UNREAD = re.compile(
    r'\b((?:invalid (?:input|literal)|out of range|malformed)[^:\n]*: |expected an? \w+ but got )(?:"[^"]*"|[^\n]+)'
)
MASK = "…"


def mask(text: str) -> str:
    """The text with every secret token left out."""
    return _SECRET.sub(MASK, text)


def nameless(text: str) -> str:
    """The same without e-mail addresses, and without what errors of a database say of rows and values."""
    text = _OF_A_ROW.sub(rf"\1: {MASK}", mask(text))
    return _EMAIL.sub(MASK, _UNREAD.sub(rf"\1{MASK}", text))


class WithoutSecrets(logging.Filter):
    """Leaves tokens out of messages and of what is put into them."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.msg, str):
            record.msg = mask(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(mask(arg) if isinstance(arg, str) else arg for arg in record.args)
        return True


class PlainLines(logging.Formatter):
    """Text, for people; nobody is named by an error or its traceback either."""

    def format(self, record: logging.LogRecord) -> str:
        return nameless(super().format(record))


class ServerLog(Logger):
    """gunicorn's log, without secrets in the addresses and referrers of its access log, and in what it says of errors that the
    application didn't see."""

    def setup(self, cfg):
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(PlainLines(self.error_fmt, self.datefmt))

    def atoms(self, *args, **kwargs):
        return {
            name: mask(value) if isinstance(value, str) else value
            for name, value in super().atoms(*args, **kwargs).items()
        }


# What a line of the log belongs to; empty outside requests.
request_id: ContextVar[str] = ContextVar("request_id", default="")


class WithRequest(logging.Filter):
    """Gives each record the id of the request during which it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class HalfWritten(logging.Filter):
    """Makes a note, and no warning, of a form of the admin that was kept while somebody writes in it and isn't whole yet:
    Wagtail's script asks for JSON and is answered 400, twice a second at most."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if getattr(record, "status_code", None) == 400 and request is not None and _keeps_a_form(request):
            record.levelno, record.levelname = logging.INFO, logging.getLevelName(logging.INFO)
        return True


def _keeps_a_form(request) -> bool:
    return (
        request.method == "POST"
        and request.path.startswith(f"/{settings.ADMIN_PATH}/")
        and not request.accepts("text/html")
        and request.accepts("application/json")
    )


class JsonLines(logging.Formatter):
    """A JSON object a line: for machines that collect logs. What `extra=` says comes along."""

    _KNOWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request_id", "request", "taskName"}

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": nameless(record.getMessage()),
        }
        if told := getattr(record, "request_id", ""):
            line["request_id"] = told
        for name, value in vars(record).items():
            if name not in self._KNOWN:
                line[name] = nameless(value) if isinstance(value, str) else value
        if record.exc_info:
            line["traceback"] = nameless(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=lambda value: nameless(str(value)))
