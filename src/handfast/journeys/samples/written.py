"""The documents of the samples: who wrote each version, which roles were asked to sign it, and who did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handfast.journeys.samples.sample import Side

Asked = tuple[tuple["Side", str], ...]


@dataclass(frozen=True, slots=True)
class SampleVersion:
    """A version, published at `at`; the sides of `signed_by` sign for the role of theirs that is asked."""

    at: datetime
    text: str
    summary: str
    asked: Asked = ()
    due_on: date | None = None
    signed_by: tuple[Side, ...] = ()


@dataclass(frozen=True, slots=True)
class SampleDocument:
    """A document of both sides, written and owned by whoever acts for `by`."""

    by: Side
    title: str
    kind: str
    versions: tuple[SampleVersion, ...]


def _said(name: str) -> str:
    return (files("handfast.journeys.samples") / "documents" / f"{name}.md").read_text("utf-8")


BOTH: Asked = (("client", "vendor-manager"), ("provider", "delivery-manager"))
STANDARD_DOCUMENTS = (
    SampleDocument(
        "provider", "Refunds and credits", "procedure",
        (
            SampleVersion(
                datetime(2026, 2, 3, 13, 40, tzinfo=UTC), _said("refunds_1"), "First version, as it was trained", BOTH,
                signed_by=("client", "provider"),
            ),
            SampleVersion(
                datetime(2026, 4, 8, 8, 5, tzinfo=UTC), _said("refunds_2"),
                "Agents decide up to 40 CAD, and attach the receipt",
            ),
        ),
    ),
    SampleDocument(
        "provider", "Escalation at the first line", "guide",
        (
            SampleVersion(
                datetime(2026, 4, 9, 9, 30, tzinfo=UTC), _said("escalation_1"), "First version", BOTH[:1],
                due_on=date(2026, 4, 24),
            ),
        ),
    ),
)  # fmt: skip
