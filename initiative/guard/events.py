"""The log of what matters to safety: who signs in and out, and who is refused. Staff by their number, nobody else at all."""

import logging

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

logger = logging.getLogger("initiative.security")


def _in(sender, user, **more):
    device = getattr(user, "otp_device", None)
    factor = device.model_label() if device else "password alone"
    logger.info("Signed in: user %s", user.pk, extra={"event": "signed in", "user": user.pk, "factor": factor})


def _out(sender, user, **more):
    number = getattr(user, "pk", None)
    logger.info("Signed out: user %s", number, extra={"event": "signed out", "user": number})


def _failed(sender, **more):
    # Not the name either: now and then it is a password.
    logger.warning("Wrong name or password", extra={"event": "sign-in failed"})


def noted(what: str) -> None:
    """Note that somebody who is no staff came in or went, or didn't."""
    logger.info("%s", what, extra={"event": what})


def refused(what: str, user=None) -> None:
    """Note that somebody was refused: by a limit, or for a wrong code."""
    number = getattr(user, "pk", None)
    logger.warning("Refused: %s", what, extra={"event": what, "user": number})


def connect():
    user_logged_in.connect(_in, dispatch_uid="guard.events.in")
    user_logged_out.connect(_out, dispatch_uid="guard.events.out")
    user_login_failed.connect(_failed, dispatch_uid="guard.events.failed")
