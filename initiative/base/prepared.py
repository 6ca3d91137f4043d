"""Questions of one shape, for which Django writes the statement once: it takes as long to write one as PostgreSQL to answer."""

from collections.abc import Callable, Hashable
from copy import copy
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.db import connections
from django.db.models import QuerySet
from django.utils.translation import get_language

# What stands in a statement where a value will be: nothing else is so. No column of whole numbers refuses it.
_NUMBER, _TEXT = 1_907_000_000, "\ue000 a value "


@dataclass(frozen=True)
class _Statement:
    """As a compiler of Django's wrote it; `places` are those of its parameters that are given each time: place → which one.
    `converters`: what makes values of Python of a row, the same for each."""

    compiler: Any
    sql: str
    parameters: tuple
    places: dict[int, int]
    converters: dict

    def compiler_for(self, values: tuple, using: str, part: tuple[int, int] | None):
        """One that has this statement written, with these values in it, for all records or a part of them."""
        compiler = copy(self.compiler)
        compiler.connection = connections[using]  # each thread has its own
        given = tuple(
            values[self.places[place]] if place in self.places else value for place, value in enumerate(self.parameters)
        )
        sql = f"{self.sql} {compiler.connection.ops.limit_offset_sql(*part)}" if part else self.sql
        compiler.as_sql = lambda *_args, **_more: (sql, given)
        compiler.get_converters = lambda _columns: self.converters
        return compiler


class Prepared:
    """`prepared(value, …)` gives the records that `build(value, …)` asks for, in a list.

    Values are whole numbers and texts, which `build` hands on to the database as they are. Nothing else that it asks for may hang
    on more than how many values there are, their types, the language and what `also()` says.
    """

    def __init__(self, build: Callable[..., QuerySet], also: Callable[[], Hashable] = lambda: None):
        self._build, self._also = build, also
        self._questions: dict[tuple, QuerySet] = {}
        self._statements: dict[tuple, _Statement] = {}
        self._writing = Lock()

    def __call__(self, *values: int | str) -> list:
        """ValueError where `build` doesn't hand on a value as it is."""
        return self._ask(values)

    def part(self, start: int, stop: int, *values: int | str) -> list:
        """The records from `start` on and before `stop`, counted from 0; `build` gives them in an order, and all of them."""
        return self._ask(values, (start, stop)) if start < stop else []

    def _ask(self, values: tuple, part: tuple[int, int] | None = None) -> list:
        shape = (get_language(), self._also(), *map(type, values))
        question = self._questions.get(shape)
        if question is None:
            question = self._questions[shape] = self._build(*_marks(values))
        using = question.db
        statement = self._statements.get((using, *shape)) or self._write(shape, question, using, values)
        asked = question.all()
        compiler = statement.compiler_for(values, using, part)
        asked.query.get_compiler = lambda *_args, **_more: compiler
        return list(asked)

    def among(self, *keys: int) -> list:
        """For any number of keys: the last is given as often as it takes for few statements to do for all numbers."""
        if not keys:
            return []
        spare = (1 << (len(keys) - 1).bit_length()) - len(keys)
        return self(*keys, *keys[-1:] * spare)

    def first(self, *values: int | str):
        """The first of them, or None."""
        return next(iter(self(*values)), None)

    def _write(self, shape: tuple, question: QuerySet, using: str, values: tuple) -> _Statement:
        """Threads wait for one another: Django changes a question while it writes the statement."""
        with self._writing:
            compiler = question.all().query.get_compiler(using)
            sql, parameters = compiler.as_sql()
            # With other marks all else is the same, if nothing is made of them.
            other_sql, others = self._build(*_marks(values, "again")).query.get_compiler(using).as_sql()
            places = _places(parameters, _marks(values), others, _marks(values, "again"))
            if sql != other_sql or places is None or set(places.values()) != set(range(len(values))):
                raise ValueError("A value isn't handed on to the database as it is")
            converters = compiler.get_converters([column for column, *_rest in compiler.select[: compiler.col_count]])
            compiler.connection = None
            written = self._statements[using, *shape] = _Statement(compiler, sql, tuple(parameters), places, converters)
            return written


def _marks(values: tuple, turn: str = "") -> list[int | str]:
    first = _NUMBER - (100_000 if turn else 0)
    return [first - nth if isinstance(value, int) else f"{_TEXT}{turn}{nth}" for nth, value in enumerate(values)]


def _places(parameters: tuple, marks: list, others: tuple, other_marks: list) -> dict[int, int] | None:
    """Place of a parameter → which value; None where parameters differ that are no marks."""
    places = {}
    for place, (one, other) in enumerate(zip(parameters, others, strict=True)):
        if one in marks and other == other_marks[marks.index(one)]:
            places[place] = marks.index(one)
        elif one != other:
            return None
    return places
