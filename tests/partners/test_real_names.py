"""Real names of 376 organisations, with the dirt they came with: through the form for joining, beside one another, in order. The
list is read where it lies beside the project; nothing of it is kept here."""

import csv

import pytest
from django.conf import settings

from initiative.base.languages import in_order
from initiative.search.rebuild import rebuild
from partners.intake.duplicates import Register, folded
from partners.intake.models import Submission
from partners.joining.forms import OrganisationForm
from partners.models import Organisation
from tests import factories
from tests.partners.joining.applicant import ORGANISATION
from tests.reading import read, words

LIST = settings.BASE_DIR.parent / "shared" / "data" / "organisations.csv"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not LIST.exists(), reason="The list of real organisations isn't part of the project."),
]


@pytest.fixture(scope="module")
def rows() -> list[dict]:
    with LIST.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def typed(row) -> dict:
    facts = {"organisation": row["name"], "acronym": row["acronym"], "website": row["website"]}
    return {**ORGANISATION, **facts, "country": row["country_code"] or "FR"}


def test_all_of_them_can_fill_in_the_form(rows, world):
    """One name is longer than any directory shows, and one site has an address that no browser need find."""
    wrong, names = {}, []
    for code in {row["country_code"] for row in rows} - {"", "FR"}:
        factories.PlaceFactory(code=code)
    for row in rows:
        form = OrganisationForm(typed(row))
        if form.is_valid():
            names.append((form.cleaned_data["organisation"], " ".join(row["name"].split())))
        else:
            wrong[row["source_id"]] = [
                code for errors in form.errors.as_data().values() for code in errors[0].code.split()
            ]
    assert len(rows) == 376
    assert sorted(wrong.values()) == [["invalid"], ["max_length"]]
    assert [pair for pair in names if pair[0] != pair[1]] == []


def test_each_is_found_again_however_it_is_written(rows, site):
    """By a name in capitals and without accents, and by its site with or without `www.`; and nothing else is."""
    Organisation.objects.bulk_create(
        Organisation(slug=f"real-{number}", name=row["name"][:255], website=row["website"])
        for number, row in enumerate(rows)
    )
    register, names = Register(), {}
    for row in rows:
        names.setdefault(folded(row["name"]), []).append(row["name"])
    for row in rows:
        shouted = Submission(kind="application", subject=in_order(row["name"]).upper(), email="x@gmail.com", answers={})
        found = [one.record.name for one in register.like(shouted)]
        assert sorted(found) == sorted(names[folded(row["name"])])
    with_site = [row for row in rows if row["website"]][:60]
    for row in with_site:
        host = row["website"].partition("//")[2].partition("/")[0].removeprefix("www.")
        answers = {"organisation": {"website": f"https://www.{host}/about"}}
        other = Submission(kind="application", subject="Another name", email="x@gmail.com", answers=answers)
        assert [one.record.name for one in register.like(other)] == [row["name"]]


def test_the_directory_has_them_in_the_order_of_the_alphabet(client, rows, site):
    """Accents and capitals make no difference: École stands among the names with E."""
    chosen = [row["name"] for row in rows if not row["name"].isascii()]
    chosen += [row["name"] for row in rows[::9] if row["name"] not in chosen and len(row["name"]) < 200]
    for name in chosen:
        factories.OrganisationFactory(name=name)
    rebuild()
    pages = ["/fr/partenaires/", *(f"/fr/partenaires/?page={page}" for page in range(2, len(chosen) // 30 + 2))]
    shown = [words(name) for path in pages for name in read(client, path).soup.select("ul.directory h3")]
    assert shown == sorted((" ".join(name.split()) for name in chosen), key=in_order)
