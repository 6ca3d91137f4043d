"""Each way to break the version before is found in a migration, and nothing else is."""

import pytest
from django.db import migrations, models
from django.db.migrations import operations as do
from django.db.models import Q, UniqueConstraint

from initiative.base.live_operations import AddIndexLive
from tools.lint_migrations import Linter

THING = do.CreateModel(
    "Thing",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=50)),
        ("code", models.CharField(max_length=5, null=True)),
        ("size", models.IntegerField(db_default=1)),
        ("other", models.ForeignKey("resources.thing", models.CASCADE, null=True, db_index=False)),
        ("many", models.ManyToManyField("resources.thing")),
        ("kept", models.IntegerField(db_column="old_name")),
    ],
)
SMALL = do.CreateModel(
    "Small", [("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=50))]
)


def migration(*steps, app="resources", **attributes):
    made = type("Migration", (migrations.Migration,), {"operations": list(steps), **attributes})
    return made("0002_next", app)


def found(*steps, app="resources", **attributes) -> dict[str, str]:
    """What the linter says of steps after a release that has two models in each of two apps: subject → reason."""
    linter = Linter()
    for label in ("resources", "committee"):
        for model in (THING, SMALL):
            model.state_forwards(label, linter.state)
    return {fault.subject: fault.reason for fault in linter.faults(migration(*steps, app=app, **attributes))}


def text(**options):
    return models.CharField(max_length=50, **options)


INDEX = models.Index(fields=["name"], name="by_name")


@pytest.mark.parametrize(
    ("step", "subject", "reason"),
    [
        (do.DeleteModel("Thing"), "", "is dropped"),
        (do.RenameModel("Thing", "Object"), "", "is renamed"),
        (do.AlterModelTable("Thing", "things"), "", "gets another table"),
        (do.AlterOrderWithRespectTo("Thing", "other"), "", "isn't known here"),
        (
            do.AlterField("Thing", "other", models.ForeignKey("resources.small", models.CASCADE, null=True, db_index=False)),
            ".other",
            "points to resources.small",
        ),
        (do.RemoveField("Thing", "code"), ".code", "is dropped"),
        (do.RemoveField("Thing", "many"), ".many", "is dropped"),
        (do.RenameField("Thing", "code", "short"), ".code", "is renamed"),
        (do.AddField("Thing", "title", text(default="")), ".title", "may not be empty"),
        (do.AddField("Thing", "title", text(null=True, unique=True)), ".title", "is unique"),
        (do.AddField("Thing", "title", text(null=True, db_index=True)), ".title", "has an index"),
        (do.AddField("Thing", "maker", models.ForeignKey("resources.small", models.CASCADE, null=True)), ".maker", "has an index"),
        (do.AlterField("Thing", "code", models.CharField(max_length=5)), ".code", "may not be empty any more"),
        (do.AlterField("Thing", "size", models.IntegerField()), ".size", "loses the database's default"),
        (do.AlterField("Thing", "size", models.BigIntegerField(db_default=1)), ".size", "turns from integer to bigint"),
        (do.AlterField("Thing", "name", models.CharField(max_length=49)), ".name", "turns from varchar"),
        (do.AlterField("Thing", "name", models.IntegerField()), ".name", "turns from varchar"),
        (do.AlterField("Thing", "name", text(db_column="title")), ".name", "gets another column"),
        (do.AlterField("Thing", "name", text(unique=True)), ".name", "gets unique"),
        (do.AlterField("Thing", "name", text(db_index=True)), ".name", "gets an index"),
        (do.AddIndex("Thing", INDEX), ".by_name", "is built while nobody writes"),
        (AddIndexLive("Thing", INDEX), ".by_name", "needs atomic = False"),
        (do.AddConstraint("Thing", UniqueConstraint(fields=["name"], name="one")), ".one", "refuses"),
        (do.AddConstraint("Thing", models.CheckConstraint(condition=Q(size__gt=0), name="some")), ".some", "refuses"),
        (do.AlterUniqueTogether("Thing", {("name", "code")}), ".unique_together", "grows"),
    ],
)  # fmt: skip
def test_what_the_version_before_cannot_live_with_is_found_and_may_be_excused(step, subject, reason):
    wrong = found(step)
    assert list(wrong) == [f"resources.Thing{subject}"]
    assert reason in wrong[f"resources.Thing{subject}"]
    hidden = do.SeparateDatabaseAndState(database_operations=[step])
    assert found(hidden) == wrong
    assert found(step, live_because={f"resources.Thing{subject}": "nobody has used it since 1.4"}) == {}
    assert found(step, live_because={f"resources.Thing{subject}": " "}) == wrong  # not without a reason


@pytest.mark.parametrize(
    "step",
    [
        do.CreateModel("New", [("id", models.BigAutoField(primary_key=True)), ("name", text(unique=True))]),
        do.AddField("Thing", "title", text(null=True)),
        do.AddField("Thing", "title", text(db_default="")),
        do.AddField("Thing", "friends", models.ManyToManyField("resources.small")),
        do.AlterField("Thing", "name", models.CharField(max_length=51)),
        do.AlterField("Thing", "name", models.TextField()),
        do.AlterField("Thing", "name", text(null=True)),
        do.AlterField("Thing", "name", text(choices=[("a", "A")], help_text="Short")),
        do.AlterField(
            "Thing", "other", models.ForeignKey("resources.thing", models.PROTECT, null=True, db_index=False)
        ),
        do.RenameField("Thing", "kept", "newer"),
        do.AlterModelOptions("Thing", {"ordering": ["name"]}),
        do.AlterModelTable("Thing", None),
        do.RunPython(lambda *_: None, do.RunPython.noop),
    ],
)
def test_what_it_can_live_with_passes(step):
    assert found(step) == {}


def test_an_index_beside_writers_passes_as_does_a_plain_one_on_a_small_table():
    assert found(AddIndexLive("Thing", INDEX), atomic=False) == {}
    assert found(do.AddIndex("Thing", INDEX), app="committee") == {}
    assert found(do.AddField("Thing", "title", text(null=True, db_index=True)), app="committee") == {}


def test_a_table_that_no_release_has_may_be_changed_at_will():
    linter = Linter()
    THING.state_forwards("resources", linter.state)
    new = do.CreateModel("New", [("id", models.BigAutoField(primary_key=True)), ("name", text())])
    changes = [do.RemoveField("New", "name"), do.AddField("New", "title", text(default="")), do.DeleteModel("New")]
    assert linter.faults(migration(new)) == []
    assert linter.faults(migration(*changes)) == []


def test_steps_that_speak_for_themselves_give_a_reason_and_a_way_back():
    nothing = do.RunPython(lambda *_: None, do.RunPython.noop)
    assert "say why it is safe" in found(do.RunSQL("DROP TABLE x"))["RunSQL"]
    assert "no way back" in found(do.RunPython(lambda *_: None))["RunPython"]
    assert "a migration of its own" in found(nothing, do.AddField("Thing", "title", text(null=True)))["RunPython"]
    assert found(nothing, do.AddField("Thing", "title", text(null=True)), atomic=False) == {}


def test_a_step_that_nobody_has_thought_of_is_no_safe_one():
    class Shuffle(do.base.Operation):
        name = "Thing"

        def state_forwards(self, app_label, state):
            pass

    assert found(Shuffle()) == {"resources.Thing": "Shuffle isn't known here: say why it is safe"}


def test_an_excuse_that_excuses_nothing_is_a_fault():
    excuse = {"resources.Thing.gone": "it was there once"}
    assert found(live_because=excuse) == {"resources.Thing.gone": "is excused, but nothing is wrong with it"}
