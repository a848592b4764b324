"""The samples that can be loaded, as they are offered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """A sample by its key, with what is in it."""

    key: str
    title: str
    said: str


OFFERS = (
    Offer("light", "Light sample", "Eight agents abroad, one help-desk export, four measures, no credits."),
    Offer(
        "standard",
        "Standard sample",
        "Two sites, six levels with credits, fourteen months of tickets, a disputed month.",
    ),
)


def offers() -> tuple[Offer, ...]:
    """All samples, the small one first."""
    return OFFERS
