"""The committee's records: terms, meetings, priorities, criteria."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import translation

from committee.models import Criterion, Meeting, ResearchPriority, Term
from committee.queries import meetings_on_the_map, member, members_by_role, priority_options
from tests.factories import (
    CriterionFactory,
    CriterionGroupFactory,
    MeetingFactory,
    PersonFactory,
    ResearchPriorityFactory,
    TermFactory,
    add_priority_page,
)


def test_a_term_says_who_and_what(db):
    person = PersonFactory(given_name="Ada", family_name="Loam")
    assert str(TermFactory(person=person, role="vice_chair")) == "Ada Loam, Vice-chair"


@pytest.mark.parametrize("field", ["start", "end"])
def test_dates_of_a_term_are_dates(db, field):
    with pytest.raises(ValidationError) as refusal:
        Term(person=PersonFactory(), **{field: "last year"}).full_clean()
    assert list(refusal.value.message_dict) == [field]
    Term(person=PersonFactory()).full_clean()


def test_members_and_former_members(db):
    ada = PersonFactory(family_name="Ada")
    bo = PersonFactory(family_name="Bo")
    terms = [
        TermFactory(person=ada, role="member", is_former=True),
        TermFactory(person=bo, role="member", is_former=True),
        TermFactory(person=ada, role="vice_chair"),
    ]
    current, former = members_by_role(terms)
    assert (current, former) == ([ada], [bo])
    assert [term.role for term in current[0].shown_terms] == ["vice_chair", "member"]


def test_a_member_is_somebody_with_a_term(db):
    term = TermFactory(person__slug="ada")
    TermFactory(person=term.person, is_former=True)
    PersonFactory(slug="bo")
    assert member("ada") == term.person
    assert member("bo") is None
    assert member("x") is None


def test_meetings_are_numbered_once(db):
    MeetingFactory(number=3)
    with pytest.raises(ValidationError) as refusal:
        Meeting(number=3, date="2020").full_clean()
    assert refusal.value.message_dict == {"number": ["Meeting with this Number already exists."]}
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingFactory(number=3)
    assert str(MeetingFactory(number=4, city="Paris", date="2017-04")) == "4. Paris (2017-04)"


def test_meetings_on_the_map_are_those_with_a_place(db):
    MeetingFactory(number=2, latitude=0.0, longitude=0.0)
    MeetingFactory(number=1, latitude=48.9, longitude=2.3)
    MeetingFactory(number=3)
    assert [meeting.number for meeting in meetings_on_the_map()] == [1, 2]


def test_priorities_in_their_order_in_the_language_of_the_reader(db):
    ResearchPriorityFactory(key="monitoring", number=2, title_en="Monitoring", title_fr="Suivi")
    ResearchPriorityFactory(key="storage", number=1, title_en="Storage", title_fr="Stockage")
    with translation.override("fr"):
        assert priority_options() == [("storage", "Stockage"), ("monitoring", "Suivi")]
    assert str(ResearchPriority.objects.get(number=1)) == "1. Storage"


def test_a_priority_leads_to_its_page_in_the_language_of_the_reader(site, django_assert_num_queries):
    priority = ResearchPriorityFactory()
    other = ResearchPriorityFactory()
    add_priority_page(site, priority, "fr", slug="stockage")
    add_priority_page(site, priority, "en", slug="storage", live=False)
    with translation.override("fr"), django_assert_num_queries(1):
        paths = {found.pk: found.path for found in ResearchPriority.objects.with_pages()}
    assert paths == {priority.pk: "/fr/priorites/stockage/", other.pk: ""}
    assert ResearchPriority.objects.with_pages().get(pk=priority.pk).path == ""
    assert ResearchPriority.objects.with_pages("fr").get(pk=priority.pk).path == "/fr/priorites/stockage/"
    assert priority.path == ""


def test_a_priority_with_a_page_stays(site):
    priority = ResearchPriorityFactory()
    add_priority_page(site, priority)
    with pytest.raises(ProtectedError):
        priority.delete()


def test_only_confirmed_criteria_are_for_readers(db):
    shown = CriterionFactory()
    CriterionFactory(confirmed=False)
    assert list(Criterion.objects.confirmed()) == [shown]
    assert Criterion().confirmed is False


def test_criteria_are_called_by_number_and_title(db):
    assert str(CriterionFactory(number="2.1", title="Land rights")) == "2.1 Land rights"
    assert str(CriterionGroupFactory(number=700, name="Safeguards")) == "700. Safeguards"


def test_a_group_with_criteria_stays(db):
    criterion = CriterionFactory()
    with pytest.raises(ProtectedError):
        criterion.group.delete()
