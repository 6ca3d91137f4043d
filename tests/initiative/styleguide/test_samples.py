"""Every component has samples, and they keep to what it declares."""

from pkgutil import iter_modules

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from initiative.styleguide import samples
from initiative.styleguide.declarations import component, names
from initiative.styleguide.words import say
from tests.reading import nesting_mistakes

# They have nothing to say that could be long.
_WITHOUT_WORDS = {"cover", "errors", "guard", "logo", "pagination", "picture", "tick", "years", "country_map", "facets"}


def test_each_component_has_samples_and_nothing_else_has():
    modules = [module.name for module in iter_modules(samples.__path__)]
    assert modules == names()
    assert sum(len(group) for group in samples.by_group().values()) == len(names())


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", names())
def test_samples_give_what_is_declared(rf, name, language):
    declared = component(name)
    with translation.override(language):
        states = samples.sampled(name).samples()
        for state, props in states.items():
            assert set(props) <= declared.names, state
            assert declared.required <= set(props), state
            html = str(declared.render(props, rf.get("/")))
            assert nesting_mistakes(html) == [], state
            assert bool(html.strip()) == (state != "Empty" or name in {"accordion"}), state
        given = set().union(*states.values())
        assert given == declared.names, "no sample shows these"
        assert ("A long word" in states) == (name not in _WITHOUT_WORDS)


def test_a_long_word_is_long_in_every_language():
    for language in ("en", "fr", "es", "ar"):
        with translation.override(language):
            assert max(len(word) for word in say("long").split()) > 40


def test_a_component_without_samples_is_noticed():
    with pytest.raises(FileNotFoundError):
        samples.sampled("nothing")


def test_samples_ask_no_database(rf):
    # No test of this module may use one: pytest-django refuses.
    shown = samples.sampled("resource_hit")
    soup = BeautifulSoup(shown.component.render(shown.samples()["Found"], rf.get("/")), "html.parser")
    assert soup.mark.text == "Roots"
