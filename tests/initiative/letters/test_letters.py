"""Letters are there exactly if what they tell of is; they are handed over once, and until somebody takes them."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from initiative.letters.delivery import deliver, do_beside
from initiative.letters.models import MOST_TRIES, Letter
from initiative.letters.services import write

pytestmark = pytest.mark.django_db

TEMPLATE = "letters/greeting.txt"
TEXT = """{% load i18n %}{% autoescape off %}{% translate "Search" %}: {{ name }}

{{ site_url }} & {{ name }}
{% endautoescape %}"""


@pytest.fixture(autouse=True)
def _template(settings):
    (engine,) = settings.TEMPLATES
    loaders = [
        ("django.template.loaders.locmem.Loader", {TEMPLATE: TEXT}),
        "django.template.loaders.app_directories.Loader",
    ]
    settings.TEMPLATES = [
        {**engine, "DIRS": [], "APP_DIRS": False, "OPTIONS": {**engine["OPTIONS"], "loaders": loaders}}
    ]


@pytest.fixture
def broken(monkeypatch):
    """A mail server that takes nothing."""

    def refuse(self, messages):
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    return monkeypatch


def greet(key="greeting 1", name="Ada", **more) -> bool:
    return write(key, "ada@example.org", TEMPLATE, "fr", {"name": name}, **more)


def test_it_is_written_in_the_language_of_who_gets_it(django_capture_on_commit_callbacks, settings):
    with django_capture_on_commit_callbacks(execute=True):
        assert greet(attachment=("a.pdf", b"%PDF-1.7"))
    (message,) = mail.outbox
    letter = Letter.objects.get()
    assert message.to == ["ada@example.org"]
    assert message.subject == "Rechercher: Ada"
    assert message.body == f"{settings.SITE_URL} & Ada\n"
    assert message.attachments == [("a.pdf", b"%PDF-1.7", "application/pdf")]
    assert message.extra_headers["Content-Language"] == "fr"
    assert message.extra_headers["Message-ID"].startswith(f"<letter-{letter.pk}-")
    assert letter.sent is not None


def test_its_links_open_nothing_for_who_reads_the_database_later(django_capture_on_commit_callbacks, broken):
    link = f"https://example.org/en/application/back/{'a' * 22}.{'b' * 22}/"
    with django_capture_on_commit_callbacks(execute=True):
        greet(name=link)
    letter = Letter.objects.get()
    assert link in letter.text  # it has to be sent still
    broken.undo()
    assert deliver(letter.pk, tries=1)
    assert link in mail.outbox[0].body
    letter.refresh_from_db()
    assert letter.text.endswith("& https://example.org/en/application/back/…/\n")


def test_a_key_is_used_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert [greet(), greet(name="Eve")] == [True, False]
    assert [message.subject for message in mail.outbox] == ["Rechercher: Ada"]
    assert not deliver(Letter.objects.get().pk)
    assert len(mail.outbox) == 1


def test_what_did_not_happen_is_not_told(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        greet()
        transaction.set_rollback(True)
    assert not mail.outbox
    assert not Letter.objects.exists()


def test_a_name_adds_no_line_to_the_head(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        greet(name="Ada\r\nBcc: all@example.org")
    (message,) = mail.outbox
    # The template says the name in its first line: what follows a line break is text.
    assert message.subject == "Rechercher: Ada"
    assert message.recipients() == ["ada@example.org"]


def test_it_is_tried_until_it_is_taken(broken, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        greet()
    letter = Letter.objects.get()
    assert (letter.tries, letter.sent, letter.problem) == (1, None, "gone")
    call_command("deliver_letters", verbosity=0)  # just tried
    letter.refresh_from_db()
    assert letter.tries == 1
    broken.undo()
    Letter.objects.update(tried=timezone.now() - timedelta(minutes=2))
    call_command("deliver_letters", verbosity=0)
    letter.refresh_from_db()
    assert (letter.tries, letter.problem, len(mail.outbox)) == (2, "", 1)
    assert letter.sent is not None


def test_in_the_end_it_is_given_up(broken):
    greet()
    Letter.objects.update(tries=MOST_TRIES - 1, tried=timezone.now() - timedelta(days=1))
    call_command("deliver_letters", verbosity=0)
    call_command("deliver_letters", verbosity=0)
    assert [letter.tries for letter in Letter.objects.given_up()] == [MOST_TRIES]


def test_of_two_who_hand_it_over_one_does(monkeypatch, django_capture_on_commit_callbacks):
    greet()
    pk, again = Letter.objects.get().pk, []
    send = EmailBackend.send_messages
    monkeypatch.setattr(
        EmailBackend, "send_messages", lambda self, messages: (again.append(deliver(pk)), send(self, messages))[1]
    )
    assert deliver(pk)
    assert again == [False]
    assert len(mail.outbox) == 1


def test_after_a_month_only_the_key_is_left(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        greet(attachment=("a.pdf", b"%PDF-1.7"))
    Letter.objects.update(sent=timezone.now() - timedelta(days=31))
    call_command("deliver_letters", verbosity=0)
    letter = Letter.objects.get()
    assert (letter.key, letter.to, letter.subject, letter.text) == ("greeting 1", "", "", "")
    assert (letter.attachment, letter.attachment_name) == (None, "")
    assert not greet()


def test_work_beside_a_request_is_done_in_a_thread_of_its_own(settings):
    from threading import Event, get_ident

    settings.WORK_BESIDE_REQUESTS = True
    done, where = Event(), []
    do_beside(lambda: (where.append(get_ident()), done.set()))
    assert done.wait(10)
    assert where != [get_ident()]
