"""What is done beside a request."""

from django_tasks import task
from wagtail.documents import get_document_model

from resources.services.file_readings import read_file


@task()
def read_document(pk: int) -> str:
    """Read the text of a document; what came of it, or nothing where it was deleted meanwhile."""
    document = get_document_model().objects.filter(pk=pk).first()
    return read_file(document).state if document else ""
