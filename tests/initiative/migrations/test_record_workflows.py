from importlib import import_module

from django.apps import apps
from wagtail.models import Workflow, WorkflowContentType

migration = import_module("initiative.migrations.0003_record_workflows")
RECORDS = {
    ("resources", "resource"),
    ("partners", "organisation"),
    ("partners", "commitment"),
    ("partners", "testimonial"),
}


def tied(name="Moderators approval"):
    links = WorkflowContentType.objects.filter(workflow__name=name)
    return set(links.values_list("content_type__app_label", "content_type__model"))


def test_records_with_drafts_are_reviewed(db):
    assert tied() == RECORDS


def test_it_can_be_undone_and_done_again_and_keeps_what_somebody_chose(db):
    migration.remove_workflows(apps, None)
    assert tied() == set()
    own = Workflow.objects.create(name="Two pairs of eyes")
    content_type = apps.get_model("contenttypes", "ContentType").objects.get(app_label="partners", model="organisation")
    WorkflowContentType.objects.create(content_type=content_type, workflow=own)
    migration.add_workflows(apps, None)
    migration.add_workflows(apps, None)
    assert tied() == RECORDS - {("partners", "organisation")}
    assert tied("Two pairs of eyes") == {("partners", "organisation")}


def test_without_the_workflow_of_wagtail_nothing_is_tied(db):
    migration.remove_workflows(apps, None)
    Workflow.objects.all().delete()
    migration.add_workflows(apps, None)
    assert not WorkflowContentType.objects.exists()
