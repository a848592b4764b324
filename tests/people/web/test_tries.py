"""Tries to sign in are counted for all processes of an installation together, on either database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as installed
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connections
from django.test import Client
from tests.factories.cast import PASSWORD, make_cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db(transaction=True)
LOGIN = "/accounts/login/"
PROCESSES, TRIES_OF_EACH, TOO_OFTEN = 4, 12, 429
MOST = 30  # by the library, for one address of the network in a minute; of one account it is fewer


@pytest.fixture(autouse=True)
def counters(settings: SettingsWrapper) -> Iterator[None]:
    """As they are counted where people work."""
    settings.CACHES = {"default": installed.TRIES}
    assert isinstance(caches["default"], DatabaseCache)
    caches["default"].clear()
    yield
    caches["default"].clear()


def tries(number: int) -> list[int]:
    """What one process answers to wrong passwords; each has a connection, and a cache object, of its own."""
    try:
        client = Client(raise_request_exception=False)
        said = {"login": f"nobody{number}@lumen.example", "password": "wrong"}
        return [client.post(LOGIN, said).status_code for _ in range(TRIES_OF_EACH)]
    finally:
        connections.close_all()


def test_four_processes_let_nobody_try_four_times_as_often() -> None:
    with ThreadPoolExecutor(PROCESSES) as pool:
        told = [status for each in pool.map(tries, range(PROCESSES)) for status in each]
    assert len(told) == PROCESSES * TRIES_OF_EACH > MOST
    assert sum(status != TOO_OFTEN for status in told) <= MOST


def test_a_counter_that_another_process_wrote_holds() -> None:
    cast = make_cast()
    said = {"login": cast.owner.email, "password": "wrong"}
    for _ in range(MOST):
        Client().post(LOGIN, said)
    fresh = DatabaseCache(installed.TRIES["LOCATION"], {})
    assert fresh is not caches["default"]
    right = Client().post(LOGIN, said | {"password": PASSWORD})
    assert right.status_code == TOO_OFTEN or "sessionid" not in right.cookies
    assert installed.SESSION_COOKIE_NAME not in right.cookies


def test_what_has_expired_counts_no_more() -> None:
    kept = caches["default"]
    kept.set("gone", [1.0], timeout=-1)
    kept.set("here", [1.0], timeout=60)
    assert (kept.get("gone"), kept.get("here")) == (None, [1.0])
