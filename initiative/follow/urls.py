"""The pages of follows; each is under the language of its reader."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from initiative.follow import views

urlpatterns = [
    path(_("sent/"), views.sent, name="follow_sent"),
    path(_("confirm/<str:token>/"), views.confirm, name="follow_confirm"),
    path(_("mine/<str:token>/"), views.mine, name="follow_mine"),
    path(_("stop/<str:token>/"), views.stop, name="follow_stop"),
    path("<slug:kind>/", views.ask, name="follow"),
]
