"""What a template asks for by name, read from how Django compiled it."""

import re

from django.template.base import FilterExpression, Node, NodeList, Template, TokenType, Variable
from django.template.defaulttags import ForNode, WithNode
from django.template.library import SimpleNode
from django.template.loader_tags import IncludeNode
from django.template.smartif import TokenBase
from django.templatetags.i18n import BlockTranslateNode

BUILT_IN = {"forloop", "request", "True", "False", "None"}


def asked(template: Template) -> set[str]:
    """The names that a template takes from outside: all that it looks up, without what it names itself."""
    looked_up, own = set(), set(BUILT_IN)
    for node in nodes(template.nodelist):
        looked_up |= _looked_up(node)
        own |= _named(node)
    return looked_up - own


def includes(template: Template) -> list[IncludeNode]:
    """Every `{% include %}` of a template."""
    return [node for node in nodes(template.nodelist) if isinstance(node, IncludeNode)]


def nodes(nodelist: NodeList):
    """Every node of a template, also those in conditions and in the parts of a tag."""
    for node in nodelist:
        yield node
        for value in vars(node).values():
            for inside in _node_lists(value):
                yield from nodes(inside)


def _node_lists(value):
    if isinstance(value, NodeList):
        yield value
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _node_lists(each)


def _looked_up(node: Node) -> set[str]:
    found = set()
    if isinstance(node, BlockTranslateNode):
        # What it names counts in its own sentence only.
        tokens = [token for token in [*node.singular, *node.plural] if token.token_type == TokenType.VAR]
        found |= {re.split(r"[.|]", token.contents)[0] for token in tokens} - {*node.extra_context, node.countervar}
    for value in vars(node).values():
        found |= _names(value)
    return found


def _names(value) -> set[str]:
    """The first parts of the variables in whatever a node keeps."""
    if isinstance(value, Variable):
        return {value.lookups[0]} if value.lookups else set()
    if isinstance(value, FilterExpression):
        found = _names(value.var)
        for _filter, arguments in value.filters:
            for is_looked_up, argument in arguments:
                found |= _names(argument) if is_looked_up else set()
        return found
    if isinstance(value, (Node, NodeList, str)):
        return set()
    if isinstance(value, dict):
        return set().union(*(_names(each) for each in value.values()))
    if isinstance(value, (list, tuple)):
        return set().union(*(_names(each) for each in value))
    if isinstance(value, TokenBase):  # the conditions of an if are trees
        return set().union(*(_names(getattr(value, part, None)) for part in ("first", "second", "value")))
    return set()


def _named(node: Node) -> set[str]:
    if isinstance(node, ForNode):
        return set(node.loopvars)
    if isinstance(node, WithNode):
        return set(node.extra_context)
    if isinstance(node, BlockTranslateNode):
        return {node.asvar} - {None}
    if isinstance(node, SimpleNode):
        return {node.target_var} - {None}
    return {
        getattr(node, name)
        for name in ("asvar", "varname", "variable_name")
        if isinstance(getattr(node, name, None), str)
    }
