"""Wagtail's log tells what staff did, and not for ever to whom."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Revision

from initiative.models import Person
from initiative.privacy.log import forget_names
from partners.desk.models import Representative
from partners.models import Organisation
from tests.factories import OrganisationFactory, PersonFactory, TermFactory, TestimonialFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(admin_client):
    """She speaks for an organisation, and was edited in the admin; so does Bob."""
    organisation = OrganisationFactory(name="FAO")
    ada, bob = (
        Representative.objects.create(
            organisation=organisation, name=f"{name} Lovelace", email=f"{name}@example.org", language="en"
        )
        for name in ("Ada", "Bob")
    )
    for each in (ada, bob):
        form = {"organisation": organisation.pk, "name": each.name, "email": each.email, "language": "fr"}
        assert admin_client.post(reverse("representatives:edit", args=[each.pk]), form).status_code == 302
    assert labels() == ["Ada Lovelace, FAO", "Bob Lovelace, FAO"]
    return ada


def labels() -> list[str]:
    return list(ModelLogEntry.objects.order_by("pk").values_list("label", flat=True))


def everything() -> str:
    """All that the log and the revisions say."""
    return str([list(model.objects.values()) for model in (ModelLogEntry, Revision)])


def test_who_spoke_for_a_partner_is_erased_from_the_log_and_nobody_else(ada):
    call_command("personal_data", "erase", ada.email)
    assert "Ada Lovelace" in everything()  # only tried
    call_command("personal_data", "erase", ada.email, really=True)
    assert "Ada Lovelace" not in everything()
    assert labels() == ["", "Bob Lovelace, FAO"]
    assert ModelLogEntry.objects.filter(action="wagtail.edit", user__username="admin").count() == 2


def test_so_is_who_was_erased_when_the_log_was_left_as_it_was(ada):
    Representative.objects.filter(pk=ada.pk).update(name="", email="")
    call_command("personal_data", "erase", "Bob@example.org", really=True)
    assert labels() == ["", ""]


def test_they_go_with_the_organisation(ada):
    Organisation.objects.get().delete()
    assert "Lovelace" not in everything()


def test_whom_the_site_showed_is_in_no_log_once_they_were_deleted_in_the_admin(admin_client, admin_user):
    person = PersonFactory(given_name="Ada", family_name="Lovelace")
    other = PersonFactory(given_name="Bob", family_name="Lovelace")
    things = [TermFactory(person=person), TestimonialFactory(person=person, organisation=None), person, other]
    for thing in things:
        if hasattr(thing, "save_revision"):
            thing.save_revision(user=admin_user)
        log(thing, "wagtail.edit", user=admin_user)
    for thing in things[:-1]:
        assert "Ada Lovelace" in everything()
        address = reverse(thing.snippet_viewset.get_url_name("delete"), args=[thing.pk])
        assert admin_client.post(address).status_code == 302
    assert list(Person.objects.all()) == [other]
    assert "Ada" not in everything()
    assert "Bob Lovelace" in labels()
    assert ModelLogEntry.objects.filter(action="wagtail.delete", deleted=True, user=admin_user).count() == 3


def test_another_kind_with_the_same_number_keeps_its_name(ada):
    forget_names(Person, [ada.pk])
    assert labels() == ["Ada Lovelace, FAO", "Bob Lovelace, FAO"]
