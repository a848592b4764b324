"""`handfast verify-journal` tells a whole chain from a broken one, and a head that was kept from one that was not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.factories.installation import Installation, make_installation

if TYPE_CHECKING:
    from collections.abc import Callable

WRITE = "tests.factories.programs.write"
TOUCH = """
import django, sys
django.setup()
from handfast.foundation.models import Contents
from handfast.foundation.scope import Reach, entered
from uuid import UUID
space = UUID(sys.argv[1])
with entered(Reach(frozenset({space}), frozenset({space}))):
    Contents.objects.filter(entry__sequence=1).update(payload="{}")
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return make_installation(tmp_path_factory.mktemp("journal"))


@pytest.fixture
def rung(installation: Installation) -> Callable[[], str]:
    """A new space with at least one entry."""

    def ring() -> str:
        space = installation.run(["-m", WRITE, "new"]).stdout.strip()
        writer = installation.started("-m", WRITE, space)
        assert writer.stdout is not None
        assert writer.stdout.readline()
        writer.kill()
        writer.communicate()
        return space

    return ring


def test_whole_chain_is_whole_and_holds_its_own_head(
    installation: Installation, rung: Callable[[], str]
) -> None:
    space = rung()
    said = installation.command("verify-journal", "--space", space)
    assert said.returncode == 0
    head = said.stdout.split("head ")[1][:64]
    again = installation.command("verify-journal", "--space", space, "--head", head)
    assert (again.returncode, "whole" in again.stdout) == (0, True)


def test_changed_entry_is_named_with_exit_code_one(
    installation: Installation, rung: Callable[[], str]
) -> None:
    space = rung()
    installation.run(["-c", TOUCH, space])
    said = installation.command("verify-journal")
    assert said.returncode == 1
    assert f"{space}: BROKEN at entry 1: the contents of entry 1 were changed" in said.stdout


def test_head_that_is_in_no_chain_breaks_it(installation: Installation, rung: Callable[[], str]) -> None:
    said = installation.command("verify-journal", "--space", rung(), "--head", "ab" * 32)
    assert said.returncode == 1
    assert "the head that was kept is not in the chain" in said.stdout


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("--head", "xyz"), "refused (wrong-head): --head: a head is 64 hex digits"),
        (("--head", "ab" * 32), "refused (wrong-head): --head: say with --space"),
        (("--space", "00000000-0000-4000-8000-000000000000"), "there is no space"),
    ],
)
def test_wrong_option_is_refused_with_what_to_do(
    words: tuple[str, ...], fault: str, installation: Installation
) -> None:
    said = installation.command("verify-journal", *words)
    assert said.returncode == 2
    assert fault in said.stderr
