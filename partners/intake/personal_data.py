"""What is kept of who applies or sends something in."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiative.privacy import kept
from initiative.privacy.kept import Kept, Table
from partners.intake.enums import State
from partners.intake.models import Transition
from partners.intake.services import delete

# What nobody needs once its sender doesn't: nothing was signed or built on it, or there is no partner any more who signed.
_LOOSE = Q(state__in=[State.DRAFT, State.CHANGES, State.DECLINED, State.WITHDRAWN]) | Q(
    state=State.ACCEPTED, organisation=None
)


def _erase(rows) -> None:
    delete(rows.filter(_LOOSE))


def forget_decider(instance, **_signal) -> None:
    """Somebody's account is deleted: what they decided stays, without their name."""
    Transition.objects.filter(user=instance.pk).update(who="")


def _theirs(path: str):
    return lambda email: Q(**{f"{path}email__iexact": email})


def register():
    kept.register(
        Kept(
            key="submissions",
            order=50,
            title=_("Applications, and what partners send in"),
            what=_(
                "Name and address of who wrote it and who signed it, what they answered, the papers they sent along, and "
                "each step until it was decided."
            ),
            how_long=_(
                "Begun and never sent: six months after the last change, or a week where nobody has confirmed the address. "
                "Declined, taken back, or given back for changes that never came: two years. Accepted: as long as the "
                "partnership lasts, as it is what was signed."
            ),
            forgotten_by="forget_drafts",
            stays=_(
                "It is with the secretariat, or was accepted: it is what the organisation has signed. Decide on it first; "
                "what was accepted can go once the organisation has been deleted."
            ),
            tables=(
                Table("intake.Submission", _theirs(""), _erase, frozenset({"key", "press"})),
                Table("intake.SubmissionFile", _theirs("submission__")),
                Table("intake.Transition", _theirs("submission__")),
                Table("joining.Signature", _theirs("submission__")),
            ),
        )
    )
