"""What the gates of the standard sample say: two are passed, one is being worked on, one criterion is waived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handfast.journeys.samples.sample import Side


@dataclass(frozen=True, slots=True)
class SampleWord:
    """Somebody's word on the criterion whose text begins so, where one is attested."""

    at: datetime
    side: Side
    begins: str
    note: str
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a criterion is let go, what can happen, what is done until then, and the last day."""

    reason: str
    risk: str
    until_then: str
    expires_on: date


@dataclass(frozen=True, slots=True)
class SampleWaiver:
    """Asked by one side and, where `approved_at` says so, approved by the other."""

    at: datetime
    side: Side
    begins: str
    said: Reasons
    approved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SamplePassing:
    """A gate that both sides sign, whoever acts for each."""

    at: datetime
    number: int
    note: str


@dataclass(frozen=True, slots=True)
class SampleGates:
    """Laid out over the plan, and what happens at them in the order of time."""

    at: datetime
    words: tuple[SampleWord, ...]
    waivers: tuple[SampleWaiver, ...]
    passed: tuple[SamplePassing, ...]


LAID_AT = datetime(2026, 2, 5, 15, tzinfo=UTC)
SOON, LATER, NOW = (
    datetime(2026, 2, 20, 14, tzinfo=UTC), datetime(2026, 3, 18, 9, 30, tzinfo=UTC), datetime(2026, 4, 14, 8, 15, tzinfo=UTC),
)  # fmt: skip
_STAND_INS = Reasons(
    "The programme and the transition manager of wave 1 have left; their roles are held by those who act now.",
    "Two people decide everything while one of them is away.",
    "Each has named a stand-in while away.", date(2026, 6, 30),
)  # fmt: skip
_WORKBOOK = Reasons(
    "The list of wave 1 was kept in a workbook of the provider; it is complete there.",
    "What was asked and assumed cannot be looked up here.",
    "The workbook is attached to the plan; new questions are written down here.", date(2026, 5, 29),
)  # fmt: skip
STANDARD = SampleGates(
    LAID_AT,
    (
        SampleWord(SOON, "client", "Client experts are released in writing", "Letter of 12 February, four people, two days a week."),
        SampleWord(SOON, "client", "Nobody in the RACI is missing", "Gone through in the workshop of 17 February."),
        SampleWord(SOON, "client", "Every high risk has an owner", "Eleven high risks, each with owner and answer."),
        SampleWord(NOW, "provider", "Starts against plan for the class", "40 of 40 started on 7 April."),
        SampleWord(NOW, "provider", "Starters with cleared background", "Two checks are still with the authority.", holds=False),
        SampleWord(NOW, "provider", "Team leaders and trainers in place", "Four leaders and two trainers since March."),
    ),
    (
        SampleWaiver(SOON, "client", "Every core role on both sides", _STAND_INS, datetime(2026, 2, 21, 9, tzinfo=UTC)),
        SampleWaiver(LATER, "provider", "Requested information received", _WORKBOOK, datetime(2026, 3, 19, 14, tzinfo=UTC)),
        SampleWaiver(LATER, "provider", "Assumptions marked critical", _WORKBOOK, datetime(2026, 3, 19, 14, tzinfo=UTC)),
        SampleWaiver(
            NOW, "client", "Blocking technical checks green",
            Reasons(
                "The vendor's test bench for voice recording is down until 4 May.",
                "Calls of the first week go unrecorded.",
                "Team leads listen to 5 % of the calls and write a daily log.", date(2026, 6, 30),
            ),
            datetime(2026, 4, 15, 7, 40, tzinfo=UTC),
        ),
        SampleWaiver(
            datetime(2026, 4, 16, 8, tzinfo=UTC), "provider", "Starters with cleared background",
            Reasons(
                "The authority needs three more weeks for two starters.",
                "Two people without a finished check see customers' orders.",
                "Both work beside a team leader and see no payment data.", date(2026, 5, 15),
            ),
        ),
    ),
    (
        SamplePassing(datetime(2026, 2, 24, 15, tzinfo=UTC), 1, "The plan holds for both waves."),
        SamplePassing(datetime(2026, 3, 20, 10, tzinfo=UTC), 2, "Scope and volumes are those of the contract."),
    ),
)  # fmt: skip
