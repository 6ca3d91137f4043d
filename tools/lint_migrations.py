"""Can the version before still work while, and after, a migration runs? `make lint` asks of each that no release has.

python -m tools.lint_migrations                what is wrong with migrations since the last release; ends with 1 where anything is
python -m tools.lint_migrations --released     a release has all that are there now: write deploy/released_migrations.txt anew

A migration that must do otherwise says why, by subject, in an attribute; what it doesn't need to say is a mistake, too:

    class Migration(migrations.Migration):
        live_because = {"committee.Person.fax": "no version since 1.4 reads or writes it"}
"""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import models
from django.db.migrations import Migration, operations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState
from django.db.utils import ConnectionHandler

from initiative.base.live_operations import AddIndexLive

ROOT = Path(__file__).resolve().parent.parent
RELEASED = ROOT / "deploy" / "released_migrations.txt"
# Apps with tables so large that building an index keeps writers waiting.
GROWING = frozenset({"resources", "search", "letters", "follow", "guard", "keeping", "translations"})
# They change what Django knows, and nothing in the database.
_HARMLESS = (
    operations.CreateModel,
    operations.AlterModelOptions,
    operations.AlterModelManagers,
    operations.AlterModelTableComment,
    operations.RemoveIndex,
    operations.RemoveConstraint,
    operations.RenameIndex,
)


@dataclass(frozen=True)
class Fault:
    """What is wrong with `subject` (app.Model, app.Model.field, or a kind of step)."""

    subject: str
    reason: str

    def __str__(self):
        return f"{self.subject}: {self.reason}"


@dataclass
class Linter:
    """Goes through migrations in order. `state` is what the models are before the next one."""

    state: ProjectState = field(default_factory=ProjectState)
    # Tables that no released version knows: anything may be done to them.
    _new: set[tuple[str, str]] = field(default_factory=set)

    def faults(self, migration: Migration) -> list[Fault]:
        """What is wrong with a migration and not excused by it, and what it excuses without need."""
        found = list(self._of_mixture(migration))
        for operation in migration.operations:
            for step in _database_steps([operation]):
                found += self._of(step, migration)
            before = set(self.state.models)
            operation.state_forwards(migration.app_label, self.state)
            self._new |= set(self.state.models) - before
        excused = getattr(migration, "live_because", {})
        left = [fault for fault in found if not str(excused.get(fault.subject, "")).strip()]
        needless = excused.keys() - {fault.subject for fault in found}
        return left + [Fault(subject, "is excused, but nothing is wrong with it") for subject in sorted(needless)]

    def _of_mixture(self, migration: Migration) -> Iterator[Fault]:
        steps = list(_database_steps(migration.operations))
        data = [each for each in steps if isinstance(each, operations.RunPython)]
        if data and migration.atomic and len(steps) > len(data):
            yield Fault("RunPython", "moves data while the tables it changes are locked: a migration of its own")

    def _of(self, operation: Operation, migration: Migration) -> Iterator[Fault]:
        app = migration.app_label
        if isinstance(operation, operations.RunPython):
            if operation.reverse_code is None:
                yield Fault(
                    "RunPython", "has no way back: give reverse_code (RunPython.noop where nothing has to be done)"
                )
            return
        if isinstance(operation, operations.RunSQL):
            yield Fault("RunSQL", "can't be judged from here: say why it is safe")
            return
        if isinstance(operation, operations.RenameModel):
            yield Fault(f"{app}.{operation.old_name}", "is renamed: the version before doesn't find it")
            return
        if isinstance(operation, _HARMLESS):
            return
        name = getattr(operation, "model_name", getattr(operation, "name", ""))
        model = self.state.models.get((app, name.lower()))
        rule = _RULES.get(next((kind for kind in type(operation).__mro__ if kind in _RULES), None))
        if rule is None or model is None:
            yield Fault(f"{app}.{name}", f"{type(operation).__name__} isn't known here: say why it is safe")
        elif (
            (app, name.lower()) not in self._new
            and model.options.get("managed", True)
            and not model.options.get("proxy")
        ):
            for subject, reason in rule(model, operation, migration.atomic):
                yield Fault(f"{app}.{model.name}{subject}", reason)


def _database_steps(given: Iterable[Operation]) -> Iterator[Operation]:
    for operation in given:
        if isinstance(operation, operations.SeparateDatabaseAndState):
            yield from _database_steps(operation.database_operations)
        else:
            yield operation


# Rules: (state of the model before, operation, whether the migration is one transaction) → what is wrong, as (".field", reason).
Faults = Iterator[tuple[str, str]]


def _delete_model(model: ModelState, operation, atomic: bool) -> Faults:
    yield "", "is dropped: the version before still reads it"


def _rename_table(model: ModelState, operation, atomic: bool) -> Faults:
    if operation.table != model.options.get("db_table"):
        yield "", "gets another table: the version before doesn't find it"


def _remove_field(model: ModelState, operation, atomic: bool) -> Faults:
    if _type(model.fields[operation.name]):
        yield f".{operation.name}", "is dropped: the version before still reads it"


def _rename_field(model: ModelState, operation, atomic: bool) -> Faults:
    if not model.fields[operation.old_name].db_column:
        yield f".{operation.old_name}", "is renamed: the version before doesn't find it (keep db_column)"


