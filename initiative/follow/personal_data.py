"""What follows keep about readers."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiative.follow.services import erase
from initiative.privacy import kept
from initiative.privacy.kept import Kept, Table


def _erase(rows) -> None:
    for email in set(rows.values_list("email", flat=True)):
        erase(email)


def register():
    kept.register(
        Kept(
            key="follows",
            order=10,
            title=_("E-mails you ask for"),
            what=_(
                "Your address and language, what you follow and how often you want to hear of it, when you asked, when "
                "you confirmed, and when we last wrote."
            ),
            how_long=_(
                "Until you stop. Three days, if you don’t confirm. Two weeks after your mail server began to say that the"
                " address doesn’t exist."
            ),
            forgotten_by="send_digests",
            tables=(
                Table("follow.Follower", lambda email: Q(email__iexact=email), _erase),
                Table("follow.Follow", lambda email: Q(follower__email__iexact=email)),
            ),
        )
    )
