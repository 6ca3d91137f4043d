"""Users in the admin: who gets an account is invited by letter."""

from django.utils.translation import gettext_lazy as _
from wagtail.users.views import users

from initiative.accounts.forms import UserCreationForm, UserEditForm
from initiative.accounts.letters import invite


class CreateView(users.CreateView):
    success_message = _("The account %(object)s was made. A letter with a link to choose the password is on its way.")

    def save_instance(self):
        user = super().save_instance()
        invite(user)
        return user


class EditView(users.EditView):
    def save_instance(self):
        user = super().save_instance()
        if self.form.cleaned_data.get("send_link"):
            invite(user)
        return user


class UserViewSet(users.UserViewSet):
    add_view_class = CreateView
    edit_view_class = EditView

    def get_form_class(self, for_update=False):
        return UserEditForm if for_update else UserCreationForm
