"""What the tests of readiness share."""

from __future__ import annotations

import pytest
from tests.readiness.gated import Gated, a_gated


@pytest.fixture
def gated(db: None) -> Gated:
    return a_gated()
