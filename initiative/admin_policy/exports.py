"""What is saved from a list or report of the admin as CSV has no formula in it: strangers' words stand in them, too."""

from django.utils.encoding import is_protected_type
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from initiative.base.spreadsheet import harmless


def write_csv_row(self, writer, row_dict):
    """As Wagtail's, but for formulas; what isn't text (numbers, dates) stays as it is. In a workbook Wagtail says of each cell
    that it is text."""
    row = {field: self.preprocess_field_value(field, value, self.FORMAT_CSV) for field, value in row_dict.items()}
    return writer.writerow(
        {field: value if is_protected_type(value) else harmless(value) for field, value in row.items()}
    )


def replace():
    """Every list and report derives from Wagtail's own mixin: there is no setting for it."""
    SpreadsheetExportMixin.write_csv_row = write_csv_row
