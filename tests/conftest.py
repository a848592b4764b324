"""What every test shares: settings for tests, and on PostgreSQL a database made by its owner and used by another role."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import tempfile
from copy import copy
from typing import TYPE_CHECKING, Any

import django
import pytest
from django.db import connection
from django.test import client
from django.test.utils import ContextList, setup_databases, teardown_databases
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

# A law is true or false however busy the machine is.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

ROLE = "handfast_app"


def _settings_of_tests() -> None:
    """A test never meets the installation of whoever runs it; the server for tests is named by a variable of its own."""
    server = os.environ.get("HANDFAST_TEST_DATABASE")
    for name in [name for name in os.environ if name == "DATABASE_URL" or name.startswith("HANDFAST_")]:
        if name != "HANDFAST_TEST_DATABASE":
            del os.environ[name]
    os.environ["HANDFAST_MODE"] = "test"
    home = tempfile.mkdtemp(
        prefix="handfast-test-"
    )  # its own, so that two runs at once do no harm to each other
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ["HANDFAST_HOME"] = home
    if server:
        os.environ["DATABASE_URL"] = server
        os.environ["HANDFAST_DATABASE_ROLE"] = ROLE
    os.environ["DJANGO_SETTINGS_MODULE"] = "handfast.settings"


_settings_of_tests()
django.setup()
# Every test makes a deal of its own, thousands of objects at once: collecting as often as Python does by default takes
# a tenth of the run.
gc.freeze()
gc.set_threshold(100_000, 20, 50)


def _kept_for_tests(
    store: dict[str, Any], signal: Any, sender: Any, template: Any, context: Any, **_: Any
) -> None:
    """Keep what the page itself was given, and of none of its hundreds of fields and parts: copying takes a while."""
    if "context" not in store:
        store["templates"], store["context"] = [template], ContextList([copy(context)])


# Django's client keeps a copy of what each template is given, down to the widget of each field.
client.store_rendered_templates = _kept_for_tests


# What speaks to a database without a fixture that says so: it starts programs, or looks at how one is set up.
ASK_BY_THEMSELVES = ("tests/api/", "tests/settings/", "tests/foundation/test_races_and_kills.py")
ASKING = {"db", "transactional_db", "world"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL runs again only what asks a database: all else was run with SQLite and would say the same."""
    if "HANDFAST_TEST_DATABASE" not in os.environ:
        return
    spared = [one for one in items if not _asks_a_database(one)]
    config.hook.pytest_deselected(items=spared)
    items[:] = [one for one in items if _asks_a_database(one)]


def _asks_a_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    if item.get_closest_marker("one_database") is not None:
        return False
    is_marked = item.get_closest_marker("django_db") is not None
    return is_marked or bool(fixtures & ASKING) or item.nodeid.startswith(ASK_BY_THEMSELVES)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """One database for each process of the run; its owner makes it, raises the walls, and leaves it to the role."""
    # They know the models and the settings: only when Django is set up.
    from handfast.foundation.search.raising import raise_search  # noqa: PLC0415 - see above
    from handfast.foundation.walls import raise_walls  # noqa: PLC0415 - see above
    from handfast.settings.database import as_owner  # noqa: PLC0415 - see above

    with django_db_blocker.unblock(), as_owner(connection):
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
        raise_search(connection)
        if connection.vendor == "postgresql":
            raise_walls(connection, ROLE)
            with connection.cursor() as cursor:  # tests of transactions empty the tables when they end
                cursor.execute(f"GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {ROLE}")
    yield
    with django_db_blocker.unblock(), as_owner(connection):
        teardown_databases(made, verbosity=0)
