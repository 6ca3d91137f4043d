import json

import pytest

from tests.factories import CriterionFactory, CriterionGroupFactory, GoalFactory
from tests.reading import nesting_mistakes, read, words

PATHS = {"en": "/en/criteria/", "fr": "/fr/criteres/", "es": "/es/criterios/", "ar": "/ar/criteria/"}


@pytest.mark.parametrize("code", ["en", "fr", "es", "ar"])
def test_groups_criteria_and_goals_in_each_language(client, site, code):
    safeguards = CriterionGroupFactory(
        key="safeguards",
        number=1,
        name_en="Safeguards",
        name_fr="Garanties",
        name_es="Salvaguardias",
        explanation_en="First of all.",
    )
    criterion = CriterionFactory(
        group=safeguards,
        number="1.1",
        title_en="Human rights",
        title_fr="Droits humains",
        title_es="Derechos humanos",
        title_ar="حقوق الإنسان",
        explanation_en="They are respected.",
        explanation_fr="Ils sont respectés.",
    )
    criterion.sdgs.set([GoalFactory(number=16, title_en="Peace", title_fr="Paix", title_es="Paz", title_ar="السلام")])
    page = site["criteria", code]
    page.body = json.dumps([{"type": "text", "value": f"<h2>How it works {code}</h2>"}])
    page.save_revision().publish()
    shown = read(client, PATHS[code])
    group = {"en": "Safeguards", "fr": "Garanties", "es": "Salvaguardias", "ar": "Garanties"}
    title = {"en": "Human rights", "fr": "Droits humains", "es": "Derechos humanos", "ar": "حقوق الإنسان"}
    goal = {"en": "Peace", "fr": "Paix", "es": "Paz", "ar": "السلام"}
    assert shown.heading(group[code]).name == "h2"
    assert shown.heading(title[code]).name == "h3"
    item = shown.main.find(id="criterion-1.1")
    assert "1.1" in words(item)
    assert f"16 {goal[code]}" in words(item)
    explanation = {
        "en": "They are respected.",
        "fr": "Ils sont respectés.",
        "es": "They are respected.",
        "ar": "Ils sont respectés.",
    }
    assert explanation[code] in words(item)
    assert "First of all." in shown.text
    if code == "es":
        assert shown.with_text("p", "They are respected.")["lang"] == "en"
        assert not shown.heading(title[code]).has_attr("lang")
    if code == "ar":
        assert (shown.heading("Garanties")["lang"], shown.heading("Garanties")["dir"]) == ("fr", "ltr")
    assert (2, f"How it works {code}") in shown.headings
    assert nesting_mistakes(shown.html) == []


def test_unconfirmed_wording_stays_out_and_so_do_groups_of_nothing_else(client, site):
    mixed = CriterionGroupFactory(name="Mixed")
    CriterionFactory(group=mixed, title="Confirmed")
    CriterionFactory(group=mixed, title="Not yet", confirmed=False)
    CriterionFactory(group=CriterionGroupFactory(name="Nothing yet"), title="Neither", confirmed=False)
    CriterionGroupFactory(name="Empty")
    assert [title for _level, title in read(client, "/en/criteria/").headings] == ["Criteria en", "Mixed", "Confirmed"]


def test_groups_and_criteria_stand_in_the_order_of_their_numbers(client, site):
    second, first = CriterionGroupFactory(number=2, name="B"), CriterionGroupFactory(number=1, name="A")
    CriterionFactory(group=second, number="2.1", title="b1")
    CriterionFactory(group=first, number="1.2", title="a2")
    CriterionFactory(group=first, number="1.1", title="a1")
    titles = [title for _level, title in read(client, "/en/criteria/").headings]
    assert titles == ["Criteria en", "A", "a1", "a2", "B", "b1"]
