from django.template import Context, Template

from initiative.base.atlas import CountryMap

MAP = Template("{% load atlas %}{% map_countries map '/s&.svg' %}")


def drawn(*args, **more):
    return MAP.render(Context({"map": CountryMap(*args, **more)}))


def test_countries_are_links_with_their_shapes():
    (first, second) = drawn({"FR": 1_200, "FJ": 1}, lambda code: f"/?a=<&country={code}", chosen=("FR",)).splitlines()
    # A small country has a dot.
    assert first.startswith('<a href="/?a=&lt;&amp;country=FJ" data-at="')
    assert '<title>Fiji: 1</title><use class="step-1" href="/s&amp;.svg#FJ"/><circle class="step-1" cx="' in first
    assert '" class="chosen" aria-current="true"><title>France: 1,200</title><use class="step-4" href="' in second
    assert second.endswith('#FR"/></a>')


def test_numbers_stand_in_what_is_large_enough():
    assert '" dy=".35em" aria-hidden="true">5</text></a>' in drawn({"FR": 5}, lambda code: "#", region="150")
