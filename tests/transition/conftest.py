"""What the tests of transition share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.transition.programme import Programme, a_programme

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def programme(db: None) -> Iterator[Programme]:
    return a_programme()
