"""What is kept about people: words for everybody, tables for whoever has to give it out or erase it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model, Q, QuerySet


@dataclass(frozen=True)
class Table:
    """Rows about persons.

    - `model`: as in `follow.Follower`.
    - `of(email)`: which rows are about an address; None where no address leads to any.
    - `erase(rows)`: take them away, or take the person out of them. None: they stay, or go with others.
    - `hidden`: columns that are given to nobody, such as digests of passwords.
    - `brief`: what the rows are about isn't the person, such as a page that they wrote: only which it is is given out.
    """

    model: str
    of: Callable[[str], Q] | None
    erase: Callable[[QuerySet], object] | None = None
    hidden: frozenset[str] = frozenset()
    brief: bool = False

    @property
    def model_class(self) -> type[Model]:
        return apps.get_model(self.model)

    def rows(self, email: str) -> QuerySet:
        """The rows about an address, in order."""
        everything = self.model_class._base_manager.order_by("pk")
        return everything.filter(self.of(email)).distinct() if self.of else everything.none()


@dataclass(frozen=True)
class Kept:
    """One thing that is kept, in the words of the privacy page.

    - `order`: where it stands there.
    - `forgotten_by`: the command of the worker that forgets it in time; empty where `how_long` says who decides.
    - `stays`: why rows stay when somebody asks for erasure; empty where none do.
    """

    key: str
    order: int
    title: str
    what: str
    how_long: str
    tables: tuple[Table, ...] = ()
    forgotten_by: str = ""
    stays: str = ""


_kept: dict[str, Kept] = {}


def register(kept: Kept) -> None:
    """For AppConfig.ready(). ValueError for a second one with the same key."""
    if _kept.get(kept.key, kept) != kept:
        raise ValueError(f"Two things that are kept are called {kept.key!r}.")
    _kept[kept.key] = kept


def everything() -> list[Kept]:
    """All that is kept, in the order of the privacy page."""
    return sorted(_kept.values(), key=lambda kept: kept.order)


def pointing_to(model: type[Model]) -> Iterator[tuple[type[Model], str]]:
    """Each model with a column of its own that points to a row of this one, and the column's name."""
    for other in apps.get_models():
        for field in other._meta.local_fields:
            if field.is_relation and field.related_model is model and not field.remote_field.parent_link:
                yield other, field.name
