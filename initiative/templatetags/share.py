"""The picture that other sites show beside a link to this page."""

from django import template

from initiative.share_pictures import share_path

register = template.Library()


@register.filter
def share_picture(head):
    """The path of the page's own picture; empty where it has none."""
    return share_path(head)
