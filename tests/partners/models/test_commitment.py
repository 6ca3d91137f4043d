from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from partners.models import Commitment
from tests.factories import (
    CommitmentFactory,
    GoalFactory,
    OrganisationFactory,
    ResearchPriorityFactory,
    TopicFactory,
    add_priority_page,
)
from tests.reading import nesting_mistakes, read, words

PATHS = {"en": "/en/commitments/", "fr": "/fr/engagements/", "es": "/es/compromisos/", "ar": "/ar/commitments/"}


@pytest.mark.parametrize(("baseline", "target"), [(Decimal(1), None), (None, Decimal(1)), (Decimal(0), None)])
def test_what_can_be_measured_has_two_ends(baseline, target):
    with pytest.raises(ValidationError) as refusal:
        Commitment(baseline=baseline, target=target).clean()
    assert refusal.value.message_dict == {"target": ["A goal that can be measured needs both a baseline and a target."]}


def test_what_cannot_be_measured_is_a_commitment_too():
    Commitment().clean()
    Commitment(baseline=Decimal(0), target=Decimal(-1), unit="ha").clean()


def test_actions_are_one_a_line_in_the_language_that_is_shown():
    commitment = Commitment(actions_en="Sow \n\n  Mow\n", actions_fr="Semer")
    assert commitment.action_list == ["Sow", "Mow"]
    with translation.override("fr"):
        assert commitment.action_list == ["Semer"]
    with translation.override("es"):
        assert commitment.action_list == ["Sow", "Mow"]
    assert Commitment().action_list == []


@pytest.mark.parametrize("code", ["en", "fr", "es", "ar"])
def test_a_commitment_in_each_language(client, site, code):
    priority = ResearchPriorityFactory(
        title_en="Storage", title_fr="Stockage", title_es="Almacenamiento", title_ar="تخزين"
    )
    add_priority_page(site, priority, code, slug="storage")
    commitment = CommitmentFactory(
        slug="cover",
        organisation=OrganisationFactory(slug="trust", name="Soil Trust"),
        title_en="Keep it covered",
        title_fr="Couvrir",
        title_es="Cubrir",
        title_ar="تغطية",
        goal_en="Living cover all winter.",
        goal_fr="Un couvert tout l’hiver.",
        goal_es="Cubierta viva.",
        goal_ar="غطاء حي.",
        actions_en="Sow\nMow",
        timetable_en="By 2030.",
        resources_en="Two people.",
        start="2021",
        end="2030",
        baseline=Decimal("1000.5"),
        target=Decimal("4000"),
        unit="ha",
        measure_en="hectares",
        measure_fr="des hectares",
        measure_es="unas hectáreas",
        measure_ar="هكتار",
    )
    commitment.sdgs = [
        GoalFactory(number=13, title_en="Climate action", title_fr="Climat", title_es="Clima", title_ar="المناخ")
    ]
    commitment.priorities = [priority]
    commitment.topics = [
        TopicFactory(name_en="Cover crops", name_fr="Couverts", name_es="Cubiertas", name_ar="غطاء", slug_en="cover")
    ]
    commitment.save()
    page = read(client, f"{PATHS[code]}cover/")
    assert page.h1 == commitment.text_in("title", code)
    for field in ("goal", "measure"):
        assert commitment.text_in(field, code) in page.text
    assert f"13 {commitment.sdgs.first().__dict__[f'title_{code}']}" in page.text
    assert page.links["Soil Trust"].endswith("/trust/")
    assert page.links[priority.__dict__[f"title_{code}"]].endswith("/storage/")
    assert "2021 – 2030" in list(page.facts.values())
    assert [words(item) for item in page.main.select("section ul li")] == ["Sow", "Mow"]
    assert "By 2030." in page.text
    assert "Two people." in page.text
    assert page.canonical == f"{PATHS[code]}cover/"
    assert page.hreflang == {other: f"{PATHS[other]}cover/" for other in PATHS} | {
        "x-default": "/en/commitments/cover/"
    }
    assert page.untranslated == []
    if code == "en":
        measure = {words(row.dt): words(row.dd) for row in page.main.select("dl.measure div")}
        assert measure == {"Where it starts": "1,000.5 ha hectares", "Where it means to go": "4,000 ha hectares"}
    if code == "fr":
        assert page.main.find("ul", lang="en") is not None  # the actions aren't translated
    assert nesting_mistakes(page.html) == []


def test_one_that_starts_from_nothing_is_measured_too(client, site):
    CommitmentFactory(slug="zero", baseline=Decimal(0), target=Decimal(10), unit="other", measure="trees")
    assert "Where it starts 0 trees" in read(client, "/en/commitments/zero/").text


def test_without_the_optional_parts_there_are_no_empty_ones(client, site):
    CommitmentFactory(slug="bare", title="Bare", goal="A goal.")
    page = read(client, "/en/commitments/bare/")
    assert page.headings == [(1, "Bare"), (2, "Status: Announced"), (2, "The goal it sets itself")]
    assert page.facts == {}


def test_it_is_hidden_with_its_organisation(client, site):
    commitment = CommitmentFactory(slug="cover")
    commitment.organisation.unpublish()
    assert client.get("/en/commitments/cover/").status_code == 404
    assert client.get("/en/commitments/nothing/").status_code == 404
    CommitmentFactory(slug="draft", live=False)
    assert client.get("/en/commitments/draft/").status_code == 404


def test_it_is_called_by_who_and_what(db):
    assert str(CommitmentFactory(organisation__name="Trust", title="Cover")) == "Trust: Cover"
