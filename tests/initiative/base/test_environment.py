import stat

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
    with pytest.raises(ImproperlyConfigured, match="must start with sqlite:// or postgres://"):
        environment.database("SOME", "")


def test_a_secret_may_come_from_a_file(monkeypatch, tmp_path):
    path = tmp_path / "secret"
    path.write_text("kept apart\n")
    monkeypatch.setenv("SOME_FILE", str(path))
    assert environment.text("SOME") == "kept apart"
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
