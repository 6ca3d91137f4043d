"""What a password of staff may not be made of."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

# What somebody would try first here, in small letters and without what isn't a letter or digit.
WORDS = ("4per1000", "4pour1000", "4por1000", "4p1000", "fourperthousand", "quatrepourmille", "initiative", "wagtail")


class NoNamesOfOurs:
    """Refuses passwords that are little more than a name of the site: one of `WORDS` and fewer than eight letters and digits
    besides. For AUTH_PASSWORD_VALIDATORS."""

    REST = 8

    def validate(self, password: str, user=None) -> None:
        """Raises ValidationError."""
        bare = "".join(letter for letter in password.casefold() if letter.isalnum())
        if any(word in bare and len(bare) - len(word) < self.REST for word in WORDS):
            raise ValidationError(self.get_help_text(), code="password_of_ours")

    def get_help_text(self) -> str:
        return gettext("Your password can’t be the name of this site with a few letters added.")
