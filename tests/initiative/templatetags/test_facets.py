"""The boxes of a facet."""

from django.utils import translation

from initiative.base.facets import Choice, Option
from initiative.templatetags.facets import facet_choices


def test_a_box_has_its_label_count_and_state():
    plain = Choice(Option("a", "Soil & <water>"), "a", 1234, checked=False, depth=0)
    below = Choice(Option("b", "Sols", language="fr"), "b", 0, checked=True, depth=1)
    assert facet_choices("topic", [plain, below]) == (
        '<ul class="facet-list"><li><label class="tick"><input type="checkbox" id="topic-a" name="topic" value="a">'
        '<span>Soil &amp; &lt;water&gt;</span> <span class="n">1,234</span></label></li>'
        '<li class="depth-1"><label class="tick"><input type="checkbox" id="topic-b" name="topic" value="b" checked>'
        '<span lang="fr">Sols</span> <span class="n">0</span></label></li></ul>'
    )
    with translation.override("fr"):
        assert '<span class="n">1\u202f234</span>' in facet_choices("topic", [plain])


def test_a_kind_of_resource_has_its_strata_and_those_below_it_have_none():
    above = Choice(Option("a", "Reports", soil="chernozem"), "a", 1, checked=False, depth=0)
    below = Choice(Option("b", "Briefs", soil="chernozem"), "b", 1, checked=False, depth=1)
    assert facet_choices("type", [above]).count("<svg") == 1
    assert "<svg" not in facet_choices("type", [below])


def test_an_address_can_bring_no_markup_in():
    box = facet_choices("topic", [Choice(Option("x", "X"), '"><script>', 1, checked=False, depth=0)])
    assert "<script>" not in box
