"""What declares a kind of pack: its name, what it is for, what it is asked by, and the function that tells its pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.packs.report import Page

MOST_ROWS = 5_000  # of one table: what is longer is taken as CSV


@dataclass(frozen=True, slots=True)
class Told:
    """What a pack is called, which page of the house shows the same, and its pages."""

    subject: str
    path: str
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, of which engagement, by which words, and when; of a shared pack, with the eyes of both sides."""

    actor: Actor
    deal: Engagement
    words: Mapping[str, str]
    at: datetime


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of pack; `asks` are the words that say of what it is made, the first of which it cannot do without.

    `telling` tells its pages as the actor sees them, and nothing else. It raises NotSeen, PackRefused, PackTooLong.
    """

    key: str
    name: str
    purpose: str
    asks: tuple[str, ...]
    telling: Callable[[Asking], Told]
