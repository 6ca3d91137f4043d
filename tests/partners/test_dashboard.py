"""Commitments as an address asks for them: the list, its counts, what they come to."""

import datetime
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils import timezone, translation

from initiative.search.rebuild import rebuild
from partners.dashboard import Dashboard
from partners.ledger import known_ledger, public_entries
from partners.models import Commitment
from partners.totals import totals, unknown
from tests.factories import CommitmentFactory, GoalFactory, OrganisationFactory, PlaceFactory, ProgressReportFactory
from tests.reading import read, words

TODAY = timezone.localdate()


def ago(days):
    return TODAY - datetime.timedelta(days=days)


@pytest.fixture(scope="module")
def _eight(_tree, django_db_blocker):
    with django_db_blocker.unblock():
        for code in ("FR", "DE", "PE"):
            PlaceFactory(code=code)
        trust = OrganisationFactory(name="Trust", type="civil", country_id="FR")
        bureau = OrganisationFactory(name="Bureau", type="states", country_id="DE")
        years = {"start": ago(400).isoformat(), "end": ago(-600).isoformat()}
        fields = {"baseline": 0, "target": 100, "unit": "ha", **years}
        made = {
            "A": CommitmentFactory(title="A on course", organisation=trust, **fields),
            "B": CommitmentFactory(title="B behind", organisation=trust, **{**fields, "baseline": Decimal("10.5")}),
            "C": CommitmentFactory(title="C silent", organisation=bureau, **{**fields, "start": "2018-01-01"}),
            "D": CommitmentFactory(title="D down", organisation=bureau, **{**fields, "baseline": 500}),
            "E": CommitmentFactory(title="E people", organisation=bureau, **{**fields, "unit": "people"}),
            "F": CommitmentFactory(title="F farms", organisation=bureau, **{**fields, "unit": "farms"}),
            "G": CommitmentFactory(title="G words", organisation=bureau, **years, goal="Hedges everywhere."),
            "H": CommitmentFactory(
                title="H removed", organisation=trust, outcome="removed", outcome_on=ago(1), **fields
            ),
        }
        CommitmentFactory(title="X draft", live=False, organisation=trust, **fields)
        CommitmentFactory(title="X hidden", organisation__live=False, **fields)
        for name, value, day in (
            ("A", 50, ago(10)),
            ("B", 20, ago(10)),
            ("C", 90, datetime.date(2018, 6, 1)),
            ("D", 300, ago(10)),
            ("H", 70, ago(10)),
        ):
            ProgressReportFactory(commitment=made[name], value=value, reported_on=day)
        ProgressReportFactory(commitment=made["E"], value=99, reported_on=ago(5), state="pending")
        for name, numbers, places in (("A", (13, 15), ["PE", "FR"]), ("B", (15,), []), ("G", (2,), ["PE"])):
            made[name].sdgs = [GoalFactory(number=number, title_en=f"Goal {number}") for number in numbers]
            made[name].places = [PlaceFactory(code=code) for code in places]
            made[name].save()
        rebuild()


@pytest.fixture
def commitments(_eight, site):
    """Eight that readers see, two that they don't."""


def dashboard(query="", language="en"):
    return Dashboard(QueryDict(query), "/en/commitments/", language)


def names(query=""):
    return "".join(sorted(commitment.title[0] for commitment in dashboard(query).page))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "ABCDEFGH"),
        ("status=on-course", "AD"),
        ("status=behind", "B"),
        ("status=silent", "C"),
        ("status=removed", "H"),
        ("status=behind&status=removed", "BH"),
        ("status=report-due", "EFG"),
        ("type=civil", "ABH"),
        ("country=FR", "ABH"),  # B and H name no country: their organisation's stands for it
        ("country=PE", "AG"),
        ("country=DE", "CDEF"),
        ("sdg=15", "AB"),
        ("sdg=15&country=PE", "A"),
        ("sdg=15&sdg=2", "ABG"),
        ("status=behind&country=PE", ""),
        ("status=kings&country=&sdg=x", "ABCDEFGH"),
        ("q=hedges", "G"),
        ("q=trust", "ABH"),
        ("q=trust&status=behind", "B"),
        ("q=%00", "ABCDEFGH"),
        ("page=99", "ABCDEFGH"),
    ],
)
def test_what_is_chosen_narrows_the_list(commitments, query, found):
    assert names(query) == found


def test_counts_ignore_the_choice_of_their_own_facet(commitments):
    everything = {"on-course": 2, "behind": 1, "silent": 1, "report-due": 3, "removed": 1}
    assert dashboard().counts["status"] == everything
    assert dashboard("status=behind").counts["status"] == everything
    assert dashboard("status=behind").counts["country"] == {"FR": 1}
    assert dashboard().counts["country"] == {"FR": 3, "PE": 2, "DE": 4}
    assert dashboard().counts["type"] == {"civil": 3, "states": 5}
    assert dashboard().counts["sdg"] == {"2": 1, "13": 1, "15": 2}
    assert dashboard("country=PE&country=FR").counts["sdg"] == {"2": 1, "13": 1, "15": 2}
    assert dashboard("q=hedges").counts["status"] == {"report-due": 1}


