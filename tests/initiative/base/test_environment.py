import stat
from datetime import time

import pytest
from django.core.exceptions import ImproperlyConfigured

from initiative.base import environment


@pytest.mark.parametrize(("value", "read"), [("1", True), ("Yes", True), ("0", False), ("", False), ("off", False)])
def test_flag(monkeypatch, value, read):
    monkeypatch.setenv("SOME_FLAG", value)
    assert environment.flag("SOME_FLAG", default=not read) is read


def test_values_that_make_no_sense_are_named(monkeypatch):
    monkeypatch.setenv("SOME", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="SOME is 'perhaps'; it must be 1 or 0"):
        environment.flag("SOME")
    with pytest.raises(ImproperlyConfigured, match="must be a whole number"):
        environment.number("SOME", 3)
    for value in ("-1", "11"):
        monkeypatch.setenv("SOME", value)
        with pytest.raises(ImproperlyConfigured, match=rf"SOME is '{value}'; it must be a whole number from 0 to 10\."):
            environment.number("SOME", 3, most=10)
    monkeypatch.setenv("SOME", "10")
    assert environment.number("SOME", 3, most=10) == 10
    monkeypatch.setenv("SOME", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="must start with sqlite:// or postgres://"):
        environment.database("SOME", "")


def test_a_time_of_the_day(monkeypatch):
    assert environment.clock("SOME") is None
    monkeypatch.setenv("SOME", "03:15")
    assert environment.clock("SOME") == time(3, 15)
    for value in ("24:00", "3", "03:15:00", "night"):
        monkeypatch.setenv("SOME", value)
        with pytest.raises(ImproperlyConfigured, match=rf"SOME is '{value}'; it must be a time such as 03:15\."):
            environment.clock("SOME")


def test_some_of_the_words_that_are_known(monkeypatch):
    known = ("backup", "warm")
    assert environment.some("SOME", known, "warm") == ["warm"]
    monkeypatch.setenv("SOME", "warm, backup,")
    assert environment.some("SOME", known) == ["warm", "backup"]
    monkeypatch.setenv("SOME", "")
    assert environment.some("SOME", known, "warm") == []
    monkeypatch.setenv("SOME", "warm,backups")
    with pytest.raises(ImproperlyConfigured, match=r"SOME has backups; it may have backup, warm\."):
        environment.some("SOME", known)


@pytest.mark.parametrize(
    "value", ["ftp://x.example", "x.example", "https://", "https://x.example/?a=1", "javascript:x"]
)
def test_an_address_of_the_web(monkeypatch, value):
    assert environment.address("SOME") == ""
    monkeypatch.setenv("SOME", "https://x.example:5000/translate/")
    assert environment.address("SOME") == "https://x.example:5000/translate"
    monkeypatch.setenv("SOME", value)
    with pytest.raises(ImproperlyConfigured, match=r"SOME is .* must be an address"):
        environment.address("SOME")


def test_a_secret_may_come_from_a_file(monkeypatch, tmp_path):
    path = tmp_path / "secret"
    path.write_text("kept apart\n")
    monkeypatch.setenv("SOME_FILE", str(path))
    assert environment.text("SOME") == "kept apart"
    monkeypatch.setenv("SOME", "what is there without a file")
    assert environment.text("SOME") == "kept apart"
    monkeypatch.setenv("SOME_FILE", "")
    assert environment.text("SOME") == "what is there without a file"
    monkeypatch.setenv("SOME_FILE", str(tmp_path / "none"))
    with pytest.raises(ImproperlyConfigured, match="can't be read"):
        environment.text("SOME")


