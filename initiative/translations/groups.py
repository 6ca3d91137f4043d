"""Groups and languages: who wrote every language so far writes a new one too, and each language has its translators."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import GroupPagePermission

from initiative.base import languages
from initiative.base.rights import codename
from initiative.translations.models import Translation

# Made by a migration of the site: whoever is in it translates into every language.
TRANSLATORS = "Translators"
# Groups that write, whatever they are called, have these rights on pages, or the one to change some kind of record.
_WRITES = ("add_page", "change_page")


def welcome_languages() -> None:
    """Make what a language of the settings needs and hasn't yet. What was made once is the administrators' to change."""
    content_type = ContentType.objects.get_for_model(Translation)
    names = dict(Translation._meta.permissions)
    for code in languages.codes():
        permission, _made = Permission.objects.get_or_create(
            content_type=content_type, codename=codename(code), defaults={"name": names[codename(code)]}
        )
        if not permission.group_set.exists():
            _welcome(code, permission)


def translators_group(code: str) -> str:
    """The name of the group that translates into one language."""
    return f"{TRANSLATORS} ({languages.language_name(code, 'en')})"


def _welcome(code: str, permission: Permission) -> None:
    for group in _writers():
        group.permissions.add(permission)
    everybody = Group.objects.filter(name=TRANSLATORS).first()
    if everybody is None:
        return
    group, is_new = Group.objects.get_or_create(name=translators_group(code))
    if is_new:
        others = everybody.permissions.exclude(content_type=permission.content_type)
        group.permissions.add(*others, permission)
        for right in everybody.page_permissions.all():
            GroupPagePermission.objects.create(group=group, page=right.page, permission=right.permission)


def _writers() -> list[Group]:
    """Groups that write in every other language; while there is no permission yet, those that write at all."""
    others = Permission.objects.filter(
        content_type__app_label="translations", codename__startswith="write_", group__isnull=False
    ).distinct()
    one_language = [translators_group(code) for code in languages.codes()]
    groups = Group.objects.exclude(name__in=one_language).distinct()
    if others:
        return [
            group for group in groups.prefetch_related("permissions") if set(others) <= set(group.permissions.all())
        ]
    on_pages = Q(page_permissions__permission__codename__in=_WRITES)
    return list(groups.filter(on_pages | Q(permissions__codename__startswith="change_")))
