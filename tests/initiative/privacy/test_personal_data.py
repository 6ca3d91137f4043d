"""One source for what is kept about people: page, document, export, erasure, and what is forgotten in time."""

import json
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command, get_commands
from django.db.models import EmailField, GenericIPAddressField
from django.utils import timezone, translation
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from initiative.follow.models import Follow, Follower, digest_of
from initiative.keeping.duties import DAILY, TASKS
from initiative.letters.models import MOST_TRIES, Letter
from initiative.models import Person, StandardPage
from initiative.privacy import kept, persons
from initiative.privacy.document import document
from initiative.staff_sessions.models import SignIn
from partners.desk.models import DeskSession, Reminder, Representative, SignInLink
from partners.intake.enums import Kind, State
from partners.intake.models import Submission, SubmissionFile, Transition
from partners.intake.services import forget_unconfirmed, keep_file
from partners.intake.uploads import Checked
from partners.models import ProgressReport
from partners.private_files import private_storage
from resources.models import ProblemReport
from tests.factories import CommitmentFactory, ProblemReportFactory, ProgressReportFactory, add_page
from tests.reading import read

pytestmark = pytest.mark.django_db
ADA = "ada@example.org"
# What a column with a person in it is called, where its type doesn't say so.
PERSONAL = re.compile(r"(^|_)(e?mail|phone|(first|last|given|family)_name|username|invited_by|submitted_by|who)$")


def with_a_person() -> set[str]:
    """Each model with a column about a person."""
    people = (get_user_model(), Person)
    return {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, EmailField | GenericIPAddressField)
        or PERSONAL.search(field.name)
        or (field.is_relation and field.related_model in people and not field.remote_field.parent_link)
    }


def in_the_source() -> set[str]:
    return {table.model for each in kept.everything() for table in each.tables}


def test_whatever_has_a_person_in_it_is_in_the_source(monkeypatch):
    assert with_a_person() - in_the_source() == set()
    assert {"follow.Follower", "guard.Attempt", "desk.Representative", "auth.User"} <= with_a_person()
    monkeypatch.delitem(kept._kept, "letters")
    assert with_a_person() - in_the_source() == {"letters.Letter"}


def test_whatever_is_forgotten_is_forgotten_by_the_worker():
    commands = {each.forgotten_by for each in kept.everything() if each.forgotten_by}
    assert commands <= {*TASKS, *DAILY}
    assert commands <= set(get_commands())
    # What no task forgets: what is public, and what lies outside the site.
    assert [each.key for each in kept.everything() if not each.forgotten_by] == ["people", "logs", "backups"]


def test_what_may_stay_says_why():
    for each in kept.everything():
        assert all((each.title, each.what, each.how_long)), each.key


def test_two_things_have_two_keys():
    first = kept.everything()[0]
    kept.register(first)
    with pytest.raises(ValueError, match="follows"):
        kept.register(kept.Kept(key=first.key, order=1, title="", what="", how_long=""))


def test_the_document_is_as_the_source():
    assert (settings.BASE_DIR / "docs" / "privacy.md").read_text() == document()


@pytest.mark.parametrize(
    ("language", "title"), [("en", "E-mails you ask for"), ("fr", "Les courriels que vous demandez")]
)
def test_the_page_shows_it_all_in_the_readers_language(client, site, language, title):
    body = json.dumps([{"type": "kept_data", "value": {"title": "Kept"}}])
    page = add_page(site["home", language], StandardPage, title="Privacy", slug="kept", body=body)
    rows = read(client, page.get_path()).main.select("dl.facts > div")
    assert len(rows) == len(kept.everything())
    assert rows[0].dt.get_text() == title
    assert [len(row.select("dd")) for row in rows] == [2] * len(rows)
    assert "" not in [cell.get_text(strip=True) for row in rows for cell in row.select("dt, dd")]
    with translation.override(language):
        assert str(kept.everything()[0].how_long) in rows[0].select("dd")[1].get_text()


# A person


@pytest.fixture
def ada(django_user_model):
    """Somebody who is in every room, and Bob beside her."""
    for email in (ADA, "bob@example.org"):
        _everywhere(email, django_user_model)
    return django_user_model.objects.get(email=ADA)


