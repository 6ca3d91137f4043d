from django.urls import path, reverse
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.ui.components import Component

from initiative.second_factor.devices import authenticator, recovery_codes_left
from initiative.second_factor.passkey_views import add_passkey, remove_passkey
from initiative.second_factor.views import second_factor

FEW = 2


@hooks.register("register_admin_urls")
def register_page():
    return [
        path("second-factor/", second_factor, name="second_factor"),
        path("second-factor/passkeys/", add_passkey, name="add_passkey"),
        path("second-factor/passkeys/<int:number>/", remove_passkey, name="remove_passkey"),
    ]


@hooks.register("register_account_menu_item")
def link_to_page(request):
    return {
        "url": reverse("second_factor"),
        "label": gettext("Second factor"),
        "help_text": gettext("Sign in with a code from your phone or a passkey as well; new recovery codes."),
    }


class FewCodesPanel(Component):
    """On the admin's home page of who would soon stand before a closed door."""

    name = "few_recovery_codes"
    template_name = "second_factor/few_codes_panel.html"
    order = 50

    def __init__(self, left: int):
        self.left = left

    def get_context_data(self, parent_context):
        return {"codes_left": self.left}


@hooks.register("construct_homepage_panels")
def add_few_codes_panel(request, panels):
    if authenticator(request.user) and (left := recovery_codes_left(request.user)) <= FEW:
        panels.append(FewCodesPanel(left))
