import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from initiative.base.choices import SeveralChoicesField, choice_label
from partners.enums import Body, PartnerType
from resources.enums import Audience
from resources.models import Resource
from tests.factories import ResourceFactory

FIELD = Resource._meta.get_field("audiences")


@pytest.mark.parametrize("value", [[], ["farmers"], ["public", "farmers"]])
def test_what_is_offered_may_be_kept(value):
    FIELD.clean(value, None)


@pytest.mark.parametrize("value", [["kings"], "farmers", {"farmers": 1}, [1], [["farmers"]], 7])
def test_nothing_else(value):
    with pytest.raises(ValidationError):
        FIELD.clean(value, None)


def test_editors_tick_boxes():
    field = FIELD.formfield()
    assert isinstance(field.widget, forms.CheckboxSelectMultiple)
    assert [value for value, _label in field.choices] == Audience.values
    assert field.clean(["farmers", "public"]) == ["farmers", "public"]
    assert field.clean([]) == []
    with pytest.raises(ValidationError):
        field.clean(["kings"])


def test_what_is_offered_is_no_matter_of_the_database():
    _name, path, _args, kwargs = SeveralChoicesField("for", offered=Audience).deconstruct()
    assert path == "initiative.base.choices.SeveralChoicesField"
    assert kwargs == {"verbose_name": "for"}


def test_it_goes_through_drafts(db):
    resource = ResourceFactory(audiences=["farmers"])
    resource.audiences = ["researchers", "farmers"]
    revision = resource.save_revision()
    assert Resource.objects.get().audiences == ["farmers"]
    revision.publish()
    assert Resource.objects.get().audiences == ["researchers", "farmers"]
    assert Resource.objects.get().audience_names == ["Farmers and advisers", "Researchers"]


def test_a_value_has_its_name_in_the_readers_language():
    assert choice_label(PartnerType, "research") == "Research and education"
    with translation.override("fr"):
        assert choice_label(Body, "forum") == "Forum des partenaires"
    assert choice_label(Body, "forum") == "Forum of partners"
    assert choice_label(PartnerType, "") == ""
    assert choice_label(PartnerType, "kings") == "kings"
