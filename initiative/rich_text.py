"""Links to pages in rich text, looked up for a whole text at once and led to the reader's language."""

from django.utils.html import escape
from wagtail.rich_text.pages import PageLinkHandler

from initiative.base.links import page_paths


class LocalPageLinkHandler(PageLinkHandler):
    """As Wagtail's, without loading each page, its type and its locale."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        ids = [int(attrs["id"]) if str(attrs.get("id", "")).isdigit() else 0 for attrs in attrs_list]
        paths = page_paths(ids)
        return [f'<a href="{escape(paths[pk])}">' if pk in paths else "<a>" for pk in ids]

    @classmethod
    def expand_db_attributes(cls, attrs):
        return cls.expand_db_attributes_many([attrs])[0]
