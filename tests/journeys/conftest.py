"""Files of these tests lie in folders of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: SettingsWrapper) -> Path:
    settings.HANDFAST_HOME = tmp_path
    settings.HANDFAST_RECORDS = tmp_path / "records"
    return tmp_path
