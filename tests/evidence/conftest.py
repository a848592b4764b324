"""Every test of evidence begins with the fixed cast, and has a folder of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.factories.cast import Cast, make_cast

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: SettingsWrapper) -> None:
    settings.HANDFAST_HOME = tmp_path


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()
