from django.urls import path, reverse
from django.utils.translation import gettext
from wagtail import hooks

from initiative.staff_sessions.views import signed_in


@hooks.register("register_admin_urls")
def register_page():
    return [path("signed-in/", signed_in, name="signed_in")]


@hooks.register("register_account_menu_item")
def link_to_page(request):
    return {
        "url": reverse("signed_in"),
        "label": gettext("Where you are signed in"),
        "help_text": gettext("The devices on which you work here; sign out on one, or on all others."),
    }
