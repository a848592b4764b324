"""The samples by their keys, made when they are asked for: a year of tickets takes its seconds."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handfast.journeys.samples.sample import SampleEngagement

KEYS = ("light", "standard")


def sample_keys() -> tuple[str, ...]:
    """The small one first."""
    return KEYS


@lru_cache(maxsize=2)
def sample_named(key: str) -> SampleEngagement:
    """One of them."""
    from handfast.journeys.samples import light, standard  # noqa: PLC0415 - the simulator is read when it is needed

    return light() if key == "light" else standard()
