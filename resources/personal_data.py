"""What the library keeps of readers who report something."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiative.privacy import kept
from initiative.privacy.kept import Kept, Table


def register():
    kept.register(
        Kept(
            key="reports",
            order=40,
            title=_("Problems you report"),
            what=_("What you write and, if you give it, your e-mail address, to answer you and for nothing else."),
            how_long=_(
                "The address: until the report is closed, and a year at most. What you wrote stays with the resource, "
                "without a name."
            ),
            forgotten_by="forget_reporters",
            tables=(
                Table(
                    "resources.ProblemReport", lambda email: Q(email__iexact=email), lambda rows: rows.update(email="")
                ),
            ),
        )
    )
