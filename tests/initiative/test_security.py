"""What somebody who means harm tries from outside, and what every answer says to browsers."""

import json
import os
import socket
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.rich_text import expand_db_html

EVIL = "https://evil.example"


@pytest.mark.parametrize("path", ["/en/", "/en/nowhere/", "/robots.txt", "/", "/admin/login/", "/healthz", "/en/%00"])
def test_every_answer_tells_browsers_what_they_may_do_with_it(client, site, path):
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert {"camera=()", "geolocation=()", "microphone=()", "payment=()"} <= set(
        headers["Permissions-Policy"].split(", ")
    )


def test_static_files_are_sure_of_their_type_and_carry_no_policy_of_a_page(db, settings):
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    response = Client().get("/static/favicon.svg")
    headers = response.headers
    assert response.getvalue()
    assert (headers["Content-Type"], headers["X-Content-Type-Options"]) == ("image/svg+xml", "nosniff")
    assert "Permissions-Policy" not in headers


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost@evil.example", "evil.example:80", "", "a b"]
)
def test_a_host_that_is_not_the_sites_is_refused(db, host):
    assert Client().get("/en/", headers={"Host": host}, SERVER_NAME="evil.example").status_code == 400


def test_what_a_proxy_is_said_to_have_been_asked_for_is_not_believed(client, site):
    page = client.get("/en/", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Server": "evil.example"})
    assert b"evil.example" not in page.content


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "//evil.example/",
        "///evil.example/en/",
        "/\\evil.example/",
        "/en//evil.example",
        "/%2f%2fevil.example/",
        "/en/?next=" + EVIL,
    ],
)
def test_no_address_of_ours_leads_to_another_site(client, site, path):
    location = client.get(path).headers.get("Location", "/")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "following", [EVIL, "//evil.example/", "/\\evil.example", "https:evil.example", "javascript:alert(1)"]
)
def test_who_signs_in_is_led_to_no_other_site(client, site, django_user_model, following):
    django_user_model.objects.create_superuser("ada", "", "soil is alive")
    response = client.post(
        f"/admin/login/?next={following}", {"username": "ada", "password": "soil is alive", "next": following}
    )
    assert (response.status_code, response.headers["Location"]) == (302, "/admin/")


@pytest.mark.parametrize(
    "path",
    [
        "/%0d%0aSet-Cookie:%20a=b",
        "/en/%0d%0aSet-Cookie:%20a=b/",
        "/en/resources?q=%0d%0aSet-Cookie:%20a=b",
        "/en/resources/?page=1%0d%0aSet-Cookie:%20a=b",
    ],
)
def test_nobody_writes_headers_of_ours(client, site, path):
    response = client.get(path)
    assert not response.cookies
    assert not any("\r" in value or "\n" in value for value in response.headers.values())


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://vimeo.com/1084537",
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost:6379/",
        EVIL,
    ],
)
def test_the_site_asks_no_address_that_staff_type(admin_client, site, monkeypatch, address):
    """Wagtail's own form for embeds is there, though no text has any."""
    asked = []

    def refuse(*where, **_more):
        asked.append(where)
        raise OSError("No way out")

    for name in ("getaddrinfo", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    form = admin_client.post(reverse("wagtailembeds:chooser_upload"), {"embed-chooser-url": address})
    assert "Cannot find an embed for this URL." in form.content.decode()
    # Nor does a page with one that got into its text some other way.
    assert "<iframe" not in expand_db_html(f'<embed embedtype="media" url="{address}"/>')
    assert asked == []


def test_where_to_tell_of_a_hole(client, db):
    response = client.get("/.well-known/security.txt")
    told = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert told["Contact"] == f"mailto:{settings.SECURITY_EMAIL}"
    assert told["Preferred-Languages"] == "en, fr, es, ar"
    assert told["Canonical"] == f"{settings.SITE_URL}/.well-known/security.txt"
    assert timedelta(days=170) < datetime.fromisoformat(told["Expires"]) - timezone.now() < timedelta(days=365)


def test_under_https_cookies_are_bound_to_the_host_and_staff_work_where_it_was_said(tmp_path):
    program = """
import json, django
django.setup()
from django.conf import settings
from django.contrib.messages.storage import default_storage
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from initiative.views import robots
from initiative.staff_sessions import devices
from partners.desk.doors import COOKIE
names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_PATH", "SESSION_COOKIE_DOMAIN")
told = {name: getattr(settings, name) for name in names}
said, answer = RequestFactory().get("/ground/"), HttpResponse()
said.session = {}
messages = default_storage(said)
messages.add(20, "Saved")
messages.update(answer)
told["messages"] = {name: [cookie["secure"], cookie["path"], cookie["domain"], cookie["httponly"]] for name, cookie in answer.cookies.items()}
told["device"] = devices.COOKIE
robots = robots(RequestFactory().get("/robots.txt")).content.decode()
print(json.dumps({**told, "desk": COOKIE, "admin": reverse("wagtailadmin_home"), "robots": "ground" in robots or "admin" in robots}))
"""
    environment = {"SITE_URL": "https://www.example.org", "ADMIN_PATH": "/ground/", "DATA_DIR": str(tmp_path)}
    answer = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "initiative.settings", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(answer.stdout) == {
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_PATH": "/",
        "SESSION_COOKIE_DOMAIN": None,
        "messages": {"__Host-messages": [True, "/", "", True]},
        "device": "__Secure-device",
        "desk": "__Secure-desk",
        "admin": "/ground/",
        "robots": False,
    }
