"""Who takes care of a translation."""

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiative.base.rights import codename
from initiative.translations.models import Translation


class CareForm(forms.ModelForm):
    """Owner and note of one cell of the board. Owners are those who may write its language."""

    class Meta:
        model = Translation
        fields = ["owner", "note"]
        widgets = {"note": forms.TextInput()}
        labels = {"note": _("Note for whoever translates")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"] = _OwnerField(self.instance.language, self.instance.owner_id)


class _OwnerField(forms.ModelChoiceField):
    def __init__(self, language: str, owner_id: int | None):
        right = Permission.objects.filter(content_type__app_label="translations", codename=codename(language))
        may = Q(is_superuser=True) | Q(groups__permissions__in=right) | Q(user_permissions__in=right)
        users = get_user_model()._default_manager
        able = users.filter(may & Q(is_active=True) | Q(pk=owner_id)).order_by("last_name", "first_name", "pk")
        super().__init__(able.distinct(), required=False, label=_("Who takes care of it"), empty_label=_("Nobody"))

    def label_from_instance(self, user):
        return user.get_full_name() or user.get_username()