def _everywhere(email: str, users) -> None:
    name, now = email.partition("@")[0], timezone.now()
    follower = Follower.objects.create(email=email, language="en")
    Follow.objects.create(follower=follower, kind="search", key="q=a", digest=digest_of("search", "q=a"), asked_at=now)
    Letter.objects.create(
        key=f"sent {name}", to=email, language="en", subject="s", text="t", sent=now, attachment=b"%P"
    )
    Letter.objects.create(key=f"waiting {name}", to=email.upper(), language="en", subject="s", text="t")
    ProblemReportFactory(email=email, text=f"written by {name}")
    commitment = CommitmentFactory()
    for state in (State.DRAFT, State.DECLINED, State.ACCEPTED):
        submission = Submission.objects.create(
            kind=Kind.APPLICATION, press=f"{name} {state}", state=state, rounds=1, language="en", name=name, email=email,
            organisation=commitment.organisation if state == State.ACCEPTED else None,
        )  # fmt: skip
        SubmissionFile.objects.create(
            submission=submission, field="proof", name="a.pdf", media_type="application/pdf", size=1, digest="d",
            file=ContentFile(b"1", "a.pdf"),
        )  # fmt: skip
        Transition.objects.create(submission=submission, before=State.DRAFT, after=state, who=name)
    speaks = Representative.objects.create(organisation=commitment.organisation, name=name, email=email, language="en")
    Reminder.objects.create(representative=speaks, commitment=commitment, occasion="due", due_on=now.date())
    DeskSession.objects.create(email=email)
    SignInLink.objects.create(email=email, language="en")
    ProgressReportFactory(commitment=commitment, reported_on="2020-01-01", submitted_by=f"{name}, {email}")
    user = users.objects.create_user(name, email, "soil is alive")
    UserProfile.objects.create(user=user)
    SignIn.objects.create(user=user, device="digest-of-device", browser="Firefox", system="Linux", auth="secret-auth")
    TOTPDevice.objects.create(user=user, name="phone", key="abcdef0123456789abcd")
    StaticToken.objects.create(device=StaticDevice.objects.create(user=user, name="recovery"), token="recov3ry")


def counted(email: str) -> dict[str, int]:
    return {
        model: len(rows) for found in persons.export(email).values() for model, rows in found["rows"].items()
    }  # fmt: skip


ALL = {
    "follow.Follower": 1, "follow.Follow": 1, "letters.Letter": 2, "resources.ProblemReport": 1, "intake.Submission": 3,
    "intake.SubmissionFile": 3, "intake.Transition": 3, "desk.Representative": 1, "desk.Reminder": 1, "desk.DeskSession": 1,
    "desk.SignInLink": 1, "partners.ProgressReport": 1, "auth.User": 1, "wagtailusers.UserProfile": 1, "staff_sessions.SignIn": 1,
    "otp_totp.TOTPDevice": 1, "otp_static.StaticDevice": 1, "otp_static.StaticToken": 1,
}  # fmt: skip


def test_everything_about_a_person_is_given_out_and_nothing_of_others_and_no_secret(ada, capsys):
    call_command("personal_data", "export", "Ada@example.org")
    text = capsys.readouterr().out
    given = json.loads(text)
    assert counted(ADA) == ALL
    assert list(given) == ["follows", "letters", "reports", "submissions", "representatives", "staff"]
    assert given["reports"]["rows"]["resources.ProblemReport"][0]["text"] == "written by ada"
    assert given["submissions"]["rows"]["intake.SubmissionFile"][0]["name"] == "a.pdf"
    assert given["letters"]["rows"]["letters.Letter"][0]["attachment"] == "2550"
    assert "bob" not in text
    session = DeskSession.objects.get(email=ADA)
    for secret in (ada.password, "abcdef0123456789abcd", "recov3ry", "digest-of-device", "secret-auth", session.key):
        assert secret not in text


