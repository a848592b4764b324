"""Both samples, made and read once for all tests of this folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.factories.simulated import Read, read_sample

from handfast.journeys.samples import light, standard

if TYPE_CHECKING:
    from handfast.journeys.samples import SampleEngagement


@pytest.fixture(scope="session")
def small() -> SampleEngagement:
    return light()


@pytest.fixture(scope="session")
def large() -> SampleEngagement:
    return standard()


@pytest.fixture(scope="session")
def small_read(small: SampleEngagement, tmp_path_factory: pytest.TempPathFactory) -> Read:
    return read_sample(small, tmp_path_factory.mktemp("light"))


@pytest.fixture(scope="session")
def large_read(large: SampleEngagement, tmp_path_factory: pytest.TempPathFactory) -> Read:
    return read_sample(large, tmp_path_factory.mktemp("standard"))
