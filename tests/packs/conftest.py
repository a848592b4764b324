"""Every test of packs has a folder of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.operate.month import Month, a_month

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: SettingsWrapper) -> None:
    settings.HANDFAST_HOME = tmp_path


@pytest.fixture
def month(db: None) -> Month:
    return a_month()
