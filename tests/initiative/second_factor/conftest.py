import pytest
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.initiative.second_factor.accounts import PASSWORD


@pytest.fixture
def ada(django_user_model):
    return django_user_model.objects.create_superuser("ada", "", PASSWORD)


@pytest.fixture
def device(ada):
    """Ada's authenticator, in use."""
    return TOTPDevice.objects.create(user=ada, confirmed=True)