def test_postgresql_from_an_address(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://site:p%40ss@db.example:5433/four")
    database = environment.database("DATABASE_URL", "")
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert [database[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "site",
        "p@ss",
        "db.example",
        "5433",
        "four",
    ]


def test_a_secret_key_is_made_once_and_only_its_owner_reads_it(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    path = tmp_path / "new" / "secret_key"
    key = environment.secret_key("SECRET_KEY", path)
    assert len(key) == 50
    assert environment.secret_key("SECRET_KEY", path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_written_is_named(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    (tmp_path / "var").write_text("a file, not a folder")
    with pytest.raises(ImproperlyConfigured, match="var"):
        environment.secret_key("SECRET_KEY", tmp_path / "var" / "secret_key")


def test_what_an_address_of_postgresql_asks_of_the_connection_is_kept(monkeypatch):
    monkeypatch.setenv("SOME", "postgres://db.example/four?sslmode=require&connect_timeout=9")
    database = environment.database("SOME", "")
    assert database["NAME"] == "four"
    assert database["OPTIONS"] == {"sslmode": "require", "connect_timeout": "9", "options": "-c jit=off"}
    assert database["DISABLE_SERVER_SIDE_CURSORS"] is False
    monkeypatch.setenv("SOME", "postgres://db.example/four?pooled=1")  # a pooler takes none
    pooled = environment.database("SOME", "")
    assert pooled["OPTIONS"] == {"connect_timeout": "5", "options": ""}
    assert pooled["DISABLE_SERVER_SIDE_CURSORS"] is True
    monkeypatch.setenv("SOME", "postgres://db.example/four?pooled=perhaps")
    with pytest.raises(ImproperlyConfigured, match="pooled of SOME is 'perhaps'"):
        environment.database("SOME", "")
    monkeypatch.setenv("SOME", "postgres://db.example:http/four")
    with pytest.raises(ImproperlyConfigured, match="port of SOME"):
        environment.database("SOME", "")


def test_one_of_a_few_words(monkeypatch):
    monkeypatch.delenv("SOME", raising=False)
    assert environment.choice("SOME", ("text", "json")) == "text"
    monkeypatch.setenv("SOME", "json")
    assert environment.choice("SOME", ("text", "json")) == "json"
    monkeypatch.setenv("SOME", "xml")
    with pytest.raises(ImproperlyConfigured, match="one of text, json"):
        environment.choice("SOME", ("text", "json"))


def test_a_password_of_postgresql_may_stand_in_a_file_of_its_own(monkeypatch, tmp_path):
    (tmp_path / "password").write_text("soil\n")
    monkeypatch.setenv("DATABASE_PASSWORD_FILE", str(tmp_path / "password"))
    monkeypatch.setenv("SOME", "postgres://site@db.example/four")
    assert environment.database("SOME", "")["PASSWORD"] == "soil"
    monkeypatch.setenv("SOME", "postgres://site:other@db.example/four")
    assert environment.database("SOME", "")["PASSWORD"] == "other"


def test_flags_and_numbers_may_come_from_files_too(monkeypatch, tmp_path):
    path = tmp_path / "value"
    monkeypatch.setenv("SOME_FILE", str(path))
    path.write_text("1\n")
    assert environment.flag("SOME") is True
    assert environment.number("SOME", 7) == 1
    path.write_text("perhaps")
    with pytest.raises(ImproperlyConfigured, match="SOME is 'perhaps'"):
        environment.flag("SOME", default=True)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "redis://:p%40ss@redis.example:6379/0",
        "rediss://redis.example?ssl_ca_certs=/a",
        "unix:///run/redis/redis.sock?db=1",
    ],
)
def test_redis_from_an_address(monkeypatch, url):
    monkeypatch.setenv("SOME", url)
    assert environment.redis("SOME") == url
    monkeypatch.delenv("SOME")
    assert environment.redis("SOME") == ""


@pytest.mark.parametrize(
    "url",
    [
        "redis.example:6379",
        "redis:redis.example",
        "REDIS://:secret@redis.example",
        "http://:secret@redis.example",
        "redis://",
        "redis://[::1",
        "redis://:secret@redis.example/limits",
        "redis://:secret@redis.example?db=1",
        "redis://:secret@redis.example?ssl_cert_reqs=none",
        "rediss://:secret@redis.example?socket_timeout=30",
        "redis://user:12/secret@redis.example",
        "redis://:secret@redis.example#1",
        "unix://run/redis.sock",
        "unix:///",
        "unix:///run/redis.sock?db=x",
    ],
)
def test_redis_that_makes_no_sense_is_told_so_without_its_password(monkeypatch, url):
    monkeypatch.setenv("SOME", url)
    with pytest.raises(ImproperlyConfigured, match="SOME must be redis://") as raised:
        environment.redis("SOME")
    assert "secret" not in str(raised.value)


def test_a_port_of_redis_that_is_none(monkeypatch):
    monkeypatch.setenv("SOME", "redis://:secret@redis.example:x")
    with pytest.raises(ImproperlyConfigured, match="port of SOME is no port"):
        environment.redis("SOME")


SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.mark.parametrize(
    ("url", "mail"),
    [
        ("console:", ("django.core.mail.backends.console.EmailBackend", "", 25, "", "", False, False)),
        ("smtp://mail.example", (SMTP, "mail.example", 25, "", "", False, False)),
        ("smtp://site:p%40ss@mail.example:2525?tls=1", (SMTP, "mail.example", 2525, "site", "p@ss", True, False)),
        ("smtp://mail.example?tls=1", (SMTP, "mail.example", 587, "", "", True, False)),
        ("smtp://mail.example?ssl=1", (SMTP, "mail.example", 465, "", "", False, True)),
    ],
)
def test_mail_from_an_address(monkeypatch, url, mail):
    monkeypatch.setenv("SOME", url)
    assert environment.email("SOME", "console:") == mail
    monkeypatch.delenv("SOME")
    assert environment.email("SOME", url) == mail


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("", "must be console: or smtp://"),
        ("imap://mail.example", "must be console: or smtp://"),
        ("smtp://", "must be console: or smtp://"),
        ("smtp://a:secret@mail.example?tls=perhaps", "tls of SOME is 'perhaps'"),
        ("smtp://a:secret@mail.example?tls=1&ssl=1", "both tls and ssl"),
        ("smtp://a:secret@mail.example?starttls=1", "has starttls"),
        ("smtp://a:secret@mail.example:x", "port of SOME"),
    ],
)
def test_mail_that_makes_no_sense_is_named_without_its_password(monkeypatch, url, fault):
    monkeypatch.setenv("SOME", url)
    with pytest.raises(ImproperlyConfigured, match=fault) as raised:
        environment.email("SOME", "console:")
    assert "secret" not in str(raised.value)
