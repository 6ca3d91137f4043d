"""What is known of commitments to count by: the same as a question to the database says, and heard of when it changes."""

import datetime
from decimal import Decimal

import pytest
import wagtail_factories
from django.db import connection
from django.db.models import Count
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from initiative.base.known import told_once
from initiative.search.rebuild import rebuild
from partners.countries import CountryRecord
from partners.dashboard import Dashboard
from partners.ledger import Ledger, known_ledger, public_entries
from partners.models import Commitment, Organisation
from partners.queries import in_countries, public_commitments
from tests.factories import CommitmentFactory, GoalFactory, OrganisationFactory, PlaceFactory, ProgressReportFactory

TODAY = timezone.localdate()


def row(pk, **more):
    fields = {
        "type": "civil", "country": "FR", "start": "2020-05", "course": "on-course", "due_on": None, "silent_on": None,
        "outcome": "", "unit": "ha", "baseline": Decimal(10), "target": Decimal(30), "value": None,
    }  # fmt: skip
    return (pk, *(fields | more).values())


def test_each_is_held_by_what_it_has():
    rows = [row(9, value=Decimal("12.5")), row(2, type="", country=None, start="", unit=""), row(7, target=Decimal(4))]
    rows.append(row(5, baseline=Decimal(30), outcome="removed", start="2019"))
    ledger = Ledger(rows, [(7, "PE"), (7, "002"), (8, "PE")], [(2, 15), (9, 15), (9, 2), (8, 15)])
    assert ledger.order == [9, 2, 7, 5]
    assert {facet: {value: list(ids) for value, ids in those.items()} for facet, those in ledger.on(TODAY).members.items()} == {
        "type": {"civil": [5, 7, 9]},
        "country": {"FR": [5, 9], "PE": [7], "002": [7]},
        "sdg": {"15": [2, 9], "2": [9]},
        "year": {"2020": [7, 9], "2019": [5]},
        "unit": {"ha": [5, 7, 9]},
        "outcome": {"removed": [5]},
        "way": {"up": [2, 9], "down": [7]},
        "figure": {"yes": [9]},
        "status": {"on-course": [2, 5, 7, 9]},
    }  # fmt: skip
    assert ledger.to_come == {9: 20, 2: 20}
    assert ledger.done == {9: Decimal("2.5")}


def test_each_stands_as_its_day_says():
    day = datetime.date(2026, 6, 1)
    month, year = day + datetime.timedelta(days=30), day + datetime.timedelta(days=365)
    ledger = Ledger([row(1, due_on=month, silent_on=year), row(2, course="behind"), row(3, due_on=month)], [], [])

    def standing(on):
        return {status: list(ids) for status, ids in ledger.on(on).members["status"].items()}

    assert standing(day) == {"on-course": [1, 3], "behind": [2]}
    assert standing(month) == {"report-due": [1, 3], "behind": [2]}
    assert standing(year) == {"silent": [1], "report-due": [3], "behind": [2]}
    assert standing(day) == {"on-course": [1, 3], "behind": [2]}


def fill(start, end):
    places = [PlaceFactory(code=code) for code in ("FR", "DE", "PE")]
    goals = [GoalFactory(number=number, title_en=f"Goal {number}") for number in (2, 13, 15)]
    for number in range(start, end):
        trust = OrganisationFactory(
            country=places[number % 3], type=("civil", "states")[number % 2], live=number % 7 != 6
        )
        made = CommitmentFactory(
            organisation=trust,
            start=("", "2019", "2021-05")[number % 3],
            end="2031",
            baseline=number * 3 % 5,
            target=4,
            unit=("ha", "people", "farms")[number % 3],
            live=number % 5 != 4,
        )
        made.places = places[: number % 4 % 3]
        made.sdgs = goals[number % 3 :]
        made.save()
        if number % 2:
            ProgressReportFactory(commitment=made, value=2, reported_on=TODAY - datetime.timedelta(days=100 * number))


def test_it_says_what_the_database_says(site):
    fill(0, 24)
    asked, entries = public_commitments().with_status().order_by(), public_entries()
    assert len(entries) == asked.count() == 17
    assert entries.newest_first == list(asked.order_by("-start", "-pk").values_list("pk", flat=True))
    assert entries.counts("status") == dict(asked.values_list("status_then").annotate(Count("pk")))
    assert entries.counts("type") == dict(asked.values_list("organisation__type").annotate(Count("pk")))
    goals = asked.filter(sdgs__isnull=False).values_list("sdgs__number").annotate(Count("pk"))
    assert entries.counts("sdg") == {str(number): count for number, count in goals}
    for codes in (["FR"], ["DE"], ["PE"], ["FR", "PE"]):
        there = set(asked.filter(in_countries(codes)).values_list("pk", flat=True))
        assert set(entries.having("country", *codes)) == there
        assert there
    behind = entries.narrowed("status", ["report-due", "silent"])
    assert set(behind.ids) == {one.pk for one in asked if one.status_then in ("report-due", "silent")}
    assert behind.newest_first == [pk for pk in entries.newest_first if pk in behind.ids]


