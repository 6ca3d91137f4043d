import ast
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError, ProgrammingError

from initiative import preflight
from initiative.preflight import CannotStart


@pytest.fixture
def busy_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def serve(*arguments, python=(), **environment):
    """Run `manage.py serve` to its refusal; returns the exit code and all it said."""
    ended = subprocess.run(
        [sys.executable, *python, str(preflight.BASE_DIR / "manage.py"), "serve", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return ended.returncode, ended.stdout + ended.stderr


def test_a_missing_module_is_one_sentence_even_when_it_is_django_itself(tmp_path):
    # -S hides everything pip installed.
    assert serve("--port", "8000", python=["-S"], DATA_DIR=str(tmp_path)) == (
        1,
        "The Python module babel is missing: make the environment anew with rm -rf .venv && make run\n",
    )


def test_the_modules_asked_for_are_the_packages_of_requirements_in():
    asked = (preflight.BASE_DIR / "requirements.in").read_text(encoding="utf-8")
    lines = [line.partition("#")[0].strip() for line in asked.splitlines()]
    names = {line.split("[")[0].split("~")[0].split("=")[0] for line in lines if line}
    modules = {"PIL": "pillow", "psycopg2": "psycopg2-binary", "yaml": "PyYAML", "babel": "Babel", "csp": "django-csp"}
    modules |= {"bs4": "beautifulsoup4", "citeproc": "citeproc-py", "fpdf": "fpdf2", "ninja": "django-ninja"}
    modules |= {"django_htmx": "django-htmx", "django_otp": "django-otp", "modeltranslation": "django-modeltranslation"}
    modules["Stemmer"] = "PyStemmer"
    assert {modules.get(module, module) for module in preflight.MODULES} == names | {"brotli"}


def test_what_the_code_imports_is_asked_for():
    imported = set()
    for folder in ("initiative", "resources", "committee", "partners"):
        for source in (preflight.BASE_DIR / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    imported |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom):
                    imported.add(node.module.partition(".")[0])
    foreign = imported - sys.stdlib_module_names - {"initiative", "resources", "committee", "partners"}
    # Wagtail brings modelcluster and django_tasks, fpdf2 fontTools; the debug toolbar is for developers,
    # and the settings do without. What requirements-optional.txt brings is asked for where a setting wants it.
    optional = {"botocore", "sentry_sdk", "storages"}
    assert foreign - set(preflight.MODULES) - optional == {"debug_toolbar", "django_tasks", "fontTools", "modelcluster"}


def test_a_module_missing_further_in_is_one_sentence(capsys):
    with pytest.raises(SystemExit) as ended, preflight.one_sentence():
        raise ModuleNotFoundError("No module named 'willow.plugins'", name="willow.plugins")
    assert (
        ended.value.code
        == "The Python module willow.plugins is missing: make the environment anew with rm -rf .venv && make run"
    )


def test_a_mistake_in_our_own_code_keeps_its_traceback():
    with pytest.raises(ModuleNotFoundError), preflight.one_sentence():
        raise ModuleNotFoundError("No module named 'initiative.gone'", name="initiative.gone")


def test_a_setting_that_makes_no_sense_is_one_sentence(tmp_path, free_port):
    assert serve("--port", str(free_port), DATA_DIR=str(tmp_path), DEBUG="perhaps") == (
        1,
        "DEBUG is 'perhaps'; it must be 1 or 0.\n",
    )


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            OperationalError("no such table: auth_user"),
            "The database isn’t as this version needs it: run manage.py migrate.",
        ),
        (
            ProgrammingError('relation "auth_user" does not exist\nLINE 1: …'),
            "The database isn’t as this version needs it",
        ),
        (
            OperationalError("connection refused\nIs it running?"),
            "The database doesn’t do what was asked: connection refused (",
        ),
    ],
)
def test_a_database_that_is_not_there_or_empty_is_one_sentence(error, told):
    with pytest.raises(SystemExit) as ended, preflight.one_sentence():
        raise error
    assert ended.value.code.startswith(told)


