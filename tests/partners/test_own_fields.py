"""A form takes its own fields: whatever else is sent along, what is kept is the same to the last field."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from initiative.guard.forms import opened_at
from partners.intake.models import Submission
from tests import factories
from tests.partners.desk.partner import Partner, make_partner
from tests.partners.joining.applicant import COMMITMENT, CONTACT, ORGANISATION, Applicant, upload

pytestmark = pytest.mark.django_db

ROOMS = ("partners", "intake", "joining", "desk", "letters", "resources")
# Drawn anew each time, as moments are.
VOLATILE = {"id", "key", "press", "reference", "file", "text", "attachment", "attachment_name"}
REFERENCE = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}")
VALUES = {"state": "accepted", "kind": "resource", "email": "eve@evil.example", "to": "eve@evil.example", "removed": ""}


def everything(own) -> dict[str, str]:
    """A value for each column of each record of these rooms, but for the names of `own`."""
    names = {
        name
        for model in apps.get_models()
        if model._meta.app_label in ROOMS
        for field in model._meta.concrete_fields
        for name in (field.name, field.attname)
    }
    names |= {"pk", "is_superuser", "organisation_id", "statement_of", "before", "form", "made", "contact", "documents"}
    # What means something to the page itself, not to a record.
    names -= {"page", "turn", "drop", "later", "press", "url", "opened", *own}
    return {name: VALUES.get(name, "1") for name in names}


def kept() -> list:
    """All rows of these rooms, without what is drawn anew each time; what they point to by name, as PostgreSQL counts on."""
    found = []
    for model in apps.get_models():
        if model._meta.app_label not in ROOMS:
            continue
        fields = [one for one in model._meta.concrete_fields if not isinstance(one, models.DateTimeField)]
        names = [one.name for one in fields if one.name not in VOLATILE]
        rows = [{name: str(getattr(row, name)) for name in names} for row in model.objects.order_by("pk")]
        found.append((model.__name__, [REFERENCE.sub("…", str(row)) for row in rows]))
    return found


def guard() -> dict:
    return {"opened": opened_at(timezone.now() - timedelta(seconds=10)), "url": ""}


def kept_after(act, form: dict, extra: bool) -> list:
    """What is kept once a form was sent, with everything else in it or without; and nothing of it stays."""
    with transaction.atomic():
        act({**everything(form), **form} if extra else form)
        found = kept()
        transaction.set_rollback(True)
    return found


JOINING = {
    "begin": CONTACT,
    "contact": CONTACT,
    "organisation": ORGANISATION,
    "commitment": COMMITMENT,
    "documents": {},
}


@pytest.mark.parametrize("step", [*JOINING, "check"])
def test_joining(world, letters, step):
    ada = Applicant()
    if step != "begin":
        ada.begin()
    if step == "check":
        for name in ("organisation", "commitment"):
            ada.fill(name)
        ada.fill("documents", legal_status=upload("statutes.pdf"))
    sign = {"signer": "Ada", "signer_function": "Head", "sign": "on", "publish": "on"}

    def act(data):
        if step == "begin":
            ada.client.post(ada.first, {"press": "x" * 20, **guard(), **data})
        elif step == "check":
            ada.sign(**data)
        else:
            ada.client.post(ada.at(step), data)

    form = sign if step == "check" else JOINING[step]
    if step == "check":
        form = {**form, "statement": ada.get(ada.at("check")).soup.find("input", attrs={"name": "statement"})["value"]}
    before = kept()
    plain = kept_after(act, form, extra=False)
    assert plain != before or step == "documents", "nothing was sent"
    assert kept_after(act, form, extra=True) == plain


@pytest.mark.parametrize("page", ["commitment", "profile", "resource", "report", "people", "edit", "language", "door"])
def test_the_desk(world, letters, page):
    kind = factories.ResourceTypeFactory(singular="Article", name="Articles")
    me = make_partner(slug="valle-hondo")
    factories.CommitmentFactory(organisation=me.organisation, slug="cover", baseline=0, target=10, unit="ha")
    ada = Partner(me)
    work = {"title": "Roots", "language": "es", "type": kind.key, "url": "https://example.org/", "year": "2024"}
    sent = {
        "commitment": {**COMMITMENT, "priorities": [], "topics": []},
        "profile": {"name": "New", "acronym": "", "country": "FR", "website": "", "description_en": "New words."},
        "resource": {**work, "makers": "A. Loam", "abstract": "On roots."},
        "report": {"day": "2024-05-01", "value": "5", "story": "Sown.", "links": ""},
        "people": {"name": "Eve", "email": "eve@valle-hondo.example", "language": "fr"},
        "edit": {**COMMITMENT, "priorities": [], "topics": []},
        "language": {"language": "ar"},
        "door": {"email": me.email, "onward": "", **guard()},
    }[page]
    if page == "profile":
        sent |= {"description_fr": "", "description_es": "", "description_ar": ""}
    path = ada.at("new", page) if page in ("commitment", "profile", "resource") else ""
    if page == "edit":
        ada.send(ada.at("new", "commitment"), {"title": "Half", "later": "1"})
        path = ada.at("edit", Submission.objects.get().reference)
    path = path or {
        "report": ada.at("report", "cover"),
        "people": ada.at("people"),
        "language": "/desk/language/",
        "door": "/en/partners-desk/",
    }.get(page)
    form = sent if page in ("people", "language", "door") else {**sent, "press": "y" * 20}
    before = kept()
    plain = kept_after(lambda data: ada.client.post(path, data), form, extra=False)
    assert plain != before, "nothing was sent"
    assert kept_after(lambda data: ada.client.post(path, data), form, extra=True) == plain


def test_the_api_takes_no_field_at_all(client, world):
    factories.OrganisationFactory(slug="trust", name="Trust")
    before, extra = kept(), everything(())
    for path in ("partners", "partners/trust", "commitments"):
        own = {"page", "country", "type", "status"}
        asked = {name: value for name, value in extra.items() if name not in own}
        assert client.get(f"/api/v1/{path}", asked).json()["version" if path != "partners/trust" else "id"]
        for method in ("post", "put", "patch", "delete"):
            assert getattr(client, method)(f"/api/v1/{path}", extra, "application/json").status_code == 405
    assert kept() == before
