"""A page or record opened in one language beside its source: what the translator sees, and how it is written back."""

from initiative.translations.editions.edition import Edition, Row
from initiative.translations.editions.page import PageEdition
from initiative.translations.editions.record import RecordEdition
from initiative.translations.models import Translation
from initiative.translations.works import PageWork, find_work

__all__ = ["Edition", "PageEdition", "RecordEdition", "Row", "open_edition"]


def open_edition(translation: Translation) -> Edition | None:
    """The edition of a translation; None where its page or record isn't public any more."""
    work = find_work(translation.subject.subject)
    if work is None or translation.subject.language not in work.written:
        return None
    kind = PageEdition if isinstance(work, PageWork) else RecordEdition
    return kind(translation, work)
