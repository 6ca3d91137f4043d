from django.urls import path, reverse
from django.utils.translation import gettext
from wagtail import hooks

from initiative.second_factor.views import second_factor


@hooks.register("register_admin_urls")
def register_page():
    return [path("second-factor/", second_factor, name="second_factor")]


@hooks.register("register_account_menu_item")
def link_to_page(request):
    return {
        "url": reverse("second_factor"),
        "label": gettext("Second factor"),
        "help_text": gettext("Sign in with a code from your phone as well; new recovery codes."),
    }
