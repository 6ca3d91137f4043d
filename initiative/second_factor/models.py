"""Authenticators, recovery codes for the day when the phone is lost, and passkeys."""

import re
import secrets
from base64 import b32encode

from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django_otp.models import Device, ThrottlingMixin, TimestampMixin
from django_otp.plugins.otp_totp.models import TOTPDevice

from initiative.second_factor import seeds

RECOVERY_CODES = 10
_LETTERS = "abcdefghij"  # which of the ten a code is: its first letter, no part of the secret
_SECRET = 15  # letters and digits of five bits each
_GROUPED = re.compile(r".{4}")


class Authenticator(TOTPDevice):
    """django-otp's, whose seed the database has only sealed."""

    class Meta:
        proxy = True

    @property
    def bin_key(self) -> bytes:
        """The seed. Raises seeds.SeedError."""
        return seeds.unseal(self.key, self.user_id)

    @classmethod
    def model_label(cls) -> str:
        """django-otp's name for it in sessions: also the version before, which doesn't know this model, knows whom it let in."""
        return TOTPDevice.model_label()

    def save(self, *args, **kwargs) -> None:
        self.key = seeds.sealed(self.key, self.user_id)
        super().save(*args, **kwargs)


class RecoveryCodes(TimestampMixin, ThrottlingMixin, Device):
    """A person's set of codes. It makes whoever guesses wait, longer each time."""

    def get_throttle_factor(self) -> int:
        """Seconds to wait after the first wrong code."""
        return 1

    def fill(self) -> list[str]:
        """New codes, as nobody will see them again: `abcd-efgh-jklm-nopq`."""
        codes = [letter + b32encode(secrets.token_bytes(10)).decode().lower()[:_SECRET] for letter in _LETTERS]
        self.codes.all().delete()
        self.codes.bulk_create(RecoveryCode(codes=self, letter=code[0], digest=make_password(code)) for code in codes)
        return ["-".join(_GROUPED.findall(code)) for code in codes]

    def verify_token(self, token: str) -> bool:
        """Whether a code, without its hyphens, is one of these; then it is used up. At most one slow digest is worked out."""
        if not self.verify_is_allowed()[0]:
            return False
        code = self.codes.filter(letter=token[:1]).first()
        if code is None or not check_password(token, code.digest):
            self.throttle_increment()
            return False
        code.delete()
        self.throttle_reset(commit=False)
        self.set_last_used_timestamp(commit=False)
        self.save()
        return True


class RecoveryCode(models.Model):
    """One that wasn't used yet, digested as passwords are, with a salt of its own."""

    codes = models.ForeignKey(RecoveryCodes, on_delete=models.CASCADE, related_name="codes")
    letter = models.CharField(max_length=1)
    digest = models.CharField(max_length=128)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["codes", "letter"], name="second_factor_one_of_ten")]

    def __str__(self):
        return f"{self.letter}…"


class Passkey(TimestampMixin, Device):
    """A key that somebody's device or security key keeps; `name` is what they call it. The site has its public half."""

    # As browsers name it, of 1,023 bytes at most, in base64url.
    credential = models.CharField(max_length=1364, unique=True)
    public_key = models.BinaryField()
    # How often it was used, as it says itself; many always say 0.
    sign_count = models.PositiveBigIntegerField(default=0)

    def __str__(self):
        return self.name
