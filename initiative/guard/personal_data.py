"""What limits keep of whoever sends a form: in the database, or for as long in Redis, which forgets by itself."""

from django.utils.translation import gettext_lazy as _

from initiative.privacy import kept
from initiative.privacy.kept import Kept, Table


def register():
    kept.register(
        Kept(
            key="attempts",
            order=20,
            title=_("So that nobody misuses a form"),
            what=_(
                "A fingerprint of your internet address and, where you give one, of your e-mail address. Neither can be "
                "read from it."
            ),
            how_long=_("A day after the last time."),
            forgotten_by="forget_attempts",
            tables=(Table("guard.Attempt", None),),
        )
    )
