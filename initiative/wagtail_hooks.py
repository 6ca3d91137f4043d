from wagtail import hooks
from wagtail.snippets.models import register_snippet

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


@hooks.register("register_rich_text_features", order=100)
def register_local_page_links(features):
    """After Wagtail's own handler, so that ours is the one for links to pages."""
    features.register_link_type(LocalPageLinkHandler)
