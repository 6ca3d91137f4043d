"""Digests: what is new, once a day or a week, once and never twice, whatever happens meanwhile."""

import smtplib
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiative.follow import digests, services
from initiative.follow.digests import NoMailServer, send_digests
from initiative.follow.models import Follow, Follower
from initiative.follow.tasks import send_digests as send_digests_task
from tests.initiative.follow.reader import ADA, BEN


def titles() -> list[list[str]]:
    """The titles in each mail of the mailbox, which is emptied."""
    found = [[line[2:] for line in message.body.splitlines() if line.startswith("* ")] for message in mail.outbox]
    mail.outbox.clear()
    return found


class Server:
    """A mail server that does as told: `server.answer = …`, called with each mail before it is taken."""

    def __init__(self, monkeypatch):
        self.answer, self.opened, self.up = lambda message: None, 0, True
        server = self

        class Backend(EmailBackend):
            def open(self):
                server.opened += 1
                if not server.up:
                    raise ConnectionRefusedError("nobody there")

            def send_messages(self, messages):
                for message in messages:
                    server.answer(message)
                return super().send_messages(messages)

        monkeypatch.setattr(digests, "get_connection", Backend)


@pytest.fixture
def server(monkeypatch) -> Server:
    return Server(monkeypatch)


def refuses(message):
    raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, b"No such mailbox")})


# What is in them, and when


def test_only_what_was_published_since(reader, clock, field):
    field.grows("rye", "Before")
    clock.forward(seconds=1)
    reader.follow()
    field.grows("rye", "First")
    field.grows("oats", "Elsewhere")
    clock.forward(days=1)
    assert send_digests().sent == 1
    assert titles() == [["First"]]
    # In the hour before that digest, which let it wait.
    field.grows("rye", "Second", at=datetime(2026, 3, 5, 5, 0, 3, tzinfo=UTC))
    field.grows("rye", "Third")
    clock.forward(days=1)
    send_digests()
    assert titles() == [["Third", "Second"]]


def test_nothing_new_no_mail(reader, clock, field):
    follow = reader.follow()
    clock.forward(days=1)
    assert send_digests() == digests.Outcome(nothing_new=1)
    assert mail.outbox == []
    after = Follow.objects.get(pk=follow.pk)
    assert (after.seen_until, str(after.next_on)) == (
        datetime(2026, 3, 5, 5, 0, 1, tzinfo=UTC),
        "2026-03-06",
    )


def test_once_a_day_is_once_a_day_however_often_the_command_runs(reader, clock, field):
    reader.follow(frequency="daily")
    for hour in range(1, 72):
        field.grows("rye", f"At {hour}")
        clock.forward(hours=1)
        send_digests()
    # From Wednesday at six, hour by hour: a day's digest goes out at five in the morning, and leaves out the last hour.
    assert [message.subject.partition(":")[0] for message in mail.outbox] == ["23 new", "24 new", "24 new"]
    assert [found[0] for found in titles()] == ["At 23", "At 47", "At 71"]


def test_once_a_week(reader, clock, field):
    reader.follow(frequency="weekly")
    sent = []
    for day in range(1, 22):
        clock.forward(days=1)
        sent.append(send_digests().sent)
        field.grows("rye", f"Day {day}")
    assert [day for day, count in enumerate(sent, 1) if count] == [7, 14, 21]
    assert titles() == [
        ["Day 6", "Day 5", "Day 4", "Day 3", "Day 2", "Day 1"],
        ["Day 13", "Day 12", "Day 11", "Day 10", "Day 9", "Day 8", "Day 7"],
        ["Day 20", "Day 19", "Day 18", "Day 17", "Day 16", "Day 15", "Day 14"],
    ]


def test_one_mail_for_all_that_is_due_in_a_language(reader, clock, field):
    reader.follow(what="rye", frequency="daily")
    reader.follow(what="oats", frequency="weekly")
    reader.follow(what="rye", language="fr")
    reader.follow(BEN, what="oats")
    for what in ("rye", "oats"):
        field.grows(what, f"New {what}")
    clock.forward(days=1)
    assert send_digests().sent == 3
    assert [(message.to, message.extra_headers["Content-Language"]) for message in mail.outbox] == [
        ([ADA], "en"),
        ([ADA], "fr"),
        ([BEN], "en"),
    ]
    assert titles() == [["New rye"], ["New rye"], ["New oats"]]
    clock.forward(days=6)
    send_digests()
    assert titles() == [["New oats"]]


