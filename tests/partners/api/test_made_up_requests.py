"""Two thousand requests that Schemathesis makes up from the API's own description, the same ones each time: right ones, wrong
ones, and nothing but answers as they are described. `make test-api` runs it."""

from collections import Counter

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode, checks

pytestmark = [pytest.mark.made_up, pytest.mark.django_db]

EACH = 250  # requests of each kind, right and wrong, to each address
ADDRESSES = ["/partners", "/partners/{slug}", "/commitments", "/commitments/{slug}", "/dictionary"]
KNOWN = {"/partners/{slug}": "trust", "/commitments/{slug}": "cover"}
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.positive_data_acceptance,
]


@pytest.fixture
def described(data):
    """The description as machines get it."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


def test_every_address_is_asked(described):
    found = [operation.ok() for operation in described.get_all_operations()]
    assert {operation.path.removeprefix("/api/v1") for operation in found} == set(ADDRESSES)
    assert {operation.method for operation in found} == {"get"}


@pytest.mark.parametrize(
    ("address", "mode"),
    [
        *((address, GenerationMode.POSITIVE) for address in ADDRESSES),
        # The dictionary takes nothing that could be wrong.
        *((address, GenerationMode.NEGATIVE) for address in ADDRESSES if address != "/dictionary"),
    ],
)
def test_answers_are_as_they_are_described(described, address, mode):
    answers, operation = Counter(), described[f"/api/v1{address}"]["GET"]

    @settings(
        max_examples=EACH,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), is_known=st.booleans())
    def ask(case, is_known):
        if is_known and mode == GenerationMode.POSITIVE and address in KNOWN:
            case.path_parameters["slug"] = KNOWN[address]
        # As a machine asks that doesn't unpack: the answer is compared as it comes.
        response = case.call(headers={"Accept-Encoding": "identity"})
        answers[response.status_code] += 1
        case.validate_response(response, checks=CHECKS)

    ask()
    assert sum(answers.values()) >= (1 if address == "/dictionary" else EACH)
    assert answers[200] or mode == GenerationMode.NEGATIVE
