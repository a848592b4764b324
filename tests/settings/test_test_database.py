"""The database that tests use is the one they were promised."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

ON_POSTGRESQL = "HANDFAST_TEST_DATABASE" in os.environ


@pytest.mark.django_db
def test_tests_speak_to_the_server_that_was_named() -> None:
    assert connection.vendor == ("postgresql" if ON_POSTGRESQL else "sqlite")


@pytest.mark.django_db
def test_tests_on_postgresql_act_as_the_role_that_owns_nothing() -> None:
    if connection.vendor == "sqlite":
        assert settings.HANDFAST_DATABASE_ROLE is None
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, session_user <> current_user")
        assert cursor.fetchone() == ("handfast_app", True)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("turn", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_database_is_empty_again_after_a_test_of_transactions(turn: str) -> None:
    assert not Session.objects.exists()
    Session.objects.create(session_key=turn, session_data="", expire_date=datetime(2026, 4, 1, tzinfo=UTC))
