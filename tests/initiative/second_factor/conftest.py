import pytest

from initiative.second_factor.models import Authenticator
from tests.initiative.second_factor.accounts import PASSWORD


@pytest.fixture
def ada(django_user_model):
    return django_user_model.objects.create_superuser("ada", "", PASSWORD)


@pytest.fixture
def device(ada):
    """Ada's authenticator, in use."""
    return Authenticator.objects.create(user=ada, confirmed=True)
