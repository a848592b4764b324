"""The import contracts refuse what they are there for: shown on a small house of empty modules."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tools.house.tree import PACKAGE, ROOT
from tools.test import ROOMS

NO_ROOM_ALIKE = ("foundation", "journeys")  # the plumbing under all, and what crosses them
LINT_IMPORTS = str(Path(sys.executable).parent / "lint-imports")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Every module of the real house, without its content, under the real contracts."""
    for path in PACKAGE.rglob("*.py"):
        empty = tmp_path / "handfast" / path.relative_to(PACKAGE)
        empty.parent.mkdir(parents=True, exist_ok=True)
        empty.write_text("")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def linted(house: Path) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "PYTHONPATH": str(house)}
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache", "--no-logo"],
        cwd=house,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )


def test_house_of_empty_modules_keeps_the_contracts(house: Path) -> None:
    ended = linted(house)
    assert ended.returncode == 0, ended.stdout


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("kernel/quantity.py", "import handfast.cli"),
        ("kernel/worktime/__init__.py", "from handfast.kernel import records"),
        ("kernel/records/__init__.py", "from handfast.kernel import servicelevels"),
        ("kernel/staffing.py", "from handfast.kernel import servicelevels"),
        ("kernel/refusal.py", "import socket"),
        ("kernel/servicelevels/statement.py", "from handfast.kernel.servicelevels import engines"),
        ("kernel/servicelevels/engines/reference.py", "from handfast.kernel.worktime import vectors"),
        (
            "kernel/servicelevels/engines/embedded.py",
            "from handfast.kernel.servicelevels.engines import reference",
        ),
        ("kernel/document.py", "import urllib.request"),
        ("kernel/records/readers/__init__.py", "import subprocess"),
        ("kernel/worktime/__init__.py", "import django.utils"),
        ("assess/__init__.py", "import handfast.operate"),
        ("foundation/__init__.py", "import handfast.engagement"),
        ("operate/queries/__init__.py", "import handfast.operate.actions"),
        ("operate/models/__init__.py", "import handfast.operate.permissions"),
        ("operate/web/__init__.py", "import handfast.operate.tasks"),
        ("operate/stray.py", ""),
        ("stray.py", ""),
        ("kernel/stray.py", ""),
    ],
)
def test_import_against_the_arrow_or_stray_module_is_refused(house: Path, place: str, text: str) -> None:
    for room in ("assess", "operate", "engagement", "foundation"):
        (house / "handfast" / room).mkdir(exist_ok=True)
        (house / "handfast" / room / "__init__.py").write_text("")
    (house / "handfast" / "operate" / "tasks.py").touch()
    (house / "handfast" / place).write_text(text)
    ended = linted(house)
    assert (ended.returncode, "BROKEN" in ended.stdout) == (1, True), ended.stdout


def test_every_room_stands_in_the_contract_of_rooms() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    held = next(contract["containers"] for contract in contracts if contract["name"].startswith("In a room"))
    rooms = [
        room for room in ROOMS if room not in NO_ROOM_ALIKE and (PACKAGE / room / "__init__.py").exists()
    ]
    assert sorted(held) == sorted(f"handfast.{room}" for room in rooms)
