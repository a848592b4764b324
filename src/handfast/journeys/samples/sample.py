"""What a sample engagement consists of: who, under which terms, with which files, and how each month went."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from handfast.journeys.samples.asked import SampleSurvey
    from handfast.journeys.samples.entries import SampleEntry, SampleView
    from handfast.journeys.samples.exports import Upload
    from handfast.journeys.samples.gates import SampleGates
    from handfast.journeys.samples.learned import SampleLearning
    from handfast.journeys.samples.owed import SampleDeliverable
    from handfast.journeys.samples.planned import PlanEvent
    from handfast.journeys.samples.proved import SampleRelief, SampleSheet
    from handfast.journeys.samples.written import SampleDocument

Side = Literal["client", "provider"]
Story = Literal["agreed", "disputed and revised", "in progress"]
TORONTO, BELGRADE = "America/Toronto", "Europe/Belgrade"


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """A person of one side; `roles` are keys of the roles of both sides."""

    name: str
    email: str
    side: Side
    title: str
    roles: tuple[str, ...]
    zone: str


@dataclass(frozen=True, slots=True)
class SampleAdjustment:
    """What one side proposes at `at`; `text` is YAML: an entry of `adjustments:` without id and acts.

    `answered_at` is when the other side accepted; None where nobody has answered.
    """

    proposed_by: Side
    at: datetime
    text: str
    answered_at: datetime | None

    @property
    def is_accepted(self) -> bool:
        return self.answered_at is not None


@dataclass(frozen=True, slots=True)
class Month:
    """A month's story. `as_of` is that of the first statement; `reason` is why its answer was no.

    A disputed month names the level that was disputed, and as of when the second revision was made and issued.
    """

    period: str
    as_of: datetime
    story: Story
    issued_at: datetime | None = None
    answered_at: datetime | None = None
    reason: str = ""
    disputed_level: str = ""
    revised_as_of: datetime | None = None
    revised_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SampleEngagement:
    """A whole simulated engagement; its uploads and adjustments stand in the order of time.

    The first person of each side acts for it. `begins_at` is when the terms are agreed, `ends_at` the last instant.
    """

    name: str
    size: Literal["light", "standard"]
    client: str
    provider: str
    sites: tuple[str, ...]
    persons: tuple[SamplePerson, ...]
    zone: str
    begins_at: datetime
    ends_at: datetime
    terms_yaml: str
    uploads: tuple[Upload, ...]
    adjustments: tuple[SampleAdjustment, ...]
    months: tuple[Month, ...]
    plan: tuple[PlanEvent, ...] = ()
    entries: tuple[SampleEntry, ...] = ()
    views: tuple[SampleView, ...] = ()
    proved: tuple[SampleSheet, ...] = ()
    reliefs: tuple[SampleRelief, ...] = ()
    owed: tuple[SampleDeliverable, ...] = ()
    documents: tuple[SampleDocument, ...] = ()
    gates: SampleGates | None = None
    surveys: tuple[SampleSurvey, ...] = ()
    learning: SampleLearning | None = None

    def known_at(self, at: datetime) -> tuple[Upload, ...]:
        """The files received by then."""
        return tuple(upload for upload in self.uploads if upload.received_at <= at)

    def adjustments_yaml(self) -> str:
        """All adjustments as the kernel reads them, numbered as they were proposed."""
        entries = "".join(
            _entry(f"A-{number}", adjustment) for number, adjustment in enumerate(self.adjustments, 1)
        )
        return f"adjustments:\n{entries}" if entries else "adjustments: []\n"


def _entry(name: str, adjustment: SampleAdjustment) -> str:
    other = "client" if adjustment.proposed_by == "provider" else "provider"
    acts = f"proposed: {{by: {adjustment.proposed_by}, at: {_text(adjustment.at)}}}\n"
    if adjustment.answered_at is not None:
        acts += f"accepted: {{by: {other}, at: {_text(adjustment.answered_at)}}}\n"
    lines = f"id: {name}\n{adjustment.text}{acts}".splitlines()
    return "".join(f"  {'- ' if place == 0 else '  '}{line}\n" for place, line in enumerate(lines))


def entry_of(**said: Any) -> str:
    """An adjustment's keys as YAML; `starts` and `ends` stand for `from` and `to`."""
    names = {"starts": "from", "ends": "to"}
    return "".join(f"{names.get(key, key)}: {_text(value)}\n" for key, value in said.items())


def _text(value: Any) -> str:
    """Text and lists as JSON writes them, which YAML reads; instants in UTC."""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return json.dumps(value, ensure_ascii=False)


def terms_named(name: str) -> str:
    """A file of terms from beside this module."""
    return (files("handfast.journeys.samples") / "terms" / f"{name}.yaml").read_text("utf-8")


CLIENT, PROVIDER = "Lumen", "Danube Care"
PERSONS = (
    SamplePerson(
        "Priya Raman", "priya.raman@lumen.example", "client", "Vendor manager", ("vendor-manager",), TORONTO
    ),
    SamplePerson(
        "Jovana Petrović", "jovana.petrovic@danubecare.example", "provider", "Delivery manager",
        ("delivery-manager",), BELGRADE,
    ),
    SamplePerson("Helen Osei", "helen.osei@lumen.example", "client", "Sponsor", ("sponsor",), TORONTO),
    SamplePerson("Marcus Tran", "marcus.tran@lumen.example", "client", "Process owner", ("process-owner",), TORONTO),
    SamplePerson(
        "Milica Ilić", "milica.ilic@danubecare.example", "provider", "Account executive",
        ("account-executive",), BELGRADE,
    ),
)  # fmt: skip
