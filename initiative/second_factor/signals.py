"""Whoever knew the old password has seen what was not confirmed yet."""

from django.contrib.auth import get_user_model
from django.db.models.signals import post_save

from initiative.second_factor.devices import forget_waiting


def connect():
    post_save.connect(password_changed, sender=get_user_model(), dispatch_uid="second_factor.password_changed")


def password_changed(sender, instance, created=False, raw=False, update_fields=None, **more):
    """A digest made anew, with more rounds, is no new password (Django leaves `_password` empty then)."""
    is_saved = not raw and (update_fields is None or "password" in update_fields)
    if is_saved and not created and instance._password is not None:
        forget_waiting(instance)
