"""Who may do what: everybody × every address of joining, the desk, the queue in the admin and the API × every method.

`TABLE` is the specification. In it stand statuses, and where a redirect leads: `door` to signing in at the desk, `login` to
signing in to the admin, `no` back to the admin's first page with a refusal, `on` further on, once it is done.
"""

import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from initiative.guard.forms import opened_at
from partners.desk.models import DeskSession, Reminder, Representative, SignInLink
from partners.enums import ReportState
from partners.intake.enums import Kind, State
from partners.intake.models import Submission, SubmissionFile, Transition
from partners.joining.models import Signature
from partners.models import Commitment, Evidence, Organisation, ProgressReport
from tests import factories
from tests.partners.joining.applicant import COMMITMENT, CONTACT, ORGANISATION, pdf

GROUPS = ["Editors", "Translators", "Translators (French)", "Partner managers", "Moderators"]
ROLES = ["nobody", "A", "B", *GROUPS, "superuser"]
METHODS = ("GET", "POST", "PUT", "DELETE")
# Whose tokens, slugs and keys stand in the addresses: organisation A's, and what it sent; an applicant's.
TABLE = """
                                                        none  A     B     edit  trans tr.fr manag moder super
joining:begin                         GET               200   200   200   200   200   200   200   200   200
joining:begin                         POST              on    on    on    on    on    on    on    on    on
joining:begin                         PUT DELETE        405   405   405   405   405   405   405   405   405
joining:come_back                     GET POST          on    on    on    on    on    on    on    on    on
joining:come_back                     PUT DELETE        405   405   405   405   405   405   405   405   405
joining:overview                      GET               200   200   200   200   200   200   200   200   200
joining:overview                      POST PUT DELETE   405   405   405   405   405   405   405   405   405
joining:link                          GET PUT DELETE    405   405   405   405   405   405   405   405   405
joining:link                          POST              200   200   200   200   200   200   200   200   200
joining:declaration                   GET               200   200   200   200   200   200   200   200   200
joining:declaration                   POST PUT DELETE   405   405   405   405   405   405   405   405   405
joining:step                          GET               200   200   200   200   200   200   200   200   200
joining:step                          POST              on    on    on    on    on    on    on    on    on
joining:step                          PUT DELETE        405   405   405   405   405   405   405   405   405
joining:step (check)                  GET POST          200   200   200   200   200   200   200   200   200
joining:step (check)                  PUT DELETE        405   405   405   405   405   405   405   405   405
joining:step (sent)                   GET POST          on    on    on    on    on    on    on    on    on
joining:step (sent)                   PUT DELETE        405   405   405   405   405   405   405   405   405
joining:keep                          GET PUT DELETE    405   405   405   405   405   405   405   405   405
joining:keep                          POST              204   204   204   204   204   204   204   204   204
joining:keep (sent)                   GET PUT DELETE    405   405   405   405   405   405   405   405   405
joining:keep (sent)                   POST              409   409   409   409   409   409   409   409   409
desk_door                             GET POST          200   200   200   200   200   200   200   200   200
desk_door                             PUT DELETE        405   405   405   405   405   405   405   405   405
desk:home                             GET               door  on    on    door  door  door  door  door  door
desk:home                             POST PUT DELETE   door  405   405   door  door  door  door  door  door
desk:come_in                          GET               200   200   200   200   200   200   200   200   200
desk:come_in                          POST              on    on    on    on    on    on    on    on    on
desk:come_in                          PUT DELETE        405   405   405   405   405   405   405   405   405
desk:go_out                           GET PUT DELETE    door  405   405   door  door  door  door  door  door
desk:go_out                           POST              door  door  door  door  door  door  door  door  door
desk:language                         GET PUT DELETE    door  405   405   door  door  door  door  door  door
desk:language                         POST              door  on    on    door  door  door  door  door  door
desk:answer                           GET POST          200   200   200   200   200   200   200   200   200
desk:answer                           PUT DELETE        405   405   405   405   405   405   405   405   405
desk:overview                         GET               door  200   404   door  door  door  door  door  door
desk:overview                         POST PUT DELETE   door  405   404   door  door  door  door  door  door
desk:reading                          GET               door  200   404   door  door  door  door  door  door
desk:reading                          POST PUT DELETE   door  405   404   door  door  door  door  door  door
desk:people                           GET               door  200   404   door  door  door  door  door  door
desk:people                           POST              door  on    404   door  door  door  door  door  door
desk:people                           PUT DELETE        door  405   404   door  door  door  door  door  door
desk:remove_person                    GET PUT DELETE    door  405   404   door  door  door  door  door  door
desk:remove_person                    POST              door  on    404   door  door  door  door  door  door
desk:new                              GET               door  200   404   door  door  door  door  door  door
desk:new                              POST              door  on    404   door  door  door  door  door  door
desk:new                              PUT DELETE        door  405   404   door  door  door  door  door  door
desk:keep_new                         GET PUT DELETE    door  405   404   door  door  door  door  door  door
desk:keep_new                         POST              door  204   404   door  door  door  door  door  door
desk:report                           GET               door  200   404   door  door  door  door  door  door
desk:report                           POST              door  on    404   door  door  door  door  door  door
desk:report                           PUT DELETE        door  405   404   door  door  door  door  door  door
desk:keep_report                      GET PUT DELETE    door  405   404   door  door  door  door  door  door
desk:keep_report                      POST              door  204   404   door  door  door  door  door  door
desk:unchanged                        GET PUT DELETE    door  405   404   door  door  door  door  door  door
desk:unchanged                        POST              door  on    404   door  door  door  door  door  door
desk:sent                             GET               door  200   404   door  door  door  door  door  door
desk:sent                             POST PUT DELETE   door  405   404   door  door  door  door  door  door
desk:edit                             GET               door  200   404   door  door  door  door  door  door
desk:edit                             POST              door  on    404   door  door  door  door  door  door
desk:edit                             PUT DELETE        door  405   404   door  door  door  door  door  door
desk:edit (sent)                      GET POST          door  on    404   door  door  door  door  door  door
desk:edit (sent)                      PUT DELETE        door  405   404   door  door  door  door  door  door
desk:keep_edit                        GET PUT DELETE    door  405   404   door  door  door  door  door  door
desk:keep_edit                        POST              door  204   404   door  door  door  door  door  door
desk:take_back                        GET PUT DELETE    door  405   404   door  door  door  door  door  door
desk:take_back                        POST              door  on    404   door  door  door  door  door  door
desk:remove_person (of A, as B)       GET PUT DELETE    door  404   405   door  door  door  door  door  door
desk:remove_person (of A, as B)       POST              door  404   404   door  door  door  door  door  door
desk:report (of A, as B)              GET POST          door  404   404   door  door  door  door  door  door
desk:report (of A, as B)              PUT DELETE        door  404   405   door  door  door  door  door  door
desk:keep_report (of A, as B)         GET PUT DELETE    door  404   405   door  door  door  door  door  door
desk:keep_report (of A, as B)         POST              door  404   404   door  door  door  door  door  door
desk:unchanged (of A, as B)           GET PUT DELETE    door  404   405   door  door  door  door  door  door
desk:unchanged (of A, as B)           POST              door  404   404   door  door  door  door  door  door
desk:sent (of A, as B)                GET               door  404   404   door  door  door  door  door  door
desk:sent (of A, as B)                POST PUT DELETE   door  404   405   door  door  door  door  door  door
desk:edit (of A, as B)                GET POST          door  404   404   door  door  door  door  door  door
desk:edit (of A, as B)                PUT DELETE        door  404   405   door  door  door  door  door  door
desk:keep_edit (of A, as B)           GET PUT DELETE    door  404   405   door  door  door  door  door  door
desk:keep_edit (of A, as B)           POST              door  404   404   door  door  door  door  door  door
desk:take_back (of A, as B)           GET PUT DELETE    door  404   405   door  door  door  door  door  door
desk:take_back (of A, as B)           POST              door  404   404   door  door  door  door  door  door
submissions:index                     GET               login login login 200   no    no    200   200   200
submissions:index                     POST PUT DELETE   login login login 405   no    no    405   405   405
submissions:index_results             GET               login login login 200   no    no    200   200   200
submissions:index_results             POST PUT DELETE   login login login 405   no    no    405   405   405
submissions:edit (report)             GET               login login login 404   404   404   200   200   200
submissions:edit (report)             POST              login login login 404   404   404   on    on    on
submissions:edit (report)             PUT DELETE        login login login 404   404   404   405   405   405
submissions:edit (work)               GET               login login login 200   404   404   404   200   200
submissions:edit (work)               POST              login login login on    404   404   404   on    on
submissions:edit (work)               PUT DELETE        login login login 405   404   404   404   405   405
submissions:edit (unsent)             GET POST PUT DELETE  login login login 404   404   404   404   404   404
submissions:file                      GET               login login login 404   404   404   200   200   200
submissions:file                      POST PUT DELETE   login login login 405   405   405   405   405   405
representatives:index                 GET               login login login no    no    no    200   200   200
representatives:index                 POST PUT DELETE   login login login no    no    no    405   405   405
representatives:index_results         GET               login login login no    no    no    200   200   200
representatives:index_results         POST PUT DELETE   login login login no    no    no    405   405   405
representatives:add                   GET               login login login no    no    no    200   200   200
representatives:add                   POST              login login login no    no    no    on    on    on
representatives:add                   PUT DELETE        login login login no    no    no    405   405   405
representatives:edit                  GET               login login login no    no    no    200   200   200
representatives:edit                  POST              login login login no    no    no    on    on    on
representatives:edit                  PUT DELETE        login login login no    no    no    405   405   405
representatives:delete                GET               login login login no    no    no    200   200   200
representatives:delete                POST              login login login no    no    no    on    on    on
representatives:delete                PUT DELETE        login login login no    no    no    405   405   405
representatives:history               GET               login login login no    no    no    200   200   200
representatives:history               POST PUT DELETE   login login login no    no    no    405   405   405
representatives:history_results       GET               login login login no    no    no    200   200   200
representatives:history_results       POST PUT DELETE   login login login no    no    no    405   405   405
representatives:usage                 GET               login login login no    no    no    200   200   200
representatives:usage                 POST PUT DELETE   login login login no    no    no    405   405   405
evidence                              GET               login login login no    200   200   200   200   200
evidence                              POST PUT DELETE   login login login 405   405   405   405   405   405
evidence of a commitment (waiting)    GET POST PUT DELETE  404   404   404   404   404   404   404   404   404
evidence of a commitment (approved)   GET POST PUT DELETE  200   200   200   200   200   200   200   200   200
api:list_partners                     GET               200   200   200   200   200   200   200   200   200
api:list_partners                     POST PUT DELETE   405   405   405   405   405   405   405   405   405
api:one_partner                       GET               200   200   200   200   200   200   200   200   200
api:one_partner                       POST PUT DELETE   405   405   405   405   405   405   405   405   405
api:list_commitments                  GET               200   200   200   200   200   200   200   200   200
api:list_commitments                  POST PUT DELETE   405   405   405   405   405   405   405   405   405
api:one_commitment                    GET               200   200   200   200   200   200   200   200   200
api:one_commitment                    POST PUT DELETE   405   405   405   405   405   405   405   405   405
api:dictionary                        GET               200   200   200   200   200   200   200   200   200
api:dictionary                        POST PUT DELETE   405   405   405   405   405   405   405   405   405
api:openapi-json                      GET               200   200   200   200   200   200   200   200   200
api:openapi-json                      POST PUT DELETE   405   405   405   405   405   405   405   405   405
api:openapi-view                      GET               200   200   200   200   200   200   200   200   200
api:openapi-view                      POST PUT DELETE   405   405   405   405   405   405   405   405   405
api:api-root                          GET POST PUT DELETE  404   404   404   404   404   404   404   404   404
open_data                             GET               200   200   200   200   200   200   200   200   200
open_data                             POST PUT DELETE   405   405   405   405   405   405   405   405   405
"""
ROOMS = ("desk", "joining", "api", "submissions", "representatives")
ALONE = ("desk_door", "open_data", "evidence")
PAGE = "evidence of a commitment"  # below a page of Wagtail's, so no address of these rooms
PRESS = "a-page-that-was-opened-once"