@pytest.mark.parametrize(
    "change",
    [
        lambda one: ProgressReportFactory(commitment=one, value=7),
        lambda one: one.places.set([PlaceFactory(code="PE")]) or one.save(),
        lambda one: one.sdgs.set([GoalFactory(number=2)]) or one.save(),
        lambda one: Commitment.objects.get(pk=one.pk).delete(),
        lambda one: type(one.organisation).objects.get(pk=one.organisation_id).unpublish(),
        lambda one: CommitmentFactory(),
    ],
)
def test_a_change_is_heard_of(db, change):
    one = CommitmentFactory(baseline=0, target=10, unit="ha")
    before = known_ledger()
    assert known_ledger() is before
    change(one)
    after = known_ledger()
    assert (after.done, after.order, after.on(TODAY).members) != (before.done, before.order, before.on(TODAY).members)


@pytest.mark.parametrize(
    ("change", "facet", "held"),
    [
        (lambda place, goal, one: place.commitments.add(one), "country", ["DE", "PE"]),
        (lambda place, goal, one: one.places.first().commitments.remove(one), "country", []),
        (lambda place, goal, one: goal.commitments.add(one), "sdg", ["13", "2"]),
        (lambda place, goal, one: one.sdgs.first().commitments.clear(), "sdg", []),
        (lambda place, goal, one: one.sdgs.first().delete(), "sdg", []),
        (lambda place, goal, one: type(goal)(pk=one.sdgs.first().pk, number=4).save(), "sdg", ["4"]),
    ],
)
def test_what_is_changed_around_a_commitment_is_heard_of_though_it_isnt_saved_itself(db, change, facet, held):
    one = CommitmentFactory(organisation__country=None)
    PlaceFactory(code="DE").commitments.add(one)
    GoalFactory(number=2).commitments.add(one)
    place, goal = PlaceFactory(code="PE"), GoalFactory(number=13)
    known_ledger()
    change(place, goal, Commitment.objects.get(pk=one.pk))
    assert sorted(public_entries().counts(facet)) == held


def spent(ask):
    """How many statements it takes, what is known being known."""
    with told_once():
        ask()
        with CaptureQueriesContext(connection) as statements:
            ask()
    return len(statements)


def whole(query=""):
    found = Dashboard(QueryDict(query), "/en/commitments/", "en")
    return [found.page, found.facets, found.statuses, found.totals, found.unknown, found.by_start, found.map.countries]


def test_the_list_costs_one_statement_at_any_size(site):
    asked = ("", "country=FR&sdg=15&status=report-due&status=behind", "type=civil&page=2")
    ends = [4, 44]
    for start, end in zip([0, *ends], ends, strict=False):
        fill(start, end)
        assert [spent(lambda query=query: whole(query)) for query in asked] == [1, 1, 1]


def test_logos_cost_two_statements_more_and_words_three_or_four(site):
    fill(0, 12)
    rebuild()
    asked = ("", "q=field", "q=field+zebra")
    assert [spent(lambda query=query: whole(query)) for query in asked] == [1, 4, 5]
    Organisation.objects.update(logo=wagtail_factories.ImageFactory())
    assert [spent(lambda query=query: whole(query)) for query in asked] == [3, 6, 7]


def test_a_country_costs_the_same_at_any_size(site):
    locale = site["partners", "en"].locale_id

    def everything():
        country = CountryRecord("fr", locale)
        return country.partners, country.partner_count, country.commitments, country.totals, country.unknown

    fill(0, 4)
    assert spent(everything) == 3
    fill(4, 44)
    assert spent(everything) == 3


@pytest.mark.parametrize(
    ("path", "row"),
    [
        ("/en/commitments/", "/en/commitments/commitment-"),
        ("/en/partners/", "/en/partners/fictional-soil-trust-"),
        ("/en/partners/countries/fr/", "/en/partners/fictional-soil-trust-"),
    ],
)
def test_a_page_asks_the_same_at_any_size(site, client, path, row):
    rows, statements = [], []
    for start, end in ((0, 4), (4, 12)):
        fill(start, end)
        rebuild()
        statements.append(spent(lambda: client.get(path)))
        rows.append(client.get(path).content.decode().count(row))
    assert 0 < rows[0] < rows[1]
    assert statements[0] == statements[1]
