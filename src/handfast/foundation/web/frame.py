"""What the one frame around every page shows: who acts, for whom, and the life of the engagement as stages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from handfast.foundation.languages import said_later

Side = Literal["client", "provider"]
Status = Literal[
    "met", "running", "risk", "missed", "waived", "open", "not-yet", "no-data", "gate", "passed", "stale"
]

STATUS_WORDS = (
    said_later("met"), said_later("running"), said_later("risk"), said_later("missed"), said_later("waived"), said_later("open"), said_later("not-yet"),
    said_later("no-data"), said_later("gate"), said_later("passed"), said_later("stale"),
)  # fmt: skip
# What a screen reader says of a mark in the rail.


@dataclass(frozen=True, slots=True)
class RailPage:
    """One page in the rail: inside a stage, or, with an icon, one of those kept by both."""

    name: str
    url: str
    is_current: bool = False
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the engagement: its standing, one short fact, and its pages while it is open."""

    name: str
    status: Status
    fact: str = ""
    url: str = ""
    is_open: bool = False
    pages: tuple[RailPage, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of a page inside an engagement; sign-in and error pages have none."""

    person_name: str
    initials: str
    organisation_name: str
    side: Side
    engagement_name: str
    engagement_line: str
    overview_url: str
    stages: tuple[Stage, ...] = ()
    through: tuple[Stage, ...] = ()
    kept: tuple[RailPage, ...] = ()
    needs_me_count: int = 0
    notices_count: int = 0
    is_sample: bool = False
    other_name: str = ""
    preview_url: str = ""
    preview_end_url: str = ""
    remove_sample_url: str = ""
    local_time: str = ""
    contract_time: str = ""
    version: str = ""
    needs_me_url: str = ""
    my_work_url: str = ""
    portfolio_url: str = ""
    notices_url: str = ""
    palette_url: str = ""
    account_url: str = ""
    keys_url: str = ""
    sign_out_url: str = ""
    current: Literal["", "needs-me", "my-work", "overview"] = ""
    other_engagements: tuple[RailPage, ...] = ()
    is_folded: bool = False
    is_thing: bool = False  # the page of one thing: the browser keeps its address for the palette
