"""What both sides of the samples keep in their registers: who wrote it, when, for whom, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Side = Literal["client", "provider"]


@dataclass(frozen=True, slots=True)
class SampleComment:
    """What one side says about an entry, so many days after it was written; `tells` is the side of whoever is mentioned."""

    by: Side
    days: int
    text: str
    tells: Side | None = None
    is_internal: bool = False


@dataclass(frozen=True, slots=True)
class SampleFile:
    """What one side attaches to an entry, so many days after it was written: a text, under a name."""

    by: Side
    days: int
    name: str
    text: str
    is_internal: bool = False


@dataclass(frozen=True, slots=True)
class SampleEntry:
    """An entry of a register, owned by whoever acts for `owner`; `moves` are the states it went through after.

    `linked_with` is the title of an earlier one that belongs to it.
    """

    register: str
    by: Side
    at: datetime
    title: str
    owner: Side
    due_on: date | None = None
    text: str = ""
    tags: tuple[str, ...] = ()
    own: Mapping[str, str] = field(default_factory=dict)
    moves: tuple[str, ...] = ()
    is_internal: bool = False
    comments: tuple[SampleComment, ...] = ()
    files: tuple[SampleFile, ...] = ()
    linked_with: str = ""


@dataclass(frozen=True, slots=True)
class SampleView:
    """A part of a register that one side comes back to, by the words of an address; shared with its people."""

    register: str
    by: Side
    at: datetime
    name: str
    asked: Mapping[str, str]


def _on(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, 20, tzinfo=UTC)


def _soon(days: int) -> date:
    return date(2026, 4, 16) + timedelta(days=days)


STANDARD = (
    SampleEntry(
        "issues", "provider", _on(3, 17), "Voicemail greeting still names the old vendor", "client", _soon(18),
        own={"severity": "low"}, tags=("telephony",),
    ),
    SampleEntry(
        "issues", "client", _on(3, 20), "Budget for a second on-site trainer is not approved", "client", _soon(8),
        text="Finance wants the learning curve of Kraków first.", own={"severity": "medium"}, is_internal=True,
    ),
    SampleEntry(
        "issues", "client", _on(4, 2), "Polish knowledge base covers 61 % of articles", "provider", _soon(11),
        text="The other articles answer in English, and agents translate as they write.",
        own={"severity": "high"}, tags=("kraków", "knowledge"), moves=("in-work",),
        linked_with="Does Kraków answer calls in German?",
        comments=(
            SampleComment("provider", 4, "Twelve articles a day are translated; the refund ones come first.\nAt this pace all are there by the end of the month."),
            SampleComment("client", 5, "Please begin with the ten that are read most: the list is in your mailbox.", tells="provider"),
            SampleComment("client", 6, "If it slips again we ask for it in the monthly report.", is_internal=True),
        ),
        files=(
            SampleFile("provider", 4, "articles-to-translate.csv", "Article,Read in March,Translated\nRefund after 30 days,1204,yes\nRefund of a gift,988,yes\nAddress of a parcel shop,760,no\nSecond invoice,512,no\n"),
            SampleFile("client", 6, "articles-read-most.txt", "Refund after 30 days\nRefund of a gift\nAddress of a parcel shop\n", is_internal=True),
        ),
    ),
    SampleEntry(
        "issues", "provider", _on(4, 7), "CRM role “Billing agent” lacks the right to export", "client", _soon(4),
        own={"severity": "high"},
    ),
    SampleEntry(
        "issues", "provider", _on(4, 12), "Headsets in Kraków drop after 40 minutes on VPN", "provider", _soon(-2),
        own={"severity": "severe"}, tags=("kraków",), moves=("in-work",),
        comments=(
            SampleComment("provider", 1, "The firmware of the headsets is from 2023. A newer one is tried on two desks today."),
            SampleComment("provider", 2, "Can your network people keep the VPN session open for 90 minutes until then?", tells="client"),
        ),
    ),
    SampleEntry(
        "actions", "client", _on(4, 8), "Agree which pauses need a mail", "provider", _soon(5),
        text="After the dispute of March: a rule that both sides can read off the log.",
        own={"arose_from": "Dispute of March"}, moves=("in-work",),
    ),
    SampleEntry(
        "actions", "provider", _on(4, 9), "Name a deputy for the shift lead in Novi Sad", "provider", _soon(12),
        own={"arose_from": "Weekly meeting of 9 April"}, is_internal=True,
    ),
    SampleEntry(
        "decisions", "client", _on(2, 26), "Does Kraków answer calls in German?", "client", date(2026, 3, 6),
        own={
            "decided": "Not in its first wave.", "because": "Two of seven agents have the level.",
            "decided_on": "2026-03-05",
        },
        moves=("decided",),
    ),
    SampleEntry(
        "decisions", "provider", _on(4, 13), "Who approves refunds above 500 CAD at night?", "client", _soon(6)
    ),
    SampleEntry(
        "questions", "provider", _on(4, 10), "Do public holidays of Ontario pause the clock?", "client", _soon(-4),
        own={"answer": "No: the calendar of the terms has the holidays of Serbia and Poland only.", "reused_in": "Training, day 2"},
        moves=("answered",),
    ),
)  # fmt: skip
LIGHT = (
    SampleEntry(
        "issues", "provider", _on(4, 9), "Sign-on fails again for three customers", "client", _soon(7),
        own={"severity": "medium"},
    ),
    SampleEntry("actions", "client", _on(4, 14), "Send the new price list to the desk", "client", _soon(5)),
)  # fmt: skip
STANDARD_VIEWS = (
    SampleView("issues", "client", _on(4, 8), "Waiting for Danube Care", {"state": "any-open", "side": "provider"}),
    SampleView("issues", "client", _on(4, 12, 10), "Kraków", {"text": "kraków", "sort": "level"}),
    SampleView("issues", "provider", _on(4, 9), "Waiting for Lumen", {"state": "any-open", "side": "client", "sort": "due"}),
)  # fmt: skip
