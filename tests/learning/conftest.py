"""What the tests of learning share."""

from __future__ import annotations

import pytest
from tests.learning.taught import Taught, a_taught


@pytest.fixture
def taught(db: None) -> Taught:
    return a_taught()
