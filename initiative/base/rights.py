"""Who may write in which language: one permission a language, given through groups like any other."""

from wagtail.models import PagePermissionTester

from initiative.base import languages
from initiative.base.links import language_of


def codename(code: str) -> str:
    """The permission to write a language, without its app: `write_fr`, `write_pt_br`."""
    return f"write_{code.replace('-', '_')}"


def permission(code: str) -> str:
    """The permission to write a language, as `has_perm` wants it: `translations.write_fr`."""
    return f"translations.{codename(code)}"


def may_write(user, code: str) -> bool:
    """Whether a user may change texts of a language: in its pages, and in its fields of records."""
    return user.has_perm(permission(code))


def written_by(user) -> list[str]:
    """The languages a user may write, in the site's order."""
    return [code for code in languages.codes() if may_write(user, code)]


class LanguagePermissionTester(PagePermissionTester):
    """As Wagtail's; who may not write the page's language has no rights on the page, as a moderator neither."""

    def __init__(self, user, page):
        super().__init__(user, page)
        self.may_write = user.is_active and may_write(user, language_of(page))
        if not self.may_write:
            self.permissions = set()

    def can_edit(self):
        return self.may_write and super().can_edit()

    def can_lock(self):
        return self.may_write and super().can_lock()

    def can_unlock(self):
        return self.may_write and super().can_unlock()
