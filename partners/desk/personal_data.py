"""What is kept of who speaks for a partner."""

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from initiative.privacy import kept
from initiative.privacy.kept import Kept, Table
from initiative.privacy.log import forget_names
from partners.desk.models import Representative
from partners.intake.models import Transition


def _address(email: str) -> Q:
    return Q(email__iexact=email)


def _take_out(rows) -> None:
    """The row stays, so that what was sent and reminded of stays together; the person doesn't, nor does their name beside what
    they did for the organisation, and in the log."""
    for organisation, name in rows.exclude(name="").values_list("organisation", "name"):
        Representative.objects.filter(organisation=organisation, invited_by=name).update(invited_by="")
        Transition.objects.filter(submission__organisation=organisation, user=None, who=name).update(who="")
    rows.update(name="", email="", removed=Coalesce(F("removed"), Now()))
    # Also of those who were taken out when the log was left as it was.
    forget_names(Representative, Representative.objects.filter(name="").values_list("pk", flat=True))


def forget_inviter(instance, **_signal) -> None:
    """The account of somebody who invited is deleted: those whom they invited stay, without their name."""
    names = {instance.get_full_name(), instance.get_username()} - {""}
    Representative.objects.filter(invited_by__in=names).update(invited_by="")


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