def test_a_name_beside_what_others_did_goes_too(ada):
    """Whom she invited, what she took back for a colleague, what she decided as staff, and what was done to her account."""
    organisation = Representative.objects.get(email=ADA).organisation
    Representative.objects.create(
        organisation=organisation, name="Cleo", email="cleo@example.org", language="en", invited_by="ada"
    )
    Representative.objects.create(
        organisation=organisation, name="Dan", email="dan@example.org", language="en", invited_by="Bea"
    )
    theirs = Submission.objects.create(
        kind=Kind.REPORT, press="cleo", language="en", name="Cleo", email="cleo@example.org", organisation=organisation
    )
    for user, who in ((None, "ada"), (ada, "ada"), (None, "Cleo")):
        Transition.objects.create(submission=theirs, before=State.SENT, after=State.WITHDRAWN, who=who, user=user)
    log(ada, "wagtail.edit")
    ada.is_active = False
    ada.save()
    persons.erase(ADA, really=True)
    invited = Representative.objects.exclude(email="").filter(organisation=organisation).order_by("name")
    assert list(invited.values_list("name", "invited_by")) == [("Cleo", ""), ("Dan", "Bea")]
    assert list(theirs.transitions.order_by("pk").values_list("who", flat=True)) == ["", "", "Cleo"]
    assert set(ModelLogEntry.objects.values_list("label", flat=True)) == {""}


def test_what_was_accepted_goes_where_there_is_no_partner_any_more(ada):
    Submission.objects.filter(email=ADA).update(organisation=None)
    persons.erase(ADA, really=True)
    assert not Submission.objects.filter(email=ADA).exists()
    assert Submission.objects.count() == 3


def test_a_trial_changes_nothing(ada, capsys):
    call_command("personal_data", "erase", ADA)
    assert counted(ADA) == ALL
    told = capsys.readouterr().out
    assert told.startswith("Would be erased (--really does it):\n")
    assert "  E-mails you ask for: 2 of 2\n" in told
    assert "  Those who edit the site: 0 of 6\n    6 stay: It belongs to an account in use." in told


def test_what_may_go_goes_and_the_rest_is_told(ada, capsys, django_capture_on_commit_callbacks):
    files = {row.state: row.files.get().file for row in Submission.objects.filter(email=ADA)}
    with django_capture_on_commit_callbacks(execute=True):
        call_command("personal_data", "erase", ADA, really=True)
    assert counted(ADA) == {
        **dict.fromkeys(("intake.Submission", "intake.SubmissionFile", "intake.Transition"), 1),
        **{model: count for model, count in ALL.items() if model.startswith(("auth.", "wagtail", "staff_", "otp_"))},
    }
    told = capsys.readouterr().out
    assert (
        "  Applications, and what partners send in: 6 of 9\n    3 stay: It is with the secretariat, or was accepted"
        in told
    )
    assert {state: file.storage.exists(file.name) for state, file in files.items()} == {
        State.DRAFT: False, State.DECLINED: False, State.ACCEPTED: True,
    }  # fmt: skip
    # What others need stays, without her.
    assert list(ProblemReport.objects.order_by("pk").values_list("email", "text")) == [
        ("", "written by ada"), ("bob@example.org", "written by bob"),
    ]  # fmt: skip
    removed = Representative.objects.get(name="")
    assert (removed.email, removed.removed is not None, removed.reminders.count()) == ("", True, 1)
    assert sorted(ProgressReport.objects.values_list("submitted_by", flat=True)) == ["", "bob, bob@example.org"]
    assert Letter.objects.get(key="sent ada").to == ""  # so that it isn't sent again
    assert not Letter.objects.filter(key="waiting ada").exists()
    assert counted("bob@example.org") == ALL


def test_an_account_goes_once_it_is_not_in_use(ada):
    ada.is_active = False
    ada.save()
    persons.erase(ADA, really=True)
    assert not get_user_model().objects.filter(username="ada").exists()
    assert list(persons.export(ADA)) == ["submissions"]


def test_nobody_is_told_of_as_nobody(db, capsys):
    call_command("personal_data", "erase", "nobody@example.org", really=True)
    assert capsys.readouterr().out == "There is nothing about this address.\n"
    for wrong in ("", "ada", "%"):
        with pytest.raises(CommandError):
            call_command("personal_data", "export", wrong)


# In time