def rows() -> list[tuple[str, str, list[str]]]:
    """(name, method, what each role gets) of the table."""
    found = []
    for line in TABLE.splitlines()[2:]:
        name, methods, *expected = re.split(r" {2,}", line.strip())
        found += [(name, method, " ".join(expected).split()) for method in methods.split()]
    return found


def addresses() -> list[str]:
    """The names of all addresses of these rooms."""

    def walk(resolver, space=""):
        for entry in resolver.url_patterns:
            if isinstance(entry, URLPattern):
                yield f"{space}:{entry.name}" if space else entry.name
            else:
                yield from walk(entry, entry.namespace or space)

    return [name for name in walk(get_resolver()) if name and (name.split(":")[0] in ROOMS or name in ALONE)]


class World:
    """Two organisations with people, what A is writing and has sent, an applicant; somebody of each group."""

    def __init__(self):
        factories.PlaceFactory(code="FR")
        factories.GoalFactory(number=15)
        paris = factories.JointDeclarationFactory(key="paris", title_en="Paris", summary_en="A seat.")
        one, other = (factories.OrganisationFactory(slug=slug, name=slug.upper()) for slug in ("a", "b"))
        people = [("ada", one), ("eve", one), ("ben", other)]
        self.ada, self.eve, self.ben = (
            Representative.objects.create(organisation=own, name=name, email=f"{name}@x.example", language="en")
            for name, own in people
        )
        self.cover = factories.CommitmentFactory(organisation=one, slug="cover", start="2020")
        of_ada = {"organisation": one, "name": "Ada", "email": self.ada.email, "language": "en"}
        self.draft = self.submission(Kind.COMMITMENT, State.DRAFT, subject="Draft", **of_ada)
        self.report = self.submission(Kind.REPORT, State.SENT, commitment=self.cover, **of_ada)
        self.report.answers = {"form": {"unchanged": "yes"}}
        self.report.save()
        self.work = self.submission(Kind.RESOURCE, State.SENT, **of_ada)
        contact = {"name": "Zoe", "email": "zoe@z.example", "language": "en"}
        self.application = self.submission(Kind.APPLICATION, State.DRAFT, **contact)
        self.signed = self.submission(Kind.APPLICATION, State.SENT, **contact)
        self.paper = SubmissionFile.objects.create(
            submission=self.signed,
            field="legal_status",
            name="statutes.pdf",
            media_type="application/pdf",
            size=1,
            digest="1",
            file=ContentFile(pdf(), name="file.pdf"),
        )
        version = paris.versions.create(language="en", number=1, title="Paris", text="A seat.", digest="1")
        Signature.objects.create(
            submission=self.signed, version=version, name="Zoe", function="Head", signed=timezone.now(), language="en"
        )
        self.waiting, self.approved = (
            Evidence.objects.create(
                report=factories.ProgressReportFactory(commitment=self.cover, state=state),
                title=state,
                file=ContentFile(pdf(), name="file.pdf"),
            )
            for state in (ReportState.PENDING, ReportState.APPROVED)
        )
        self.link = SignInLink.objects.create(email=self.ada.email, language="en")
        self.reminder = Reminder.objects.create(
            representative=self.ada, commitment=self.cover, occasion="due", due_on=timezone.localdate()
        )
        self.keys = {"nobody": None, "A": self.session(self.ada), "B": self.session(self.ben)}
        for role in [*GROUPS, "superuser"]:
            user = get_user_model().objects.create_user(role, is_superuser=role == "superuser")
            user.groups.set(Group.objects.filter(name=role))
            client = Client()
            client.force_login(user)
            self.keys[role] = client.cookies["sessionid"].value

    @staticmethod
    def submission(kind, state, **fields) -> Submission:
        sent = timezone.now() if state == State.SENT else None
        rounds = 1 if sent else 0
        return Submission.objects.create(
            kind=kind, state=state, press=f"{kind} {state}", sent=sent, rounds=rounds, **fields
        )

    @staticmethod
    def session(person) -> str:
        return DeskSession.objects.create(email=person.email).token

    def client(self, role: str) -> Client:
        """A browser of somebody with a role, on a page of this site."""
        client = Client(headers={"origin": "http://testserver"})
        if key := self.keys[role]:
            client.cookies["desk" if role in "AB" else "sessionid"] = key
        return client

    def places(self) -> dict[str, str]:
        """Name of an address → the address."""
        a, sent, draft = "a", self.report.reference, self.draft.reference
        writing, signed = self.application.token, self.signed.token
        named = {
            "joining:begin": [],
            "joining:come_back": [self.application.letter_token],
            "joining:overview": [signed],
            "joining:link": [writing],
            "joining:declaration": [signed],
            "joining:step": [writing, "organisation"],
            "joining:step (check)": [writing, "check"],
            "joining:step (sent)": [signed, "organisation"],
            "joining:keep": [writing, "commitment"],
            "joining:keep (sent)": [signed, "commitment"],
            "desk_door": [],
            "desk:home": [],
            "desk:come_in": [self.link.token],
            "desk:go_out": [],
            "desk:language": [],
            "desk:answer": [self.reminder.token],
            "desk:overview": [a],
            "desk:reading": [a],
            "desk:people": [a],
            "desk:remove_person": [a, self.eve.pk],
            "desk:new": [a, "commitment"],
            "desk:keep_new": [a, "commitment"],
            "desk:report": [a, "cover"],
            "desk:keep_report": [a, "cover"],
            "desk:unchanged": [a, "cover"],
            "desk:sent": [a, sent],
            "desk:edit": [a, draft],
            "desk:edit (sent)": [a, sent],
            "desk:keep_edit": [a, draft],
            "desk:take_back": [a, sent],
            # Their own organisation, and what isn't theirs.
            "desk:remove_person (of A, as B)": ["b", self.eve.pk],
            "desk:report (of A, as B)": ["b", "cover"],
            "desk:keep_report (of A, as B)": ["b", "cover"],
            "desk:unchanged (of A, as B)": ["b", "cover"],
            "desk:sent (of A, as B)": ["b", sent],
            "desk:edit (of A, as B)": ["b", draft],
            "desk:keep_edit (of A, as B)": ["b", draft],
            "desk:take_back (of A, as B)": ["b", sent],
            "submissions:index": [],
            "submissions:index_results": [],
            "submissions:edit (report)": [self.report.pk],
            "submissions:edit (work)": [self.work.pk],
            "submissions:edit (unsent)": [self.draft.pk],
            "submissions:file": [self.signed.pk, self.paper.pk],
            "representatives:index": [],
            "representatives:index_results": [],
            "representatives:add": [],
            "representatives:edit": [self.eve.pk],
            "representatives:delete": [self.eve.pk],
            "representatives:history": [self.eve.pk],
            "representatives:history_results": [self.eve.pk],
            "representatives:usage": [self.eve.pk],
            "evidence": [self.waiting.pk],
            "api:list_partners": [],
            "api:one_partner": [a],
            "api:list_commitments": [],
            "api:one_commitment": ["cover"],
            "api:dictionary": [],
            "api:openapi-json": [],
            "api:openapi-view": [],
            "api:api-root": [],
            "open_data": ["partners", "csv"],
        }
        found = {name: reverse(name.partition(" (")[0], args=arguments) for name, arguments in named.items()}
        below = "/en/commitments/cover/evidence"
        return found | {
            f"{PAGE} (waiting)": f"{below}/{self.waiting.pk}/",
            f"{PAGE} (approved)": f"{below}/{self.approved.pk}/",
        }

    def data(self, name: str) -> dict:
        """What a form of an address would send to change something."""
        press = {"press": PRESS}
        guard = {"opened": opened_at(timezone.now() - timedelta(seconds=10)), "url": ""}
        report = {"day": timezone.localdate().isoformat(), "story": "Sown.", "links": ""}
        person = {"name": "Zed", "email": "zed@z.example", "language": "en"}
        forms = {
            "joining:begin": {**CONTACT, **press, **guard},
            "joining:step": ORGANISATION,
            "joining:step (sent)": ORGANISATION,
            "joining:keep": COMMITMENT,
            "joining:keep (sent)": COMMITMENT,
            "desk_door": {"email": self.ada.email, **guard},
            "desk:language": {"language": "fr"},
            "desk:people": person,
            "desk:new": {**COMMITMENT, **press},
            "desk:keep_new": {**COMMITMENT, **press},
            "desk:report": {**report, **press},
            "desk:keep_report": {**report, **press},
            "desk:edit": COMMITMENT,
            "desk:keep_edit": COMMITMENT,
            "submissions:edit (report)": {"decision": "accepted", "rounds": "1"},
            "submissions:edit (work)": {"decision": "declined", "rounds": "1", "reason": "Not on soils."},
            "submissions:edit (unsent)": {"decision": "declined", "rounds": "0", "reason": "Not on soils."},
            "representatives:add": {**person, "organisation": self.ada.organisation_id},
            "representatives:edit": {**person, "organisation": self.ada.organisation_id},
        }
        return forms.get(name.replace(" (of A, as B)", ""), {})


