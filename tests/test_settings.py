"""What settings make of the environment, asked in a process of its own."""

import json
import os
import subprocess
import sys

import pytest

ASK = """
import json
from initiative import settings
print(json.dumps({name: getattr(settings, name) for name in %r}))
"""
NAMES = [
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "EMAIL_BACKEND",
    "EMAIL_HOST",
    "EMAIL_PORT",
    "EMAIL_USE_TLS",
    "ALLOWED_HOSTS",
    "BACKUP_FOLDER",
    "KEEP_BACKUPS",
]


def settings_with(tmp_path, **environment) -> dict:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HSTS", "EMAIL", "DATABASE"))}
    answer = subprocess.run(
        [sys.executable, "-c", ASK % NAMES],
        env={**kept, "DATA_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(answer.stdout)


@pytest.mark.parametrize("asked", [False, True])
def test_other_hosts_of_the_domain_are_forced_to_https_only_where_asked(tmp_path, asked):
    more = {"HSTS_SUBDOMAINS": "1", "HSTS_PRELOAD": "1"} if asked else {}
    found = settings_with(tmp_path, SITE_URL="https://www.example.org", **more)
    assert found["SECURE_HSTS_SECONDS"] == 31_536_000
    assert (found["SECURE_HSTS_INCLUDE_SUBDOMAINS"], found["SECURE_HSTS_PRELOAD"]) == (asked, asked)


def test_mail_goes_where_the_environment_says(tmp_path):
    found = settings_with(tmp_path, EMAIL_URL="smtp://mail.example?tls=1")
    assert found["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert [found[name] for name in ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS")] == ["mail.example", 587, True]
    assert settings_with(tmp_path)["EMAIL_BACKEND"] == "django.core.mail.backends.console.EmailBackend"


def test_further_hosts_stand_beside_the_site_s_own(tmp_path):
    found = settings_with(tmp_path, SITE_URL="https://www.example.org", ALLOWED_HOSTS="soil.example.org,example.org")
    assert found["ALLOWED_HOSTS"] == [
        "www.example.org", "soil.example.org", "example.org", "localhost", "127.0.0.1", "[::1]"
    ]  # fmt: skip


def test_what_is_done_by_night_needs_a_folder_and_deletes_nothing_unasked(tmp_path):
    found = settings_with(tmp_path, NIGHTLY_AT="03:15", BACKUP_FOLDER="/backups")
    assert (found["BACKUP_FOLDER"], found["KEEP_BACKUPS"]) == ("/backups", 0)
    for environment, said in (
        ({"NIGHTLY_AT": "03:15", "BACKUP_FOLDER": ""}, "NIGHTLY_AT needs BACKUP_FOLDER, a folder for backups."),
        ({"KEEP_BACKUPS": "-1"}, "KEEP_BACKUPS is '-1'; it must be a whole number from 0 to 36500."),
    ):
        with pytest.raises(subprocess.CalledProcessError) as refused:
            settings_with(tmp_path, **environment)
        assert said in refused.value.stderr
