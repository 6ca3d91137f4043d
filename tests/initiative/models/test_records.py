"""Site-wide records: places, people, statistics, goals, menu items."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import translation

from initiative.models import MenuItem, Person, Place, Statistic, SustainableDevelopmentGoal
from tests.factories import (
    GoalFactory,
    PersonFactory,
    PlaceFactory,
    TermFactory,
    add_page,
    hide_everywhere,
)


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("FR", "en", "France"),
        ("DE", "fr", "Allemagne"),
        ("ZA", "es", "Sudáfrica"),
        ("MA", "ar", "المغرب"),
        ("002", "en", "Africa"),
        ("002", "fr", "Afrique"),
        ("419", "es", "Latinoamérica"),
        ("001", "ar", "العالم"),
        ("XQ", "en", "XQ"),  # unknown to CLDR: the code, never an error
    ],
)
def test_a_place_is_named_by_the_world(code, language, name):
    place = Place(code=code)
    assert place.name_in(language) == name
    with translation.override(language):
        assert (place.name, str(place)) == (name, name)


@pytest.mark.parametrize("code", ["fr", "FRA", "F", "12", "1234", "", "٠٠٢", "FR\n"])
def test_other_codes_are_refused(code):
    with pytest.raises(ValidationError) as refusal:
        Place(code=code).full_clean(validate_unique=False)
    assert "code" in refusal.value.message_dict


def test_regions_have_numbers():
    assert Place(code="002").is_region
    assert not Place(code="FR").is_region


def test_a_region_with_countries_stays(db):
    africa = PlaceFactory(code="002")
    PlaceFactory(code="ZA", parent=africa)
    with pytest.raises(ProtectedError):
        africa.delete()


@pytest.mark.parametrize(
    ("given", "family", "name", "monogram"),
    [("Ada", "Loam", "Ada Loam", "AL"), ("", "Plinius", "Plinius", "P"), ("élise", "dupré", "élise dupré", "ÉD")],
)
def test_a_persons_name(given, family, name, monogram):
    person = Person(given_name=given, family_name=family)
    assert (person.name, str(person), person.monogram) == (name, name, monogram)


def test_a_persons_page_stands_under_the_committee(site):
    person = PersonFactory(slug="ada-loam")
    assert person.path == "/en/committee/ada-loam/"
    assert person.get_url("fr") == "/fr/comite/ada-loam/"
    hide_everywhere(site["committee", "fr"])
    assert person.get_url("fr") == ""


def test_two_people_cannot_have_one_address(db):
    PersonFactory(slug="ada")
    with pytest.raises(ValidationError) as refusal:
        Person(slug="ada", family_name="Other").full_clean()
    assert refusal.value.message_dict == {"slug": ["Person with this Slug already exists."]}


def test_who_has_a_term_cannot_be_deleted(db):
    term = TermFactory()
    with pytest.raises(ProtectedError):
        term.person.delete()


@pytest.mark.parametrize(("value", "text"), [("800", "800 partners (2018-12)"), ("4.5", "4.5 partners (2018-12)")])
def test_a_statistic_says_what_it_counts(value, text):
    assert str(Statistic(value=Decimal(value), label="partners", date="2018-12")) == text


@pytest.mark.parametrize("field", ["date", "value", "label"])
def test_a_statistic_needs_value_date_and_words(field):
    fields = {"key": "k", "value": Decimal("1"), "label": "partners", "date": "2018"} | {field: None}
    with pytest.raises(ValidationError) as refusal:
        Statistic(**fields).full_clean(validate_unique=False)
    assert {field, f"{field}_en"} & set(refusal.value.message_dict)


@pytest.mark.parametrize(("number", "allowed"), [(0, False), (1, True), (17, True), (18, False)])
def test_there_are_seventeen_goals(db, number, allowed):
    goal = SustainableDevelopmentGoal(number=number, title="x")
    if allowed:
        goal.full_clean()
    else:
        with pytest.raises(ValidationError) as refusal:
            goal.full_clean()
        assert list(refusal.value.message_dict) == ["number"]


def test_each_goal_stands_once_and_some_are_named(db):
    GoalFactory(number=15)
    GoalFactory(number=2, named_by_initiative=False)
    assert [goal.number for goal in SustainableDevelopmentGoal.objects.named_by_initiative()] == [15]
    with pytest.raises(IntegrityError), transaction.atomic():
        SustainableDevelopmentGoal.objects.create(number=15, title="again")
    assert str(SustainableDevelopmentGoal(number=2, title="Zero hunger")) == "2. Zero hunger"


def test_a_menu_item_goes_with_its_page(site):
    page = add_page(site["home", "en"], type(site["about", "en"]), title="About us", slug="about-us")
    item = MenuItem.objects.create(menu="legal", page=page)
    assert str(item) == "Footer: last line: About us"
    page.delete()
    assert not MenuItem.objects.filter(pk=item.pk).exists()
