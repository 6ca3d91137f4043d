"""Users in the admin: who gets an account is invited by letter, and administrators are told of a new one among them."""

from django.utils.translation import gettext_lazy as _
from wagtail.users.views import groups, users

from initiative.accounts.forms import GroupForm, UserCreationForm, UserEditForm
from initiative.accounts.letters import invite, tell_administrators
from initiative.accounts.password_again import PasswordAgainForm


class _ByEditor:
    """The form knows who fills it in."""

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"editor": self.request.user}


class CreateView(_ByEditor, users.CreateView):
    success_message = _("The account %(object)s was made. A letter with a link to choose the password is on its way.")

    def save_instance(self):
        user = super().save_instance()
        invite(user)
        if user.is_superuser:
            tell_administrators(user, by=self.request.user)
        return user


class EditView(_ByEditor, users.EditView):
    def save_instance(self):
        user = super().save_instance()
        if self.form.cleaned_data.get("send_link"):
            invite(user)
        if user.is_superuser and user.is_active and {"is_superuser", "is_active"} & set(self.form.changed_data):
            tell_administrators(user, by=self.request.user)
        return user


class _PasswordAgain:
    """Deletes with the password of whoever does it."""

    form_class = PasswordAgainForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}


class DeleteView(_PasswordAgain, users.DeleteView):
    pass


class UserViewSet(users.UserViewSet):
    copy_view_enabled = False  # an account is a person's
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView

    def get_form_class(self, for_update=False):
        return UserEditForm if for_update else UserCreationForm


class GroupCreateView(_ByEditor, groups.CreateView):
    pass


class GroupEditView(_ByEditor, groups.EditView):
    pass


class GroupDeleteView(_PasswordAgain, groups.DeleteView):
    pass


class GroupViewSet(groups.GroupViewSet):
    add_view_class = GroupCreateView
    edit_view_class = GroupEditView
    delete_view_class = GroupDeleteView

    def get_form_class(self, for_update=False):
        return GroupForm
