import json

import pytest

from tests.factories import CollegeFactory, GovernanceBodyFactory, hide_everywhere
from tests.reading import read, words

COMMITTEE = {"en": "/en/committee/", "fr": "/fr/comite/", "es": "/es/comite/", "ar": "/ar/committee/"}


@pytest.mark.parametrize("code", ["en", "fr", "es", "ar"])
def test_the_bodies_as_a_diagram_in_each_language(client, site, code):
    GovernanceBodyFactory(
        order=2,
        name_en="Forum",
        name_fr="Le forum",
        name_es="El foro",
        name_ar="المنتدى",
        role_en="Meets.",
        members_en="All partners",
    )
    GovernanceBodyFactory(
        order=1,
        name_en="Committee",
        name_fr="Le comité",
        name_es="El comité",
        name_ar="اللجنة",
        role_en="Advises.",
        role_fr="Conseille.",
        role_es="Asesora.",
        role_ar="تشير.",
        landmark="committee",
        decides=True,
    )
    page = read(client, site["governance", code].get_path())
    first, second = page.main.select("ol.diagram > li")
    names = {
        "en": ("Committee", "Forum"),
        "fr": ("Le comité", "Le forum"),
        "es": ("El comité", "El foro"),
        "ar": ("اللجنة", "المنتدى"),
    }
    assert (words(first.h3), words(second.h3)) == names[code]
    assert first.a["href"] == COMMITTEE[code]
    assert second.a is None
    role = {"en": "Advises.", "fr": "Conseille.", "es": "Asesora.", "ar": "تشير."}
    assert role[code] in words(first)
    fallback = second.find(lang="en")
    assert (fallback is None) == (code == "en")
    assert "All partners" in words(second)


def test_only_the_body_that_decides_says_so(client, site):
    GovernanceBodyFactory(name="Consortium", decides=True)
    GovernanceBodyFactory(name="Forum")
    consortium, forum = read(client, "/en/governance/").main.select("ol.diagram > li")
    assert "The decisions are taken here" in words(consortium)
    assert "The decisions are taken here" not in words(forum)


def test_a_body_whose_page_is_not_published_is_not_linked(client, site):
    GovernanceBodyFactory(landmark="committee")
    hide_everywhere(site["committee", "en"])
    assert read(client, "/en/governance/").main.select_one("ol.diagram").a is None


@pytest.mark.parametrize(("count", "heading"), [(1, "1 college of actors"), (5, "5 colleges of actors")])
def test_colleges_are_counted_and_stand_in_order(client, site, count, heading):
    for number in range(count):
        CollegeFactory(order=count - number, name=f"College {number}")
    GovernanceBodyFactory()
    page = read(client, "/en/governance/")
    assert heading in [title for _level, title in page.headings]
    shown = [words(item) for item in page.main.select("li") if words(item).startswith("College")]
    assert shown == [f"College {number}" for number in reversed(range(count))]


def test_the_prose_around_it(client, site):
    page = site["governance", "es"]
    page.body = json.dumps([{"type": "text", "value": "<h2>Cómo</h2><p>Juntos.</p>"}])
    page.save_revision().publish()
    shown = read(client, "/es/gobernanza/")
    assert (2, "Cómo") in shown.headings
    assert "Juntos." in shown.text
    assert "Juntos." in page.search_text()


def test_records_are_called_by_their_names(db):
    assert str(GovernanceBodyFactory(name="Forum")) == "Forum"
    assert str(CollegeFactory(name="Farmers")) == "Farmers"
