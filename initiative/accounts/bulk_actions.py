"""What is done to several accounts at once wants the password as it does for one."""

from wagtail.users.views.bulk_actions import assign_role, delete, set_active_state

from initiative.accounts.password_again import PasswordAgainForm


class RoleForm(PasswordAgainForm, assign_role.RoleForm):
    pass


class ActivityForm(PasswordAgainForm, set_active_state.ActivityForm):
    pass


class _Again:
    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}


class AssignRole(_Again, assign_role.AssignRoleBulkAction):
    form_class = RoleForm


class SetActiveState(_Again, set_active_state.SetActiveStateBulkAction):
    form_class = ActivityForm


class Delete(_Again, delete.DeleteBulkAction):
    form_class = PasswordAgainForm
