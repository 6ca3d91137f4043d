"""What is kept of who speaks for a partner."""

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from initiative.privacy import kept
from initiative.privacy.kept import Kept, Table


def _address(email: str) -> Q:
    return Q(email__iexact=email)


def _take_out(rows) -> None:
    """The row stays, so that what was sent and reminded of stays together; the person doesn't."""
    rows.update(name="", email="", removed=Coalesce(F("removed"), Now()))


def register():
    kept.register(
        Kept(
            key="representatives",
            order=60,
            title=_("Those who speak for a partner"),
            what=_(
                "Name, address and language, who invited them, and which reports they sent. A cookie while they are "
                "signed in."
            ),
            how_long=_(
                "As long as the organisation is a partner, or until they ask us. A link to sign in: fifteen minutes; a "
                "session: twelve hours."
            ),
            forgotten_by="remind_partners",
            tables=(
                Table("desk.Representative", _address, _take_out),
                Table("desk.Reminder", lambda email: Q(representative__email__iexact=email), None, frozenset({"key"})),
                Table("desk.DeskSession", _address, lambda rows: rows.delete(), frozenset({"key"})),
                Table("desk.SignInLink", _address, lambda rows: rows.delete(), frozenset({"key"})),
                Table(
                    "partners.ProgressReport",
                    lambda email: Q(submitted_by__iendswith=f", {email}") | Q(submitted_by__iexact=email),
                    lambda rows: rows.update(submitted_by=Value("")),
                ),
            ),
        )
    )