def test_what_is_not_confirmed_gets_nothing_and_is_forgotten_after_three_days(reader, clock, field):
    reader.fill_in(ADA)
    reader.follow(BEN, what="oats")
    reader.fill_in(BEN, "rye")
    mail.outbox.clear()
    field.grows("rye", "New")
    clock.forward(days=3, seconds=-1)
    assert send_digests().unconfirmed == 0
    clock.forward(seconds=2)
    assert send_digests().unconfirmed == 2
    assert mail.outbox == []
    assert list(Follower.objects.values_list("email", flat=True)) == [BEN]
    assert list(Follow.objects.values_list("key", flat=True)) == ["oats"]


def test_what_no_app_offers_any_more_is_no_news(reader, clock, monkeypatch):
    reader.follow()
    monkeypatch.setattr("initiative.follow.subjects._subjects", {})
    clock.forward(days=1)
    assert send_digests() == digests.Outcome(nothing_new=1)


def test_a_language_that_the_site_gave_up_is_served_in_its_first(reader, clock, field):
    follow = reader.follow()
    Follower.objects.filter(pk=follow.follower_id).update(language="xx")
    field.grows("rye", "New")
    clock.forward(days=1)
    send_digests()
    assert mail.outbox[0].subject == "1 new: Field rye (en)"


# Never twice


def test_two_runs_at_once_send_each_mail_once(reader, clock, field, server):
    """The second begins while the first looks, and another while it sends."""
    for email in (ADA, BEN):
        reader.follow(email)
    field.grows("rye", "New")
    clock.forward(days=1)
    others = []

    def news(key, since, until):
        if len(others) < 1:
            others.append(None)
            others[0] = send_digests()
        return field._news(key, since, until)

    def answer(message):
        others.append(send_digests())

    object.__setattr__(field.subject, "news", news)
    server.answer = answer
    mine = send_digests()
    # The first reader is the outer run's; the inner one, begun meanwhile, served the other.
    assert (mine.sent, others[0].sent) == (1, 1)
    assert sorted(message.to for message in mail.outbox) == [[ADA], [BEN]]
    assert titles() == [["New"], ["New"]]
    assert Follower.objects.filter(claim__isnull=False).count() == 0


@pytest.mark.parametrize(("when", "delivered"), [("before", 1), ("after", 0)])
def test_a_run_that_dies_never_leads_to_two_mails(reader, clock, field, server, monkeypatch, when, delivered):
    """The process is killed before it has recorded what it tells, or just after: then that mail may be lost."""
    reader.follow()
    field.grows("rye", "New")
    clock.forward(days=1)

    class Killed(BaseException):
        pass

    def kill(*_args):
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(digests._Run, "_let_go", lambda self, follower_id: None)  # the dead don't tidy up
        if when == "before":
            dying.setattr(digests._Run, "_record", kill)
        else:
            server.answer = kill
        with pytest.raises(Killed):
            send_digests()
    server.answer = lambda message: None
    assert Follower.objects.get().claim is not None
    assert send_digests() == digests.Outcome()  # held by the one that died
    clock.forward(hours=1, seconds=1)
    assert send_digests().sent == delivered
    assert titles() == [["New"]] * delivered
    field.grows("rye", "Newer")
    clock.forward(days=1)
    send_digests()
    assert titles() == [["Newer"]]


def test_a_run_that_lost_its_claim_sends_nothing(reader, clock, field, server):
    """It hung for more than an hour; another took over."""
    reader.follow()
    field.grows("rye", "New")
    clock.forward(days=1)
    other = []

    def news(key, since, until):
        if not other:
            clock.forward(hours=1, seconds=1)
            other.append(None)
            other[0] = send_digests()
        return field._news(key, since, until)

    object.__setattr__(field.subject, "news", news)
    assert send_digests().sent == 0
    assert other[0].sent == 1
    assert titles() == [["New"]]


