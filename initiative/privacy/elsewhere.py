"""What is kept outside the database, and in no room's tables."""

from django.utils.translation import gettext_lazy as _

from initiative.privacy.kept import Kept
from initiative.privacy.kept import register as keep


def register():
    keep(
        Kept(
            key="logs",
            order=90,
            title=_("Server logs"),
            what=_(
                "The time of a request, the page and whether it worked. The site’s own logs name neither who asked nor "
                "what they searched for; the host’s network may note internet addresses."
            ),
            how_long=_("As short as the host allows."),
        )
    )
    keep(
        Kept(
            key="backups",
            order=91,
            title=_("Backups"),
            what=_(
                "Copies of all that is listed here, for the day when a disk fails. Who runs the site is the only one who "
                "can read them."
            ),
            how_long=_(
                "As long as who runs the site keeps old copies, as a rule a month. What was erased is erased again after a "
                "copy had to be used."
            ),
        )
    )
