"""What readers report, kept for the editors and told to the secretariat."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from initiative.letters.services import write
from resources.citations.text import one_line
from resources.models import ProblemReport, Resource


@transaction.atomic
def receive_report(resource: Resource, problem: str, text: str, email: str, language: str) -> ProblemReport:
    """Keep a report, and write a letter about it to the secretariat in the language of the admin."""
    report = ProblemReport.objects.create(
        resource=resource, title=resource.title, problem=problem, text=text, email=email, language=language
    )
    edit = reverse(ProblemReport.snippet_viewset.get_url_name("edit"), args=[report.pk])
    context = {
        "report": report,
        "title": one_line(report.title),
        "resource": resource,
        "edit_url": f"{settings.SITE_URL}{edit}",
    }
    write(
        f"problem report {report.pk}",
        settings.SECRETARIAT_EMAIL,
        "resources/letters/problem_report.txt",
        settings.LANGUAGE_CODE,
        context,
    )
    return report
