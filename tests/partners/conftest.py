import pytest
from django.core import mail
from django.db import transaction

from tests import factories


@pytest.fixture
def letters(monkeypatch) -> list:
    """The letters that were sent, as soon as they are written: no transaction of a test is ever committed."""
    monkeypatch.setattr(transaction, "on_commit", lambda act, using=None, robust=False: act())
    return mail.outbox


@pytest.fixture
def world(site):
    """What the form asks with: countries, goals, and the two declarations."""
    factories.PlaceFactory(code="FR")
    factories.PlaceFactory(code="ES")
    factories.PlaceFactory(code="002")
    factories.GoalFactory(number=15, title_en="Life on land", title_fr="Vie terrestre")
    factories.JointDeclarationFactory(
        key="paris",
        title_en="The Paris declaration",
        title_fr="La déclaration de Paris",
        summary_en="It gives a seat.\n\nIt is signed.",
        summary_fr="Elle donne une place.",
    )
    factories.JointDeclarationFactory(
        key="marrakech", title_en="The Marrakech declaration", text_en="We, the members, decide.", summary_en="Decides."
    )
    return site
