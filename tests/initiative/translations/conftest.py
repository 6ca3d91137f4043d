"""The page that most tests translate, made once for a module: `make_content(site)` of the module makes it, or `make_english`."""

import pytest

from initiative.models import StandardPage
from tests.initiative.translations.content import make_english, member


@pytest.fixture(scope="module")
def _english_key(request, made_for_module):
    with made_for_module(getattr(request.module, "make_content", make_english)) as page:
        yield page.pk


@pytest.fixture
def english(_english_key, site) -> StandardPage:
    """The English page, as the database has it."""
    return StandardPage.objects.get(pk=_english_key)


@pytest.fixture
def moderator(client, english):
    """The test's client, signed in as somebody who may publish in every language."""
    client.force_login(member("Moderators"))
    return client
