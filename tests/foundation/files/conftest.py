"""Every test of files that come in has a folder of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: SettingsWrapper) -> None:
    settings.HANDFAST_HOME = tmp_path
