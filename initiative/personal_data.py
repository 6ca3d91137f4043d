"""What is kept of those who work on the site, and of those whom it shows."""

from functools import partial

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.db.models.signals import pre_delete
from django.utils.translation import gettext_lazy as _

from initiative.models import Person
from initiative.privacy import kept
from initiative.privacy.kept import Kept, Table
from initiative.privacy.log import forget_deleted, forget_names

# Secrets.
_HIDDEN = {
    "auth.User": {"password"},
    "otp_totp.TOTPDevice": {"key"},
    "otp_static.StaticToken": {"token"},
    "second_factor.RecoveryCode": {"digest"},
    "second_factor.Passkey": {"public_key"},
    "staff_sessions.SignIn": {"auth", "device"},
    "wagtailcore.APIToken": {"key_hash"},
}
# About the person, not about what they worked on.
_OWN = {
    *_HIDDEN, "otp_static.StaticDevice", "second_factor.RecoveryCodes", "wagtailusers.UserProfile", "wagtailcore.ModelLogEntry",
    "wagtailcore.PageLogEntry",
    "wagtailcore.Comment", "wagtailcore.CommentReply", "wagtailcore.PageSubscription",
}  # fmt: skip

# Called by the name of somebody whom the site shows.
_NAMED = (Person._meta.label, "committee.Term", "partners.Testimonial")


def _column(name: str, email: str) -> Q:
    return Q(**{f"{name}email__iexact": email})


def _erase_accounts(rows) -> None:
    for user in rows.filter(is_active=False):
        # What others did to the account is told with its name.
        forget_names(rows.model, [user.pk])
        user.delete()


def _table(model: str, column: str, **more) -> Table:
    hidden = frozenset(_HIDDEN.get(model, ()))
    return Table(model, partial(_column, column), hidden=hidden, brief=model not in _OWN, **more)


def register():
    for model in _NAMED:
        pre_delete.connect(forget_deleted, sender=model, dispatch_uid=f"initiative.forget_deleted.{model}")
    users = get_user_model()
    kept.register(
        Kept(
            key="staff",
            order=70,
            title=_("Those who edit the site"),
            what=_(
                "Name, address, a digest of the password, what a second factor needs, and what they wrote, changed and "
                "commented when. Where they are signed in: the name of the browser and the system, and when it was first "
                "and last used. A cookie keeps them signed in; another lets their device be known again."
            ),
            how_long=_(
                "As long as they have an account. A session: two weeks at most; a device: a year after it was last used."
            ),
            forgotten_by="forget_sign_ins",
            stays=_(
                "It belongs to an account in use. Deactivate the account first; what it wrote stays on the site and names"
                " nobody then."
            ),
            tables=(
                _table(users._meta.label, "", erase=_erase_accounts),
                *(_table(model._meta.label, f"{name}__") for model, name in kept.pointing_to(users)),
                _table("otp_static.StaticToken", "device__user__"),
                _table("second_factor.RecoveryCode", "codes__user__"),
            ),
        )
    )
    kept.register(
        Kept(
            key="people",
            order=80,
            title=_("Those whom the site shows"),
            what=_(
                "Authors of works in the library, members of the committee and others in public roles: name, affiliation,"
                " portrait, biography, and what they take part in. Their e-mail addresses are not kept."
            ),
            how_long=_(
                "As long as the site shows the work or the role. Who wants something corrected or taken away writes to "
                "the secretariat."
            ),
            tables=(
                Table(Person._meta.label, None),
                *(Table(model._meta.label, None) for model, _name in kept.pointing_to(Person)),
                Table("resources.Resource", None),
                Table("resources.Tombstone", None),
                Table("resources.WrittenReferences", None),
            ),
        )
    )
