"""`handfast work` lists what was given up and puts it back, without doing anything else."""

from __future__ import annotations

import pytest
from tests.factories.installation import Installation, make_installation

PLANT = """
import django, uuid
django.setup()
from datetime import UTC, datetime
from handfast.foundation.models import Outgoing
at = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)
key = uuid.UUID(int=7)
Outgoing.objects.create(kind="some.mail", space_id=key, subject_id=key, key="one", due_at=at, failed_at=at, attempts=28,
                        said="ConnectionRefusedError")
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return make_installation(tmp_path_factory.mktemp("work"))


def test_what_was_given_up_is_listed_until_it_is_put_back(installation: Installation) -> None:
    nothing = installation.command("work", "--failed")
    assert (nothing.returncode, nothing.stdout) == (0, "0 given up\n")
    installation.run(["-c", PLANT])
    listed = installation.command("work", "--failed")
    assert listed.returncode == 1
    assert "2026-04-16 09:12:00 some.mail of 00000000-0000-0000-0000-000000000007" in listed.stdout
    assert listed.stdout.endswith("ConnectionRefusedError\n1 given up\n")
    assert installation.command("work", "--again").stdout == "1 put back, to be tried again\n"
    assert installation.command("work", "--failed").returncode == 0