def test_who_stops_while_the_digest_is_made_gets_none(reader, clock, field):
    reader.follow()
    field.grows("rye", "New")
    clock.forward(days=1)

    def news(key, since, until):
        services.erase(ADA)
        return field._news(key, since, until)

    object.__setattr__(field.subject, "news", news)
    assert send_digests() == digests.Outcome()
    assert (mail.outbox, Follower.objects.count()) == ([], 0)


def test_where_it_is_unsure_whether_a_mail_went_out_it_is_not_sent_again(reader, clock, field, server, caplog):
    reader.follow()
    reader.follow(BEN)
    field.grows("rye", "New")
    clock.forward(days=1)

    def answer(message):
        if message.to == [ADA]:
            raise TimeoutError("no answer after the last dot")

    server.answer = answer
    with pytest.raises(CommandError, match="Some digests failed"):
        call_command("send_digests", verbosity=0)
    assert [message.to for message in mail.outbox] == [[BEN]]
    assert "may be lost" in caplog.text
    assert ADA not in caplog.text.replace(f"('{ADA}'", "")
    server.answer = lambda message: None
    assert send_digests() == digests.Outcome()
    assert Follower.objects.filter(failing_since__isnull=False).count() == 0


# Refusals


def test_one_bad_address_does_not_keep_the_others_waiting(reader, clock, field, server):
    for email in (ADA, BEN):
        reader.follow(email)
    field.grows("rye", "New")
    clock.forward(days=1)
    server.answer = lambda message: refuses(message) if message.to == [ADA] else None
    outcome = send_digests()
    assert (outcome.sent, outcome.refused) == (1, 1)
    assert [message.to for message in mail.outbox] == [[BEN]]
    refused = Follower.objects.get(email=ADA)
    assert (refused.failures, refused.failing_since, refused.claim) == (1, clock.now, None)


def test_what_was_refused_is_tried_again_the_next_day_with_all_that_is_new(reader, clock, field, server):
    reader.follow(frequency="weekly")
    field.grows("rye", "New")
    clock.forward(days=7)
    server.answer = refuses
    assert send_digests().refused == 1
    clock.forward(hours=3)
    assert send_digests() == digests.Outcome()
    field.grows("rye", "Newer")
    clock.forward(days=1)
    assert send_digests().refused == 1
    assert Follower.objects.get().failures == 2
    server.answer = lambda message: None
    clock.forward(days=1)
    assert send_digests().sent == 1
    assert titles() == [["Newer", "New"]]
    follower = Follower.objects.get()
    assert (follower.failures, follower.failing_since) == (0, None)
    assert str(Follow.objects.get().next_on) == "2026-03-20"  # from now on every week again


def test_after_two_weeks_of_refusals_the_follower_is_forgotten(reader, clock, field, server):
    reader.follow()
    field.grows("rye", "New")
    server.answer = refuses
    outcomes = []
    for _day in range(15):
        clock.forward(days=1)
        outcomes.append(send_digests())
    assert [outcome.refused for outcome in outcomes] == [1] * 15
    assert [outcome.given_up for outcome in outcomes] == [0] * 14 + [1]
    assert (Follower.objects.count(), Follow.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({ADA: (451, b"4.7.1 Greylisted")}),
        smtplib.SMTPRecipientsRefused({ADA: (554, b"Relay access denied")}),
        smtplib.SMTPRecipientsRefused({ADA: (550, b"5.7.1 You are on a blocklist")}),
        smtplib.SMTPSenderRefused(550, b"Who are you", "secretariat@localhost"),
        smtplib.SMTPDataError(552, b"Too much"),
    ],
)
def test_nobody_is_forgotten_where_it_is_not_the_address(reader, clock, field, server, error):
    """Were it a setting of ours, everybody would be gone."""
    reader.follow()
    field.grows("rye", "New")

    def answer(message):
        raise error

    server.answer = answer
    for _day in range(16):
        clock.forward(days=1)
        assert send_digests().refused == 1
    assert Follower.objects.get().failures == 16
    server.answer = lambda message: None
    clock.forward(days=1)
    assert send_digests().sent == 1


