import pytest

from tests.initiative.translations.content import member


@pytest.fixture
def translator(client, english):
    client.force_login(member("Translators (French)"))
    return client