def _add_field(model: ModelState, operation, atomic: bool) -> Faults:
    added = operation.field
    if added.many_to_many or not _type(added):
        return  # a table of its own, or none
    if not added.null and not added.has_db_default() and not added.generated:
        yield f".{operation.name}", "may not be empty, and the version before doesn't fill it: db_default, or null"
    if added.unique:
        yield (
            f".{operation.name}",
            "is unique: the version before doesn't fill it, and the index is built while nobody writes",
        )
    elif _indexed(added) and model.app_label in GROWING:
        yield f".{operation.name}", "has an index that is built while nobody writes: db_index=False, then AddIndexLive"


def _alter_field(model: ModelState, operation, atomic: bool) -> Faults:
    before, after = model.fields[operation.name], operation.field
    subject = f".{operation.name}"
    if before.many_to_many or after.many_to_many:
        if before.many_to_many != after.many_to_many:
            yield subject, "changes its table: the version before doesn't find it"
        return
    if _column(operation.name, before) != _column(operation.name, after):
        yield subject, "gets another column: the version before doesn't find it"
    if before.null and not after.null:
        yield subject, "may not be empty any more, and the version before may leave it so"
    if not after.null and before.has_db_default() and not after.has_db_default():
        yield subject, "loses the database's default that the version before relies on"
    if not _widens(_type(before), _type(after)):
        yield (
            subject,
            f"turns from {_type(before)} to {_type(after)}: the table is written anew, and nobody reads it meanwhile",
        )
    if before.is_relation and after.is_relation and _target(before) != _target(after):
        yield subject, f"points to {_target(after)}: the version before writes what points to {_target(before)}"
    if after.unique and not before.unique:
        yield (
            subject,
            "gets unique: the version before may write what is refused, and nobody writes while the index is built",
        )
    elif _indexed(after) and not _indexed(before) and model.app_label in GROWING:
        yield subject, "gets an index that is built while nobody writes: AddIndexLive"


def _add_index(model: ModelState, operation, atomic: bool) -> Faults:
    if isinstance(operation, AddIndexLive):
        if atomic:
            yield f".{operation.index.name}", "is to be built beside those who write, which needs atomic = False"
    elif model.app_label in GROWING:
        yield f".{operation.index.name}", "is built while nobody writes: initiative.base.live_operations.AddIndexLive"


def _add_constraint(model: ModelState, operation, atomic: bool) -> Faults:
    yield f".{operation.constraint.name}", "refuses what the version before may write"


def _alter_together(model: ModelState, operation, atomic: bool) -> Faults:
    if set(operation.option_value or ()) - {tuple(each) for each in model.options.get(operation.option_name) or ()}:
        yield f".{operation.option_name}", "grows: refuses what the version before may write, and keeps writers waiting"


_RULES = {
    operations.DeleteModel: _delete_model,
    operations.AlterModelTable: _rename_table,
    operations.RemoveField: _remove_field,
    operations.RenameField: _rename_field,
    operations.AddField: _add_field,
    operations.AlterField: _alter_field,
    operations.AddIndex: _add_index,
    operations.AddConstraint: _add_constraint,
    operations.AlterUniqueTogether: _alter_together,
    operations.AlterIndexTogether: _alter_together,
}

# Knows PostgreSQL's types without asking any server.
_postgresql = ConnectionHandler({"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "unused"}})["default"]


def _type(column: models.Field) -> str:
    """PostgreSQL's type. What a foreign key has follows from what it points to, and is no text to compare."""
    return type(column).__name__ if column.is_relation else column.db_type(_postgresql) or ""


def _target(relation: models.Field) -> str:
    model = relation.remote_field.model
    return (model if isinstance(model, str) else model._meta.label).lower()


def _widens(before: str, after: str) -> bool:
    """Whether PostgreSQL changes the type without touching a row, and everything that was valid stays so."""
    if before == after:
        return True
    length = before.removeprefix("varchar(").rstrip(")")
    if not before.startswith("varchar("):
        return False
    wider = after.removeprefix("varchar(").rstrip(")")
    return after in ("text", "varchar") or (after.startswith("varchar(") and int(wider) > int(length))


def _column(name: str, column: models.Field) -> str:
    return column.db_column or (f"{name}_id" if column.is_relation else name)


def _indexed(column: models.Field) -> bool:
    return bool(column.db_index or column.unique)


def lint(
    names: Iterable[tuple[str, str]], released: set[tuple[str, str]], loader
) -> dict[tuple[str, str], list[Fault]]:
    """The faults of each migration among `names`, in their order, that isn't `released`. `loader` is Django's."""
    linter, found = Linter(), {}
    for name in names:
        migration = loader.get_migration(*name)
        if name in released:
            migration.mutate_state(linter.state, preserve=False)
        elif faults := linter.faults(migration):
            found[name] = faults
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--released", action="store_true", help="a release has all that are there now")
    wanted = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "initiative.settings")
    import django

    django.setup()
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    own = {app.label for app in apps.get_app_configs() if ROOT in Path(app.path).parents and ".venv" not in app.path}
    order = [key for leaf in sorted(loader.graph.leaf_nodes()) for key in loader.graph.forwards_plan(leaf)]
    order = list(dict.fromkeys(order))
    if wanted.released:
        RELEASED.write_text("".join(f"{app} {name}\n" for app, name in sorted(order) if app in own), encoding="ascii")
        return 0
    told = {tuple(line.split()) for line in RELEASED.read_text(encoding="ascii").splitlines() if line}
    if not {key for key in order if key[0] in own} - told:
        return 0  # and no model has to be put together
    found = lint(order, told | {key for key in order if key[0] not in own}, loader)
    for (app, name), faults in found.items():
        for fault in faults:
            print(f"{app}/migrations/{name}.py: {fault}")
    if found:
        print("docs/operations.md, “A new version”, tells why, what to do instead, and how to excuse what has to be.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
