"""What stays of letters."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiative.letters.delivery import empty
from initiative.privacy import kept
from initiative.privacy.kept import Kept, Table


def _erase(rows) -> None:
    rows.filter(sent=None).delete()
    empty(rows.exclude(sent=None))


def register():
    kept.register(
        Kept(
            key="letters",
            order=30,
            title=_("Letters that we send"),
            what=_("Your address, what we wrote, and the file that came with it."),
            how_long=_("A month after the letter was sent, or given up."),
            forgotten_by="deliver_letters",
            tables=(Table("letters.Letter", lambda email: Q(to__iexact=email), _erase),),
        )
    )
