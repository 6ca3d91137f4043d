from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from initiative.aliases import is_source, language_shown
from initiative.base.languages import language_name
from initiative.base.links import language_of
from initiative.models import BorrowedText
from initiative.rich_text import LocalPageLinkHandler
from initiative.viewsets import SiteGroup

register_snippet(SiteGroup)


@hooks.register("before_convert_alias_page")
def remember_whose_text_it_is(request, page):
    """The conversion forgets which page an alias followed."""
    page.followed_language = page.alias_of.locale.language_code if page.alias_of_id else ""


@hooks.register("after_convert_alias_page")
def say_whose_text_it_is(request, page):
    """What was an alias keeps the text it showed until somebody writes and publishes its own."""
    if language := getattr(page, "followed_language", ""):
        BorrowedText.objects.update_or_create(page_id=page.pk, defaults={"language": language})


@hooks.register("construct_translated_pages_to_cascade_actions")
def take_translations_along(pages, action):
    """A page moves in all languages. Deleting the source deletes its translations, deleting a translation does no more than
    that, and each language unpublishes by itself."""
    if action == "unpublish":
        return {}
    return {page: Page.objects.translation_of(page) for page in pages if action == "move" or is_source(page)}


@hooks.register("after_unpublish_page")
@hooks.register("after_delete_page")
def say_what_readers_see(request, page):
    """A page that is written in another language doesn't go away by itself."""
    if shown := language_shown(page):
        messages.info(
            request,
            gettext("%(reader)s: readers see this page in another language now (%(shown)s).")
            % {"reader": language_name(language_of(page)).capitalize(), "shown": language_name(shown)},
        )


@hooks.register("insert_global_admin_css")
def add_admin_css():
    return format_html('<link rel="stylesheet" href="{}">', static("admin.css"))


@hooks.register("register_rich_text_features", order=100)
def register_local_page_links(features):
    """After Wagtail's own handler, so that ours is the one for links to pages."""
    features.register_link_type(LocalPageLinkHandler)


@hooks.register("register_help_menu_item")
def _style_guide():
    return MenuItem(_("Style guide"), reverse("styleguide"), icon_name="view", order=800)
