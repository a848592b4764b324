"""Whatever is sent to the API, it answers without failing, refuses as problem+json, and says what it promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance
from tests.architecture.deals import make_deals, token_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

ROLES = ("client", "reader", "transition-manager")
SIDES = {"client": "client", "reader": "client", "transition-manager": "provider"}
REFUSALS = frozenset({400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429})
# Every test stands in one transaction of the module, so each example may use its fixtures again.
SUPPRESSED = [
    HealthCheck.function_scoped_fixture,
    HealthCheck.too_slow,
    HealthCheck.filter_too_much,
    HealthCheck.data_too_large,
]


@pytest.fixture(scope="module")
def tokens(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """A token for each role in a filled deal; the transaction outlives every request."""
    from django.conf import settings as installed  # noqa: PLC0415 - the tests' own are made first

    home = tmp_path_factory.mktemp("api")
    with pytest.MonkeyPatch.context() as patched, django_db_blocker.unblock(), transaction.atomic():
        patched.setattr(installed, "HANDFAST_HOME", home)
        patched.setattr(installed, "HANDFAST_RECORDS", home / "records")
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        ours = make_deals()["ours"]
        yield {role: token_of(ours, role, ours.organisations[SIDES[role]].pk)[0] for role in ROLES}
        transaction.set_rollback(True)
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def described(tokens: dict[str, str]) -> Any:
    """The API as its OpenAPI says, called without a network."""
    from handfast.settings.wsgi import application  # noqa: PLC0415 - it reads the settings

    return schemathesis.openapi.from_wsgi("/api/openapi.json", application)


def held(case: Any, tokens: dict[str, str]) -> None:
    """The same call as every role."""
    for role in ROLES:
        _held_as(case, tokens, role)


def _held_as(case: Any, tokens: dict[str, str], role: str) -> None:
    """One call as a role, undone; its answer held to what the API promises."""
    with transaction.atomic():
        answer = case.call(headers={"Authorization": f"Bearer {tokens[role]}"})
        transaction.set_rollback(True)
    case.validate_response(answer, checks=[not_a_server_error, response_schema_conformance])
    if answer.status_code >= 400:
        assert answer.status_code in REFUSALS
        if answer.status_code != 405 and "{" not in case.path.rpartition("/api")[0]:
            kind = answer.headers["content-type"][0]
            assert kind.startswith(("application/problem+json", "text/html")), kind


def sent_to_all(described: Any, tokens: dict[str, str], examples: int) -> int:
    """Every operation of the API, with as many bodies and queries as `examples`."""
    count = 0
    for one in described.get_all_operations():
        operation = one.ok()

        @settings(
            max_examples=examples,
            phases=[Phase.generate],
            suppress_health_check=SUPPRESSED,
            deadline=None,
            database=None,
        )
        @given(case=operation.as_strategy())
        def whatever_is_sent(case: Any) -> None:
            held(case, tokens)

        whatever_is_sent()
        count += 1
    return count


def test_operation_answers_whatever_it_is_sent(described: Any, tokens: dict[str, str]) -> None:
    examples = 3 if connection.vendor == "sqlite" else 1  # what is random is the same for both databases
    assert sent_to_all(described, tokens, examples) >= 60


@pytest.mark.soak
def test_operation_answers_whatever_it_is_sent_for_long(described: Any, tokens: dict[str, str]) -> None:
    assert sent_to_all(described, tokens, 200) >= 60
