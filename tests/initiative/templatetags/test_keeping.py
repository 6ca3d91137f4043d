"""What is drawn once."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from initiative.navigation import Menus
from initiative.templatetags.keeping import KeepAlikeNode


class Said:
    """Counts how often it is shown."""

    def __init__(self):
        self.times = 0

    def __str__(self):
        self.times += 1
        return f"{self.times} &"


def draw(**context):
    return TEMPLATE.render(Context(context))


TEMPLATE = Template("{% load keeping %}{% keep thing other %}{{ said }}{% endkeep %}")


def test_it_is_drawn_once_for_each_thing_language_and_state_of_the_others():
    one, two, said = Menus({}), Menus({}), Said()
    assert [draw(thing=one, other="a", said=said) for _time in range(2)] == ["1 &amp;"] * 2
    assert draw(thing=one, other="b", said=said) == "2 &amp;"
    with translation.override("ar"):
        assert draw(thing=one, other="a", said=said) == "3 &amp;"
    assert draw(thing=two, other="a", said=said) == "4 &amp;"
    assert draw(thing=one, other="a", said=said) == "1 &amp;"


@pytest.mark.parametrize("thing", [None, "", {}])
def test_what_keeps_nothing_is_drawn_each_time(thing):
    said = Said()
    assert [draw(thing=thing, other="a", said=said) for _time in range(2)] == ["1 &amp;", "2 &amp;"]


def test_two_places_in_templates_do_not_mix():
    menus = Menus({})
    twice = Template("{% load keeping %}{% keep menus %}a{% endkeep %}{% keep menus %}b{% endkeep %}")
    assert twice.render(Context({"menus": menus})) == "ab"


def test_it_needs_a_thing():
    with pytest.raises(TemplateSyntaxError, match="needs the thing"):
        Template("{% load keeping %}{% keep %}{% endkeep %}")


def test_what_is_made_of_the_same_is_drawn_once_in_each_language_and_the_last_few_are_kept(monkeypatch):
    alike, said = Template("{% load keeping %}{% keep_alike part other %}{{ said }}{% endkeep_alike %}"), Said()

    def draw(part, other=1):
        return alike.render(Context({"part": part, "other": other, "said": said}))

    monkeypatch.setattr(KeepAlikeNode, "MOST", 3)
    assert [draw({"a": 1}), draw({"a": 1}), draw({"a": 2}), draw({"a": 1}, 2)] == [f"{n} &amp;" for n in (1, 1, 2, 3)]
    with translation.override("ar"):
        assert draw({"a": 1}) == "4 &amp;"  # a fourth: there was no more room
    assert draw({"a": 1}) == "5 &amp;"


def test_what_is_kept_takes_no_more_than_its_room(monkeypatch):
    """What a reader typed may be in it."""
    alike, said = Template("{% load keeping %}{% keep_alike part %}{{ said }}{{ part }}{% endkeep_alike %}"), Said()

    def draw(part):
        return int(alike.render(Context({"part": part, "said": said})).partition(" ")[0])

    monkeypatch.setattr(KeepAlikeNode, "ROOM", 100)  # of 7 letters and twice what is written here
    assert [draw("a" * 20), draw("b" * 20), draw("a" * 20)] == [1, 2, 1]
    assert draw("c" * 10) == 3  # there was no room beside them
    assert [draw("c" * 10), draw("a" * 20)] == [3, 4]
    assert [draw("d" * 50), draw("d" * 50)] == [5, 6]  # nor anywhere


def test_drawings_that_are_alike_need_what_they_are_made_of():
    with pytest.raises(TemplateSyntaxError, match="made of"):
        Template("{% load keeping %}{% keep_alike %}{% endkeep_alike %}")
