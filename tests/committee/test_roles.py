from committee.models import Term
from committee.queries import members_by_role
from tests.factories import PersonFactory, TermFactory


def test_a_former_chair_who_stays_is_shown_as_what_they_are_now(db):
    person = PersonFactory()
    TermFactory(person=person, role="chair", start="2016", end="2018", is_former=True)
    TermFactory(person=person, role="member", start="2019")
    current, former = members_by_role(Term.objects.select_related("person"))
    assert former == []
    assert [term.role for term in current[0].shown_terms] == ["member", "chair"]
