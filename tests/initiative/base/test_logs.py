"""Lines that machines read, each with the request it belongs to, none with a secret."""

import json
import logging
import sys
from logging.config import DictConfigurator

import pytest
from django.conf import settings
from django.db import DataError, IntegrityError
from django.http import HttpResponse
from django.utils.log import log_response

from initiative.base.logs import JsonLines, WithoutSecrets, WithRequest, nameless, request_id

SECRET = f"{'a' * 22}.{'b' * 22}"


@pytest.fixture
def line():
    """What is written of a record."""

    def written(message, *args, **more) -> dict:
        record = logging.makeLogRecord(
            {"name": "a.log", "levelname": "WARNING", "msg": message, "args": args, "created": 0.5, **more}
        )
        for each in (WithoutSecrets(), WithRequest()):
            each.filter(record)
        text = JsonLines().format(record)
        assert "\n" not in text
        return json.loads(text)

    return written


@pytest.mark.parametrize(
    ("method", "path", "accepted", "status", "level"),
    [
        ("post", "/admin/pages/7/edit/", "application/json", 400, "INFO"),
        ("post", "/admin/pages/7/edit/", "text/html,*/*", 400, "WARNING"),
        ("post", "/admin/pages/7/edit/", "application/json", 403, "WARNING"),
        ("get", "/admin/pages/7/edit/", "application/json", 400, "WARNING"),
        ("post", "/en/application/", "application/json", 400, "WARNING"),
    ],
)
def test_a_form_that_is_kept_half_written_is_no_warning(rf, caplog, method, path, accepted, status, level):
    request = getattr(rf, method)(path, headers={"Accept": accepted})
    log_response("%s: %s", "Refused", path, response=HttpResponse(status=status), request=request)
    assert [record.levelname for record in caplog.records] == [level]


def test_a_line_says_when_where_and_what(line):
    assert line("Soil of %s\nis alive: terre française", "Ada", place="Bonn") == {
        "time": "1970-01-01T00:00:00.500+00:00",
        "level": "WARNING",
        "logger": "a.log",
        "message": "Soil of Ada\nis alive: terre française",
        "place": "Bonn",
    }


def test_it_has_the_id_of_its_request_and_none_outside(line):
    mark = request_id.set("1234-abcd")
    assert line("Soil")["request_id"] == "1234-abcd"
    request_id.reset(mark)
    assert "request_id" not in line("Soil")


@pytest.mark.parametrize("secret", [SECRET, f"{'a' * 22}.{'-' * 43}", f"c9abc1-{'0' * 32}"])
def test_what_went_wrong_is_in_the_same_line_without_secrets(line, secret):
    try:
        raise ValueError(f"/en/application/{secret}/")
    except ValueError:
        told = line("A %s", secret, exc_info=sys.exc_info())
    assert told["message"] == "A …"
    assert told["traceback"].endswith("ValueError: /en/application/…/")


@pytest.mark.parametrize("kind", ["text", "json"])
@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            IntegrityError(
                'duplicate key value violates unique constraint "auth_user_email"\n'
                "DETAIL:  Key (email)=(ada@example.org) already exists.\n"
            ),
            'duplicate key value violates unique constraint "auth_user_email"',
        ),
        (
            IntegrityError(
                'null value in column "slug" violates not-null constraint\n'
                "DETAIL:  Failing row contains (7, Ada\nLoam, null).\n"
            ),
            'null value in column "slug" violates not-null constraint',
        ),
        (
            DataError('invalid input syntax for type integer: "Ada\nLoam"\nLINE 1: … "name" = \'Ada Loam\'\n     ^\n'),
            "invalid input syntax for type integer: …",
        ),
        (ValueError("Field 'id' expected a number but got 'Ada Loam'."), "Field 'id' expected a number but got …"),
    ],
    ids=["key", "row", "statement", "value"],
)
def test_what_a_database_says_of_somebodys_row_is_in_no_line(kind, error, words):
    """Neither where it is raised, nor in a message that has it inside, nor beside it."""
    made = DictConfigurator(settings.LOGGING).configure_formatter(dict(settings.LOGGING["formatters"][kind]))
    try:
        try:
            raise error
        except type(error) as cause:
            raise LookupError("later") from cause
    except LookupError:
        record = logging.makeLogRecord(
            {
                "msg": "Not written: %s",
                "args": (error,),
                "exc_info": sys.exc_info(),
                "why": error,
                "to": "ada@example.org",
            }
        )
    text = made.format(record)
    told = json.loads(text)["message"] if kind == "json" else text
    assert f"Not written: {words}" in told
    assert "LookupError: later" in text
    for name in ("Ada", "ada", "Loam", "example.org"):
        assert name not in text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("to ada@example.org, <eve.o'hara+x@sub.example.org>", "to …, <…>"),
        ("“ada@exämple.org” 'ada@[192.0.2.1]' \"ada loam\"@example.org", "“…” …' …"),
        ("GET /en/x/?email=ada%40example.org&page=2", "GET …&page=2"),
        ("postgresql://site:secret@db.example.org/site", "postgresql://site:…/site"),
        ("@property in python@3.11/site.py, 4 @ 1000", "@property in python@3.11/site.py, 4 @ 1000"),
        ("a\nDETAIL:  Ada\nLoam\nHINT:  Look there.", "a\nDETAIL: …\nHINT:  Look there."),
    ],
)
def test_addresses_and_rows_are_left_out_and_all_else_stays(text, told):
    assert nameless(text) == told


@pytest.mark.parametrize(
    ("behind_proxy", "given", "is_taken"),
    [
        (True, "0f1e2d3c4b5a6978", True),
        (False, "0f1e2d3c4b5a6978", False),
        (True, "short", False),
        (True, "a\nb" * 9, False),
        (True, "x" * 65, False),
    ],
)
def test_a_request_has_the_id_that_a_known_proxy_gave_it(client, settings, caplog, behind_proxy, given, is_taken):
    settings.BEHIND_PROXY = behind_proxy
    caplog.handler.addFilter(WithRequest())
    with caplog.at_level("INFO", logger="initiative.requests"):
        client.get("/healthz?q=what+somebody+searched", headers={"X-Request-ID": given})
    (record,) = (record for record in caplog.records if record.name == "initiative.requests")
    assert (record.request_id == given) is is_taken
    assert len(record.request_id) >= 16
    assert record.getMessage() == "GET /healthz 200"
    assert "searched" not in JsonLines().format(record)
    assert request_id.get() == ""


def test_the_secret_in_an_address_is_not_in_its_line(client, site, caplog):
    with caplog.at_level("INFO", logger="initiative.requests"):
        client.get(f"/en/application/{SECRET}/")
    assert "GET /en/application/…/ 404" in caplog.messages
