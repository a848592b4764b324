"""What the tests of surveys share."""

from __future__ import annotations

import pytest
from tests.surveys.asking import Asking, make_asking


@pytest.fixture
def asking(db: None) -> Asking:
    return make_asking()
