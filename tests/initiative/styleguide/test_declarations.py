"""What components declare is what they use, and what they are given."""

import pytest
from django.conf import settings
from django.template.loader import get_template

from initiative.styleguide.declarations import DeclarationError, Prop, component, declared, names
from tests.initiative.styleguide.template_names import asked, includes

COMPONENTS = names()


def test_a_declaration_says_the_names_and_which_must_be_given():
    source = "{# One. #}\n{# Props: a*: what it is, or is not; b, c_d*; #}\n{# e: last (default 3). #}\n{% load i18n %}"
    found = declared("one", source)
    assert (found.name, found.purpose, found.path) == ("one", "One.", "components/one.html")
    assert found.props == (
        Prop("a", True, "what it is, or is not"),
        Prop("b", False, ""),
        Prop("c_d", True, ""),
        Prop("e", False, "last (default 3)"),
    )
    assert found.required == {"a", "c_d"}


@pytest.mark.parametrize(
    "source",
    ["", "<p></p>", "{# One. #}<p></p>", "{# One. #}\n{# Props: The text. #}", "{# One. #}\n{# Props: a; (b). #}"],
)
def test_whatever_else_stands_there_is_no_declaration(source):
    with pytest.raises(DeclarationError, match=r"^one "):
        declared("one", source)


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_uses_what_it_declares_and_nothing_else(name):
    assert asked(component(name).template) == component(name).names


def test_components_are_given_what_they_declare():
    templates = [
        path.relative_to(folder)
        for folder in (settings.BASE_DIR / "templates", *settings.BASE_DIR.glob("*/templates"))
        for path in folder.rglob("*.html")
    ]
    wrong, seen = [], set()
    for path in templates:
        for node in includes(get_template(str(path)).template):
            name = str(node.template.var).removeprefix("components/").removesuffix(".html")
            if name not in COMPONENTS:
                continue
            given, wanted = set(node.extra_context), component(name)
            seen.add(name)
            if not node.isolated_context or given - wanted.names or wanted.required - given:
                wrong.append((str(path), name, given ^ wanted.names))
    assert wrong == []
    # Facets name their templates themselves; rows of results are drawn by a tag.
    assert set(COMPONENTS) - seen == {"facet", "switch", "years", "resource_hit", "entry", "commitment_row"}
