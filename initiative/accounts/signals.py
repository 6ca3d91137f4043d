"""Whoever changes an address or a password, and where: its owner is told."""

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import is_password_usable
from django.db.models.signals import post_save, pre_save

from initiative.accounts.letters import EMAIL, PASSWORD, tell

_TOLD = frozenset({"email", "password"})


def connect():
    users = get_user_model()
    pre_save.connect(remember, sender=users, dispatch_uid="accounts.remember")
    post_save.connect(compare, sender=users, dispatch_uid="accounts.compare")


def remember(sender, instance, raw=False, update_fields=None, **more):
    """Note what an account was. A sign-in saves its own column alone, and costs nothing."""
    instance._before = None
    if instance.pk and not raw and (update_fields is None or _TOLD & set(update_fields)):
        instance._before = sender._default_manager.filter(pk=instance.pk).values_list("email", "password").first()


def compare(sender, instance, update_fields=None, **more):
    """Write about what has changed and was saved. Who has just chosen a first password knows; a digest made anew, with more
    rounds, is no new password (Django leaves `_password` empty then)."""
    if instance._before is None:
        return
    saved = _TOLD if update_fields is None else _TOLD & set(update_fields)
    email, password = instance._before
    if "email" in saved and email and email != instance.email:
        tell(instance, EMAIL, to=email)
    if "password" in saved and instance._password is not None and is_password_usable(password):
        tell(instance, PASSWORD, to=email)