def test_only_what_can_be_added_is(commitments):
    (hectares, people) = totals(dashboard().chosen)
    assert (hectares.unit, hectares.promised, hectares.commitments) == ("ha", Decimal("289.500"), 3)
    # A did 50, B did 20 - 10.5; C is silent, D leads down, H was taken back.
    assert (hectares.reported, hectares.reports) == (Decimal("59.500"), 2)
    assert (hectares.promised_shown, hectares.reported_shown, hectares.share) == ("289.5", "59.5", 20)
    # E's report waits for the secretariat.
    assert (people.unit, people.promised, people.reported, people.reports, people.share) == ("people", 100, 0, 0, 0)
    assert [total.unit for total in dashboard("status=behind").totals] == ["ha"]
    assert dashboard("q=nothing+such").totals == []


def test_what_is_not_known_is_said_in_words(commitments):
    assert unknown(dashboard().chosen) == [
        "1 commitment has no baseline and target: what comes of it can’t be counted.",
        "1 is measured in something that can’t be added up.",
        "1 means to bring something down, which is not added to what others build up.",
        "1 has not reported a figure yet.",
        "1 has been silent for 24 months: its last figure is not counted any more.",
    ]
    assert unknown(dashboard("status=on-course&sdg=13").chosen) == []
    with translation.override("fr"):
        assert dashboard("sdg=2", "fr").unknown == [
            "1 engagement n’a ni référence ni cible\u00a0: ce qu’il produit ne peut pas être compté."
        ]


def test_what_was_given_up_keeps_what_it_reported_and_promises_nothing(db):
    commitment = CommitmentFactory(baseline=0, target=100, unit="ha", outcome="ended-early", outcome_on=ago(1))
    ProgressReportFactory(commitment=commitment, value=40, reported_on=ago(9))
    (hectares,) = totals(public_entries().among([commitment.pk]))
    assert (hectares.promised, hectares.commitments, hectares.reported, hectares.reports) == (0, 0, 40, 1)
    assert hectares.share == 0


def test_statuses_are_layers_of_one_whole(commitments):
    found = dashboard("sdg=15").statuses
    assert [(one["key"], one["count"], one["start"], one["share"]) for one in found] == [
        ("on-course", 1, "0.00%", "50.00%"),
        ("behind", 1, "50.00%", "50.00%"),
    ]
    assert found[1]["url"] == "/en/commitments/?sdg=15&status=behind"


def test_the_map_leads_to_the_list(commitments):
    countries = dashboard("country=PE&q=hedges").map.countries
    assert [(one.code, one.count, one.chosen, one.url) for one in countries] == [
        ("PE", 1, True, "/en/commitments/?q=hedges&country=PE")
    ]


def test_the_status_of_tomorrow_is_counted_tomorrow(commitments):
    later = Commitment.objects.with_status(TODAY + datetime.timedelta(days=3 * 366))
    assert later.get(title="A on course").status_then == "silent"
    assert later.get(title="H removed").status_then == "removed"


def test_the_page_says_it(commitments, client):
    page = read(client, "/en/commitments/?sdg=15")
    assert page.is_indexed is False
    assert page.canonical == "/en/commitments/"
    assert page.languages["fr"] == "/fr/engagements/?sdg=15"
    assert "2 commitments" in page.text
    assert "hectares 59.5 reported, resting on 2 reports of 189.5 promised by 2 commitments" in page.text
    assert page.links["On course"] == "/en/commitments/?sdg=15&status=on-course"
    assert [words(row) for row in page.main.select("ul.directory .entry-end b")] == ["Behind", "On course"]
    html = client.get("/en/commitments/?sdg=15", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html
    assert html.count("data-hx-swap-oob") == 3
    assert "No commitment is all of this at once" in read(client, "/en/commitments/?sdg=15&status=removed").text


def test_beginnings_are_counted_by_year(commitments):
    Commitment.objects.update(start="")
    for place, commitment in enumerate(Commitment.objects.order_by("pk")[:3]):
        Commitment.objects.filter(pk=commitment.pk).update(start=("2019-03", "2021", "2021-05-01")[place])
    chart = Dashboard(QueryDict(""), "/c/").by_start
    assert [(column.label, column.count) for column in chart.columns] == [("2019", 1), ("2020", 0), ("2021", 2)]
    Commitment.objects.update(start="")
    known_ledger.forget()  # nobody hears of what is saved in bulk
    assert Dashboard(QueryDict(""), "/c/").by_start is None
