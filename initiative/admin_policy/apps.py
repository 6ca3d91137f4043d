from django.apps import AppConfig


class AdminPolicyConfig(AppConfig):
    name = "initiative.admin_policy"
    label = "admin_policy"

    def ready(self):
        from initiative.admin_policy import choosers, exports

        choosers.replace()
        exports.replace()
