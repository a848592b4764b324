"""Every test of contracts begins with an agreement of the fixed cast."""

from __future__ import annotations

import pytest
from tests.contract.deal import Bargain, a_bargain


@pytest.fixture
def bargain(db: None) -> Bargain:
    return a_bargain()