def test_without_a_mail_server_everything_waits(reader, clock, field, server):
    reader.follow()
    field.grows("rye", "New")
    clock.forward(days=1)
    server.up = False
    with pytest.raises(NoMailServer):
        send_digests()
    with pytest.raises(CommandError, match="The mail server can't be reached"):
        call_command("send_digests")
    follower = Follower.objects.get()
    assert (follower.claim, follower.failures) == (None, 0)
    server.up = True
    assert send_digests().sent == 1
    assert titles() == [["New"]]


def test_a_digest_that_cannot_be_made_is_tried_again_tomorrow(reader, clock, field, caplog):
    reader.follow(ADA)
    reader.follow(BEN, what="oats")
    for what in ("rye", "oats"):
        field.grows(what, "New")
    clock.forward(days=1)

    def news(key, since, until):
        if key == "rye":
            raise RuntimeError("broken")
        return field._news(key, since, until)

    object.__setattr__(field.subject, "news", news)
    outcome = send_digests()
    assert (outcome.failed, outcome.sent) == (1, 1)
    assert "could not be made" in caplog.text
    assert send_digests() == digests.Outcome()
    object.__setattr__(field.subject, "news", field._news)
    mail.outbox.clear()
    clock.forward(days=1)
    assert send_digests().sent == 1
    assert titles() == [["New"]]


# How it talks to the mail server


def test_fifty_mails_a_conversation(reader, clock, field, server, monkeypatch):
    monkeypatch.setattr(digests, "_PER_CONNECTION", 2)
    for number in range(5):
        reader.follow(f"reader{number}@example.org")
    field.grows("rye", "New")
    clock.forward(days=1)
    assert send_digests().sent == 5
    assert server.opened == 3


@pytest.mark.parametrize(
    ("answer", "listens"), [((250, b"OK"), True), ((421, b"Bye"), False), (smtplib.SMTPServerDisconnected(), False)]
)
def test_a_server_that_hung_up_is_called_anew(answer, listens):
    class Smtp:
        def noop(self):
            if isinstance(answer, Exception):
                raise answer
            return answer

    class Connection:
        connection = Smtp()

    assert digests._listens(Connection()) is listens
    assert digests._listens(object())


# What it costs


@pytest.mark.parametrize("followers", [2, 12])
def test_each_digest_costs_the_same(reader, clock, field, followers):
    for number in range(followers):
        follow = reader.follow(f"reader{number}@example.org", "rye")
        reader.follow(f"reader{number}@example.org", "oats")
    field.grows("rye", "New")
    clock.forward(days=1)
    with CaptureQueriesContext(connection) as spent:
        assert send_digests().sent == followers
    savepoints = [query for query in spent if "SAVEPOINT" in query["sql"]]
    assert len(spent) - len(savepoints) == 3 + 8 * followers
    # Told in one run, from now on they share what is found for each.
    field.asked = 0
    field.grows("oats", "Newer")
    clock.forward(days=1)
    assert send_digests().sent == followers
    assert field.asked == 2
    assert follow.follower.follows.count() == 2


# The ways to start it


def test_the_command_says_what_it_did(reader, clock, field, capsys):
    reader.follow()
    field.grows("rye", "New")
    clock.forward(days=1)
    call_command("send_digests")
    said = "sent: 1, refused: 0, unsure: 0, failed: 0, nothing new: 0, given up: 0, unconfirmed: 0\n"
    assert capsys.readouterr().out == said
    call_command("send_digests", verbosity=0)
    assert capsys.readouterr().out == ""


def test_a_task_does_the_same(reader, clock, field):
    reader.follow()
    field.grows("rye", "New")
    clock.forward(days=1)
    result = send_digests_task.enqueue()
    assert result.return_value["sent"] == 1
    assert titles() == [["New"]]


def test_it_is_done_without_anybody_at_hand(reader, clock, field):
    reader.follow()
    field.grows("rye", "New")
    clock.forward(days=1)
    call_command("publish_on_time", once=True)
    assert titles() == [["New"]]
