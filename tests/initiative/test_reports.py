"""Who runs the site learns of errors, and nothing of whom they happened to."""

import logging
import subprocess
import sys

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail import get_connection
from django.db import IntegrityError
from django.test import Client

from initiative.reports import ErrorLetters, without_persons

TOKEN = "abcdefghijklmnopqrstuv.abcdefghijklmnopqrstuv"
SECRET = "a person's name"
ROW = f"Key (email, name)=(ada@example.org, {SECRET}) already exists."
REFUSED = f'duplicate key value violates unique constraint "user_email"\nDETAIL:  {ROW}\n'


@pytest.fixture
def logger(settings):
    settings.ADMINS = [("", "ops@example.org")]
    made = logging.getLogger("reported")
    made.propagate = False
    handler = ErrorLetters()
    made.addHandler(handler)
    yield made
    made.removeHandler(handler)


def fail(logger):
    name = SECRET
    try:
        raise LookupError(f"No {len(name)} at /en/sign/{TOKEN}/")
    except LookupError:
        logger.exception("%s failed", f"/en/sign/{TOKEN}/?q={SECRET}", extra={"request": "secret"})


def test_a_letter_tells_where_it_happened_once_and_not_to_whom(logger):
    fail(logger)
    fail(logger)
    (letter,) = mail.outbox
    assert letter.to == ["ops@example.org"]
    assert letter.subject == "[localhost] ERROR: /en/sign/…/"
    assert 'raise LookupError(f"No {len(name)} at' in letter.body
    assert "LookupError: No 15 at /en/sign/…/" in letter.body
    assert SECRET not in letter.body
    assert TOKEN not in letter.body
    cache.clear()  # ten minutes later
    fail(logger)
    assert len(mail.outbox) == 2


def test_a_letter_says_nothing_of_the_row_that_a_database_refused(logger):
    try:
        raise IntegrityError(REFUSED)
    except IntegrityError as error:
        logger.exception("Not kept for ada@example.org: %s", error)
    (letter,) = mail.outbox
    assert letter.subject == (
        '[localhost] ERROR: Not kept for …: duplicate key value violates unique constraint "user_email"\\nDETAIL: …'
    )
    assert 'IntegrityError: duplicate key value violates unique constraint "user_email"' in letter.body
    for secret in ("ada@", "example.org)", SECRET, "Key ("):
        assert secret not in letter.body


def test_a_page_that_fails_is_told_of(settings, monkeypatch, db):
    settings.ADMINS = [("", "ops@example.org")]

    def refuse(*_args):
        raise LookupError("a mistake")

    monkeypatch.setattr("initiative.views.reverse", refuse)
    client = Client(raise_request_exception=False)
    assert client.get("/robots.txt?mail=ada@example.org", headers={"Cookie": "desk=secret"}).status_code == 500
    (letter,) = mail.outbox
    assert "LookupError: a mistake" in letter.body
    for secret in ("ada@example.org", "desk=secret", "sessionid"):
        assert secret not in letter.body


def test_a_mail_server_that_is_away_is_no_further_error(logger, settings, monkeypatch):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    monkeypatch.setattr("django.core.mail.get_connection", get_connection)
    fail(logger)


def test_nobody_is_written_to_where_nobody_is_named(logger, settings):
    settings.ADMINS = []
    fail(logger)
    assert mail.outbox == []


def test_what_is_collected_has_no_person_in_it():
    event = {
        "request": {"method": "POST", "url": f"https://x/{TOKEN}", "data": {"name": SECRET}, "cookies": {"a": SECRET},
                    "headers": {"Cookie": SECRET}, "query_string": SECRET, "env": {"REMOTE_ADDR": "192.0.2.1"}},
        "user": {"ip_address": "192.0.2.1"},
        "breadcrumbs": [{"message": SECRET}],
        "exception": {"values": [{"value": f"No {TOKEN}", "stacktrace": {"frames": [{"lineno": 1, "vars": {"a": SECRET}}]}}]},
        "logentry": {"message": f"at {TOKEN}", "params": [SECRET]},
    }  # fmt: skip
    assert without_persons(event) == {
        "request": {"method": "POST"},
        "tags": {"request_id": ""},
        "exception": {"values": [{"value": "No …", "stacktrace": {"frames": [{"lineno": 1}]}}]},
        "logentry": {"message": "at …"},
    }


def test_what_is_collected_says_nothing_of_the_row_that_a_database_refused():
    event = {
        "exception": {"values": [{"value": REFUSED}, {"value": "No ada@example.org"}]},
        "logentry": {"message": f"Not kept: {REFUSED}"},
        "extra": {"sys.argv": ["manage.py", "sign_out", "ada"], "to": "ada@example.org"},
    }
    told = without_persons(event)
    assert [each["value"] for each in told["exception"]["values"]] == [
        'duplicate key value violates unique constraint "user_email"\nDETAIL: …',
        "No …",
    ]
    assert told["logentry"]["message"].endswith("DETAIL: …")
    assert "extra" not in told


def test_an_address_without_the_library_is_said_to_want_it(tmp_path):
    program = "import sys; sys.modules['sentry_sdk'] = None; import django; django.setup()"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"SENTRY_DSN": "https://k@errors.example.org/1", "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "initiative.settings"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "SENTRY_DSN needs requirements-optional.txt" in done.stderr