def test_a_mistake_in_sql_keeps_its_traceback():
    with pytest.raises(ProgrammingError), preflight.one_sentence():
        raise ProgrammingError('column "gone" does not exist')


def test_interrupting_is_quiet(capsys):
    with pytest.raises(SystemExit) as ended, preflight.one_sentence():
        raise KeyboardInterrupt
    assert ended.value.code == 130
    assert capsys.readouterr() == ("", "")


def test_a_port_in_use_is_one_sentence(tmp_path, busy_port):
    assert serve("--port", str(busy_port), DATA_DIR=str(tmp_path)) == (
        1,
        f"Port {busy_port} is in use by another program: stop that one, "
        f"or use another port with PORT={busy_port + 1} make run\n",
    )


def test_a_data_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    # A file in its place: root, who may write anywhere, can't get past that either.
    place = tmp_path / "var"
    place.write_text("not a folder", encoding="utf-8")
    assert serve("--port", "8000", DATA_DIR=str(place)) == (
        1,
        f"The folder {place} cannot be written (a file stands in its place): make it writable for this user, "
        "or name another with DATA_DIR=/path/to/folder make run\n",
    )


def test_a_folder_within_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CannotStart, match="Not a directory"):
        preflight.require_folder(tmp_path / "file" / "var")


def test_a_folder_that_is_not_there_is_made_and_left_empty(tmp_path):
    preflight.require_folder(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_a_file_of_another_user_is_refused(tmp_path, monkeypatch):
    file = tmp_path / "db.sqlite3"
    preflight.require_writable(file)  # not there yet: nothing to refuse
    file.write_text("", encoding="utf-8")
    preflight.require_writable(file)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(CannotStart, match=r"db\.sqlite3 belongs to another user"):
        preflight.require_writable(file)


@pytest.mark.parametrize("text", ["", "0", "65536", "80a", "-1", "٨٠٠٠", "8000 "])
def test_what_is_no_port_is_refused(text):
    with pytest.raises(CannotStart, match="it must be a number from 1 to 65535"):
        preflight.port_number(text)


def test_the_port_is_known_to_the_settings_before_they_are_read(tmp_path, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    for arguments, port in [(["--port", "8123"], "8123"), (["--port=8124"], "8124")]:
        monkeypatch.setenv("PORT", "9000")
        preflight.prepare(arguments)
        assert os.environ["PORT"] == port
    with pytest.raises(CannotStart):
        preflight.prepare(["--port"])


def test_localhost_is_answered_on_every_protocol_this_machine_has(free_port):
    assert preflight.loopback_addresses(free_port)[0] == f"127.0.0.1:{free_port}"
    assert set(preflight.loopback_addresses(free_port)) <= {f"127.0.0.1:{free_port}", f"[::1]:{free_port}"}


def test_a_machine_without_ipv6_listens_on_ipv4(free_port, monkeypatch):
    try_port = preflight._try_port

    def without_ipv6(family, host, port):
        if family == socket.AF_INET6:
            raise OSError(97, "Address family not supported by protocol")
        try_port(family, host, port)

    monkeypatch.setattr(preflight, "_try_port", without_ipv6)
    assert preflight.loopback_addresses(free_port) == [f"127.0.0.1:{free_port}"]


def test_a_port_of_the_system_is_refused_with_another_to_take(monkeypatch):
    def refuse(family, host, port):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(preflight, "_try_port", refuse)
    with pytest.raises(CannotStart, match="PORT=8000 make run"):
        preflight.loopback_addresses(80)


def test_only_the_standard_library_is_imported():
    source = Path(preflight.__file__).read_text(encoding="utf-8")
    imported = {
        line.split()[1].partition(".")[0] for line in source.splitlines() if line.startswith(("import ", "from "))
    }
    assert imported <= sys.stdlib_module_names
