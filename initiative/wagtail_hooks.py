from wagtail import hooks
from wagtail.snippets.models import register_snippet

from initiative.rich_text import LocalPageLinkHandler
from initiative.viewsets import SiteGroup

register_snippet(SiteGroup)


@hooks.register("register_rich_text_features", order=100)
def register_local_page_links(features):
    """After Wagtail's own handler, so that ours is the one for links to pages."""
    features.register_link_type(LocalPageLinkHandler)
