"""Secret addresses open what they are for, and don't stand in logs."""

import base64
import logging
import sys

from initiative.base.logs import WithoutSecrets
from initiative.base.secret_keys import hmacs
from partners.intake.tokens import key_of, new_key, token


def test_a_token_is_for_one_purpose():
    key = new_key()
    assert key_of(token(key, "write"), "write") == key
    assert key_of(token(key, "read"), "write") is None
    assert key_of(key, "write") is None
    assert key_of(f"{key}.", "write") is None
    assert key_of("", "write") is None
    assert len({new_key() for _ in range(50)}) == 50


def test_a_token_is_an_hmac_of_sha_256_and_a_key_of_128_bits_or_more():
    assert [each.name for each in hmacs("write", "key")] == ["hmac-sha256"]
    assert len(base64.urlsafe_b64decode(f"{new_key()}==")) * 8 == 128
    digest = base64.urlsafe_b64decode(f"{token(new_key(), 'write').partition('.')[2]}==")
    assert len(digest) * 8 == 128
    assert key_of(token(new_key(), "write").replace(".", "!"), "write") is None


def test_a_link_from_before_a_new_secret_key_opens_as_long_as_the_old_one_is_named(settings):
    key = new_key()
    before = token(key, "write")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = ["older still", settings.SECRET_KEY], "the new one"
    now = token(key, "write")
    assert now != before
    assert key_of(before, "write") == key_of(now, "write") == key
    assert key_of(before, "read") is None
    settings.SECRET_KEY_FALLBACKS = []
    assert (key_of(before, "write"), key_of(now, "write")) == (None, key)


def test_logs_leave_tokens_out(caplog):
    secret = token(new_key(), "write")
    record = logging.LogRecord(
        "x", logging.WARNING, "", 1, "Not Found: %s %d", (f"/fr/candidature/{secret}/check/", 3), None
    )
    assert WithoutSecrets().filter(record)
    assert record.getMessage() == "Not Found: /fr/candidature/…/check/ 3"
    record = logging.LogRecord("x", logging.WARNING, "", 1, f"at /{secret}/", None, None)
    WithoutSecrets().filter(record)
    assert record.getMessage() == "at /…/"


def test_the_site_logs_through_it(settings):
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["without_secrets", "with_request"]


def test_the_server_logs_without_them(settings):
    from datetime import timedelta
    from types import SimpleNamespace

    from gunicorn.config import Config

    from initiative.base.logs import ServerLog

    secret = token(new_key(), "write")
    asked = {"REQUEST_METHOD": "GET", "RAW_URI": f"/en/application/{secret}/", "SERVER_PROTOCOL": "HTTP/1.1"}
    answer = SimpleNamespace(status="200 OK", sent=5, headers=[])
    request = SimpleNamespace(headers=[("REFERER", f"http://localhost/en/application/{secret}/")])
    atoms = ServerLog(Config()).atoms(answer, request, {**asked, "HTTP_REFERER": f"http://x/{secret}/"}, timedelta(0))
    assert atoms["r"] == "GET /en/application/…/ HTTP/1.1"
    assert secret not in str(atoms)


def test_the_server_tells_of_errors_without_them():
    from gunicorn.config import Config

    from initiative.base.logs import ServerLog

    secret = token(new_key(), "write")
    log = ServerLog(Config())
    record = log.error_log.makeRecord(
        "gunicorn.error", logging.ERROR, "", 1, "Error handling request %s %s", ("GET", f"/en/{secret}/"), None
    )
    try:
        raise ValueError(f"No {secret} of ada@example.org")
    except ValueError:
        record.exc_info = sys.exc_info()
    for handler in log.error_log.handlers:
        told = handler.format(record)
        assert "[ERROR] Error handling request GET /en/…/\n" in told
        assert told.endswith("ValueError: No … of …")
