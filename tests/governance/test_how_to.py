"""The register that the guide declares works as the guide says: page, writing, moves, files, nothing else needed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.governance.kept import moved, written

from handfast.governance.refusals import MoveRefused
from handfast.governance.registers import REGISTERS, Register

if TYPE_CHECKING:
    from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db
GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-register.md"
MOST_LINES = 60


@pytest.fixture
def declared(monkeypatch: pytest.MonkeyPatch) -> Register:
    """The guide's register, named as its second step says."""
    code = re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert len(code) == 1
    assert len(code[0].splitlines()) < MOST_LINES
    names: dict[str, Any] = {}
    exec(compile(code[0], GUIDE.name, "exec", dont_inherit=True), names)  # noqa: S102 - the guide's own code is what is tried
    found: Register = names["LICENCES"]
    monkeypatch.setitem(REGISTERS, found.key, found)
    return found


def test_register_of_the_guide_is_listed_written_moved_and_taken_away(declared: Register, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.owner)
    page = reverse("governance:entries", args=[cast.engagement.pk, declared.key])
    assert declared.purpose in client.get(page).content.decode()
    entry = written(
        cast, cast.delivery, register=declared.key, title="Monthly report by day 5", own={"vendor": "7.2"}
    )
    assert entry.name == "LI-1"
    said = client.get(page).content.decode()
    assert "Monthly report by day 5" in said
    assert "7.2" in said
    with pytest.raises(MoveRefused, match="Renewed by"):
        moved(cast, cast.owner, entry, "renewed")
    assert moved(cast, cast.owner, entry, "ended").is_done
    file = client.get(reverse("governance:entries_export", args=[cast.engagement.pk, declared.key, "csv"]))
    rows = b"".join(file).decode()  # type: ignore[arg-type]  # a file comes in parts
    assert "LI-1" in rows
    assert "Vendor" in rows


def test_no_two_registers_share_a_key_or_a_prefix(declared: Register) -> None:
    assert len({one.prefix for one in REGISTERS.values()}) == len(REGISTERS)
    assert [one.key for one in REGISTERS.values()] == list(REGISTERS)
