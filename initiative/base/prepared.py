"""Questions of one shape, for which Django writes the statement once: it takes as long to write one as PostgreSQL to answer."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import QuerySet
from django.utils.translation import get_language

# What stands in a statement where a value will be: nothing else is so.
_NUMBER, _TEXT = -1_907_000_000, "\ue000 a value "


@dataclass(frozen=True)
class _Statement:
    """As a compiler of Django's wrote it; `places` are those of its parameters that are given each time: place → which one."""

    compiler: Any
    sql: str
    parameters: tuple
    places: dict[int, int]

    def compiler_for(self, values: tuple, using: str):
        """One that has this statement written, with these values in it."""
        compiler = copy(self.compiler)
        compiler.connection = connections[using]  # each thread has its own
        given = tuple(
            values[self.places[place]] if place in self.places else value for place, value in enumerate(self.parameters)
        )
        compiler.as_sql = lambda *_args, **_more: (self.sql, given)
        return compiler


class Prepared:
    """`prepared(value, …)` gives the records that `build(value, …)` asks for, in a list.

    Values are whole numbers and texts, each handed on to the database once at least and looked at by nobody else. Neither
    what else `build` asks for nor its shape may hang on anything but how many values there are, their types and the language.
    """

    def __init__(self, build: Callable[..., QuerySet]):
        self._build = build
        self._questions: dict[tuple, QuerySet] = {}
        self._statements: dict[tuple, _Statement] = {}

    def __call__(self, *values: int | str) -> list:
        """ValueError where a value isn't handed on to the database, so that each answer would be the same."""
        shape = (get_language(), *map(type, values))
        question = self._questions.get(shape)
        if question is None:
            marks = [_NUMBER - nth if isinstance(value, int) else f"{_TEXT}{nth}" for nth, value in enumerate(values)]
            question = self._questions[shape] = self._build(*marks)
        using = question.db
        statement = self._statements.get((using, *shape))
        if statement is None:
            statement = self._statements[using, *shape] = _written(question, using, values)
        asked = question.all()
        compiler = statement.compiler_for(values, using)
        asked.query.get_compiler = lambda *_args, **_more: compiler
        return list(asked)

    def among(self, *keys: int) -> list:
        """Where any number of keys are asked for at a time: some are given twice, so that few statements do for all numbers."""
        if not keys:
            return []
        spare = (1 << (len(keys) - 1).bit_length()) - len(keys)
        return self(*keys, *keys[-1:] * spare)

    def first(self, *values: int | str):
        """The first of them, or None."""
        return next(iter(self(*values)), None)


def _written(question: QuerySet, using: str, values: tuple) -> _Statement:
    compiler = question.query.get_compiler(using)
    sql, parameters = compiler.as_sql()
    marks = {_NUMBER - nth if isinstance(value, int) else f"{_TEXT}{nth}": nth for nth, value in enumerate(values)}
    places = {
        place: marks[parameter]
        for place, parameter in enumerate(parameters)
        if isinstance(parameter, int | str) and parameter in marks
    }
    if set(places.values()) != set(range(len(values))):
        raise ValueError("A value isn't handed on to the database as it is")
    return _Statement(compiler, sql, tuple(parameters), places)