@pytest.fixture(scope="module")
def _world(_tree, django_db_blocker):
    with django_db_blocker.unblock():
        yield World()


@pytest.fixture
def world(_world, site) -> World:
    return _world


def told(response) -> str:
    """A status, or where a redirect leads, in the words of the table."""
    if response.status_code != 302:
        return str(response.status_code)
    path = response["Location"].partition("?")[0]
    return {reverse("desk_door"): "door", "/admin/login/": "login", "/admin/": "no"}.get(path, "on")


REFUSED = ("login", "no", "door", "403", "404", "405", "409")
RECORDS = (
    Commitment,
    Evidence,
    Organisation,
    ProgressReport,
    Representative,
    Signature,
    Submission,
    SubmissionFile,
    Transition,
)


# Whatever stands between, such as SQLite's INSERT OR IGNORE INTO.
CHANGE = re.compile(r'(INSERT|UPDATE|DELETE)\b[^"]*"(?P<table>[^"]+)"')


@contextmanager
def changes():
    """The statements that change what these rooms keep, as they are made."""
    tables, made = {model._meta.db_table for model in RECORDS}, []

    def note(execute, sql, params, many, context):
        if (found := CHANGE.match(sql)) and found["table"] in tables:
            made.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield made


@pytest.mark.parametrize(
    ("name", "method", "expected"), rows(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_exactly_this(world, name, method, expected):
    path, data, found = world.places()[name], world.data(name) if method == "POST" else {}, []
    for role in ROLES:
        with transaction.atomic(), changes() as made:
            response = getattr(world.client(role), method.lower())(path, data)
            found.append(told(response))
            if response.streaming:
                list(response)  # it closes its file at its end
            if method == "POST" and found[-1] in REFUSED:
                assert made == [], f"{role} changed something"
            transaction.set_rollback(True)
    assert dict(zip(ROLES, found, strict=True)) == dict(zip(ROLES, expected, strict=True))


def test_what_is_allowed_changes_something(world):
    with changes() as made:
        Representative.objects.bulk_create([world.ada], ignore_conflicts=True)
        world.client("A").post(world.places()["desk:people"], world.data("desk:people"))
        world.client("A").post(world.places()["desk:take_back"])
    assert [sql.split(" ", 1)[0] for sql in made if Representative._meta.db_table in sql] == ["INSERT"] * 2
    assert any(sql.startswith("UPDATE") and Submission._meta.db_table in sql for sql in made)


def test_every_address_of_these_rooms_is_in_the_table_with_every_method(world):
    covered = {(name.partition(" (")[0], method) for name, method, _expected in rows()}
    assert {(name, method) for name, method in covered if name != PAGE} == {
        (name, method) for name in addresses() for method in METHODS
    }


def test_no_form_is_taken_from_another_site(world):
    """Joining and the desk have no token of Django's: what the browser says of where the form was decides."""
    wrong = []
    forms = {name for name, method, got in rows() if method == "POST" and not {"405", "404"} >= {*got}}
    for name in sorted(forms):
        if not name.startswith(("joining:", "desk")):
            continue
        for headers in ({"origin": "https://elsewhere.example"}, {"origin": "null"}, {}):
            client = world.client("A")
            client.defaults.pop("HTTP_ORIGIN")
            with changes() as made:
                response = client.post(world.places()[name], world.data(name), headers=headers)
            if response.status_code != 403 or made:
                wrong.append((name, headers, response.status_code))
    assert len(forms) > 30
    assert wrong == []
