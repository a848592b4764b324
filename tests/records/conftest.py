"""Every test of records has folders of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.records.deal import Deal, deal

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: SettingsWrapper) -> None:
    settings.HANDFAST_HOME = tmp_path
    settings.HANDFAST_RECORDS = tmp_path / "records"


@pytest.fixture
def bargain(db: None) -> Deal:
    return deal()
