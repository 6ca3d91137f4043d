"""The translations in the admin: menu, home page, rights, and one click for an edit that doesn't change the meaning."""

import datetime

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import DraftStateMixin, Page
from wagtail.snippets import action_menu as snippet_actions

from initiative.base import languages
from initiative.base.links import language_of
from initiative.base.records import TranslatedText
from initiative.base.rights import codename, may_write, written_by
from initiative.translations import urls
from initiative.translations.desk.decisions import say_kept
from initiative.translations.enums import State
from initiative.translations.models import Subject, Translation
from initiative.translations.queries import figures
from initiative.translations.services import flagged_by_the_last_edit, same_meaning
from initiative.translations.tracking import refresh

_SAME = "same-meaning"
# The edit that somebody has just saved is no older than this.
_JUST_NOW = datetime.timedelta(seconds=30)


@hooks.register("register_admin_urls")
def register_urls():
    return [path("translations/", include(urls))]


class TranslationsMenuItem(MenuItem):
    """Shown to those who may write some language."""

    def is_shown(self, request):
        return bool(written_by(request.user))


@hooks.register("register_admin_menu_item")
def register_menu_item():
    return TranslationsMenuItem(
        _("Translations"), reverse("translations:board"), name="translations", icon_name="globe", order=225
    )


@hooks.register("register_permissions")
def register_permissions():
    """A right for each language, in the form of a group."""
    names = [codename(code) for code in languages.codes()]
    return Permission.objects.filter(content_type__app_label="translations", codename__in=names)


class TranslationsPanel(Component):
    """How far each language is, on the admin's home page."""

    name = "translations"
    template_name = "translations/panel.html"
    order = 120
    media = Media(css={"all": ["translations/translations.css"]})

    def __init__(self, own: list[str]):
        self.own = own

    def get_context_data(self, parent_context):
        shown = [one for one in figures() if one.total]
        return {"figures": sorted(shown, key=lambda one: one.language not in self.own)}


@hooks.register("construct_homepage_panels")
def add_panel(request, panels):
    if own := written_by(request.user):
        panels.append(TranslationsPanel(own))


# Rights: what Wagtail asks of a page as such, without knowing its type


def _refuse_other_languages(request, page, *_more):
    if page.depth and page.depth > 1 and not may_write(request.user, language_of(page)):
        raise PermissionDenied


for _action in ("edit", "publish", "unpublish", "delete", "move", "copy", "convert_alias"):
    hooks.register(f"before_{_action}_page", _refuse_other_languages)


@hooks.register("before_bulk_action")
def refuse_pages_of_other_languages(request, action_type, objects, action_class_instance):
    for thing in objects:
        if isinstance(thing, Page):
            _refuse_other_languages(request, thing)


# An edit that doesn't change the meaning


def _has_translations(thing) -> bool:
    """Whether it is the source of translations that an edit could leave behind."""
    cells = Translation.objects.filter(subject__subject=thing.subject).exclude(state__in=(State.MISSING, State.SOURCE))
    if isinstance(thing, Page):
        cells = cells.filter(subject__language=language_of(thing))
    return cells.exists()


class PublishSameMeaning(ActionMenuItem):
    """Publish a page, and leave its translations up to date."""

    name = "action-publish"
    label = _("Publish; the meaning is the same")
    icon_name = "globe"
    template_name = "translations/same_meaning_item.html"

    def is_shown(self, context):
        page = context.get("page")
        if context["view"] != "edit" or context["locked_for_user"] or not hasattr(page, "subject"):
            return False
        may_publish = self.get_user_page_permissions_tester(context).can_publish()
        return may_publish and page.live and _has_translations(page)


@hooks.register("register_page_action_menu_item")
def register_page_action():
    return PublishSameMeaning(order=35)


class SaveRecordSameMeaning(snippet_actions.ActionMenuItem):
    """The same for a record; one without drafts is just saved."""

    icon_name = "globe"
    template_name = "translations/same_meaning_item.html"

    def is_shown(self, context):
        record = context.get("instance")
        if context["view"] != "edit" or context.get("locked_for_user") or not isinstance(record, TranslatedText):
            return False
        if isinstance(record, DraftStateMixin):
            meta = record._meta
            may_publish = context["request"].user.has_perm(f"{meta.app_label}.publish_{meta.model_name}")
            if not (record.live and may_publish):
                return False
        return _has_translations(record)

    def get_context_data(self, parent_context):
        is_drafted = isinstance(parent_context["instance"], DraftStateMixin)
        return super().get_context_data(parent_context) | {
            "name": "action-publish" if is_drafted else _SAME,
            "label": _("Publish; the meaning is the same") if is_drafted else _("Save; the meaning is the same"),
        }


@hooks.register("register_snippet_action_menu_item")
def register_record_action(model):
    return SaveRecordSameMeaning(order=35) if issubclass(model, TranslatedText) else None


@hooks.register("after_edit_page")
@hooks.register("after_edit_snippet")
def tell_what_the_edit_means_for_translations(request, thing):
    """After something was published: keep its translations up to date, or say how many are not any more."""
    if not isinstance(getattr(thing, "subject", None), str) or not _makes_public(request, thing):
        return
    subject = refresh(thing.subject)
    if subject is None:
        return
    if _SAME in (request.POST.get("action-publish"), request.POST.get(_SAME)):
        say_kept(request, same_meaning(thing.subject))
    elif timezone.now() - subject.changed_at < _JUST_NOW and (flagged := flagged_by_the_last_edit(subject)):
        _say_flagged(request, subject, len(flagged))


def _makes_public(request, thing) -> bool:
    is_approval = request.POST.get("workflow-action-name") == "approve"
    return bool(request.POST.get("action-publish")) or is_approval or not isinstance(thing, DraftStateMixin)


def _say_flagged(request, subject: Subject, count: int) -> None:
    said = ngettext(
        "%(count)d translation needs an update now.", "%(count)d translations need an update now.", count
    ) % {"count": count}
    address = reverse("translations:meaning", args=[subject.pk])
    buttons = [messages.button(address, _("The meaning is the same"), new_window=False)]
    messages.info(request, said, buttons=buttons)
