"""Records that have drafts are reviewed as pages are: by Wagtail's own workflow, which its migrations made."""

from django.db import migrations

RECORDS = (("resources", "resource"), ("partners", "organisation"), ("partners", "commitment"), ("partners", "testimonial"))
WORKFLOW = "Moderators approval"


def add_workflows(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Link = apps.get_model("wagtailcore", "WorkflowContentType")
    workflow = apps.get_model("wagtailcore", "Workflow").objects.filter(name=WORKFLOW, active=True).first()
    if workflow is None:  # somebody gave it another name, and knows where to choose one for each kind of record
        return
    for app, model in RECORDS:
        content_type, _made = ContentType.objects.get_or_create(app_label=app, model=model)
        Link.objects.get_or_create(content_type=content_type, defaults={"workflow": workflow})


def remove_workflows(apps, schema_editor):
    Link = apps.get_model("wagtailcore", "WorkflowContentType")
    for app, model in RECORDS:
        Link.objects.filter(
            content_type__app_label=app, content_type__model=model, workflow__name=WORKFLOW
        ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("initiative", "0002_staff_groups"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(add_workflows, remove_workflows)]
