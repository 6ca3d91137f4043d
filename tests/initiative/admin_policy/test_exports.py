"""Whatever the admin saves as a spreadsheet has text in it, and no formula."""

import csv
import io

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.log_actions import log

from resources.services.file_readings import read_file
from tests.resources.pdfs import pdf

FORMULA = '=HYPERLINK("http://evil.example","x")'


@pytest.fixture
def admin(client, site):
    """A client signed in as an administrator, whose own name is of the same kind."""
    client.force_login(get_user_model().objects.create_superuser("ada", "@ada.example", "x", first_name=FORMULA))
    return client


@pytest.fixture
def hostile(admin):
    """A document, an entry of the log and a redirect with formulas in them."""
    document = Document.objects.create(title=FORMULA, file=ContentFile(pdf("Soil"), name="a.pdf"))
    read_file(document)
    log(document, "wagtail.create", user=get_user_model().objects.get())
    Redirect.objects.create(old_path="/old", redirect_link=FORMULA)


def exported(client, place: str, kind: str) -> bytes:
    return client.get(reverse(place), {"export": kind}).getvalue()


@pytest.mark.parametrize(
    ("place", "heading"),
    [("wagtailadmin_reports:site_history", "Name"), ("files_report", "Document"), ("wagtailredirects:index", "To")],
)
def test_a_formula_is_text_in_each_of_them(admin, hostile, place, heading):
    rows = list(csv.DictReader(io.StringIO(exported(admin, place, "csv").decode())))
    assert f"'{FORMULA}" in [row[heading] for row in rows]
    assert not [cell for row in rows for cell in row.values() if cell[:1] in set("=+-@\t\r")]
    # A workbook says of each cell what it is.
    cells = [cell for row in load_workbook(io.BytesIO(exported(admin, place, "xlsx"))).active for cell in row]
    assert {cell.data_type for cell in cells if cell.value == FORMULA} == {"s"}
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_what_is_no_text_stays_as_it_is(admin, hostile):
    rows = list(csv.DictReader(io.StringIO(exported(admin, "files_report", "csv").decode())))
    assert [(row["Pages"], row["Resources with it"]) for row in rows] == [("1", "0")]