def test_addresses_of_old_reports_are_forgotten(db):
    now = timezone.now()
    for days in (364, 366):
        ProblemReportFactory(email=ADA, reported_at=now - timedelta(days=days))
    call_command("forget_reporters")
    assert list(ProblemReport.objects.order_by("reported_at").values_list("email", flat=True)) == ["", ADA]


def test_what_was_refused_is_forgotten_after_two_years(db):
    now = timezone.now()
    for state in (State.DECLINED, State.WITHDRAWN, State.ACCEPTED):
        for days in (729, 732):
            Submission.objects.create(
                kind=Kind.APPLICATION, press=f"{state} {days}", state=state, rounds=1, language="en", name="Ada",
                email=ADA, decided=now - timedelta(days=days),
            )  # fmt: skip
    call_command("forget_drafts", verbosity=0)
    assert sorted(Submission.objects.values_list("press", flat=True)) == [
        "accepted 729", "accepted 732", "declined 729", "withdrawn 729",
    ]  # fmt: skip


def test_drafts_of_strangers_go_after_a_week_with_their_files(db, django_capture_on_commit_callbacks, monkeypatch):
    """Anybody may begin an application, with files, in anybody's name; at the desk one is known."""
    now, files = timezone.now(), {}
    monkeypatch.setattr("partners.intake.services.TOLD_SINCE", now - timedelta(days=300))
    for kind in (Kind.APPLICATION, Kind.REPORT):
        for days in (6, 8, 182, 184):
            for confirmed in (None, now):
                draft = Submission.objects.create(
                    kind=kind, press=f"{kind} {days} {bool(confirmed)}", language="en", name="Ada", email=ADA,
                    begun=now - timedelta(days=200), saved=now - timedelta(days=days), address_confirmed=confirmed,
                )  # fmt: skip
                paper = Checked("p.pdf", "application/pdf", draft.press.encode())
                files[draft.press] = keep_file(draft, "legal_status", paper)
    # What was sent once is the secretariat's, as long as it waits for what it asked for.
    for state in (State.SENT, State.CHANGES):
        Submission.objects.create(
            kind=Kind.APPLICATION, press=state, state=state, rounds=1, language="en", name="Ada", email=ADA,
            saved=now - timedelta(days=8), decided=now - timedelta(days=8),
        )  # fmt: skip
    # Of those that were begun before, letters said six months.
    Submission.objects.create(
        kind=Kind.APPLICATION, press="of before", language="en", name="Ada", email=ADA,
        begun=now - timedelta(days=301), saved=now - timedelta(days=8),
    )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        call_command("forget_drafts", verbosity=0)
    stay = {"application 6 False", "application 6 True", "application 8 True", "application 182 True"}
    stay |= {f"report {days} {confirmed}" for days in (6, 8, 182) for confirmed in (False, True)}
    assert set(Submission.objects.values_list("press", flat=True)) == stay | {"sent", "changes", "of before"}
    assert {press for press, name in files.items() if private_storage().exists(name)} == stay


def test_what_is_sent_while_drafts_are_forgotten_stays(db, monkeypatch):
    long_ago = timezone.now() - timedelta(days=8)
    monkeypatch.setattr("partners.intake.services.TOLD_SINCE", long_ago)
    for press in ("b", "a"):  # the newest goes first
        Submission.objects.create(
            kind=Kind.APPLICATION, press=press, language="en", name="Ada", email=ADA, saved=long_ago
        )
    monkeypatch.setattr(
        "partners.intake.services._drop", lambda _files: Submission.objects.filter(press="b").update(state=State.SENT)
    )
    assert forget_unconfirmed(timezone.now() - timedelta(days=7)) == 1
    assert list(Submission.objects.values_list("press", "state")) == [("b", State.SENT)]


def test_letters_that_were_given_up_are_emptied_too(db):
    for days in (29, 31):
        for tries in (1, MOST_TRIES):
            tried = timezone.now() - timedelta(days=days)
            Letter.objects.create(
                key=f"{tries} {days}", to=ADA, language="en", subject="s", text="t", tries=tries, tried=tried
            )
    from initiative.letters.delivery import forget_contents

    assert forget_contents() == 1
    assert Letter.objects.get(to="").key == f"{MOST_TRIES} 31"
