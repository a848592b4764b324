"""Adjustments: what the parties agreed about records, each proposed by one side and accepted by the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from handfast.kernel.document import Document, DocumentRefused, parsed
from handfast.kernel.quantity import Span
from handfast.kernel.servicelevels.terms import digest_of
from handfast.kernel.servicelevels.written_values import Instant, Text, Texts, Written

NOT_BUILT_KINDS = ("relief", "value corrected")


class Act(Written):
    """Who did it, and when."""

    by: Literal["client", "provider"]
    at: Instant


def _named_when_not_built(value: Any) -> Any:
    if value in NOT_BUILT_KINDS:
        raise ValueError(f"the adjustment {value!r} is not built yet")
    return value


class Adjustment(Written):
    """A record taken out, a stretch of time not counted, or a pause revoked."""

    id: Text
    kind: Annotated[
        Literal["record excluded", "time excluded", "pause revoked"], BeforeValidator(_named_when_not_built)
    ]
    type: Text | None = Field(None, description="the type that measures and clocks name under excludes")
    source: Text | None = Field(None, description="needed where the terms have several event logs")
    records: Texts | None = Field(None, description="record ids; for time excluded, none means every record")
    starts_at: Annotated[Instant | None, Field(alias="from")] = None
    ends_at: Annotated[Instant | None, Field(alias="to")] = None
    pause: Text | None = Field(None, description="the kind of pause revoked")
    reason: Text
    clause: Text | None = None
    evidence: Texts = ()
    proposed: Act
    accepted: Act | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Adjustment:
        if self.accepted and self.accepted.by == self.proposed.by:
            raise ValueError("what one side proposes the other side accepts")
        if self.accepted and self.accepted.at < self.proposed.at:
            raise ValueError("accepted before it was proposed")
        has_span = self.starts_at is not None and self.ends_at is not None
        if has_span and self.starts_at >= self.ends_at:  # type: ignore[operator] # has_span says both are there
            raise ValueError("from must lie before to")
        needed = {
            "record excluded": (("type", self.type), ("records", self.records)),
            "time excluded": (("type", self.type), ("from and to", has_span or None)),
            "pause revoked": (("pause", self.pause), ("records", self.records)),
        }[self.kind]
        missing = [name for name, value in needed if value is None]
        if missing:
            raise ValueError(f"{self.kind} needs {' and '.join(missing)}")
        return self

    @property
    def span(self) -> Span:
        if self.starts_at is None or self.ends_at is None:
            raise ValueError(f"adjustment {self.id} has no span")
        return Span(self.starts_at, self.ends_at)


class WrittenAdjustments(Written):
    adjustments: tuple[Adjustment, ...] = ()

    @model_validator(mode="after")
    def _ids_differ(self) -> WrittenAdjustments:
        seen: set[str] = set()
        for adjustment in self.adjustments:
            if adjustment.id in seen:
                raise ValueError(f"the id {adjustment.id} stands twice")
            seen.add(adjustment.id)
        return self


@dataclass(frozen=True, slots=True)
class Adjustments:
    """All adjustments as written; those in force at an instant are the accepted ones."""

    written: tuple[Adjustment, ...] = ()
    digest: str | None = None

    def in_force(self, as_of_us: int) -> tuple[Adjustment, ...]:
        return tuple(
            adjustment
            for adjustment in self.written
            if adjustment.accepted is not None and adjustment.accepted.at <= as_of_us
        )

    def open(self, as_of_us: int) -> int:
        return len(self.written) - len(self.in_force(as_of_us))


def read_adjustments(document: Document) -> Adjustments:
    """The adjustments in `document`; a record or type that the terms do not know is found by the linter."""
    if not isinstance(document.content, dict):
        raise DocumentRefused(f"{document.name}, line 1: expected the key adjustments: with a list")
    return Adjustments(parsed(WrittenAdjustments, document).adjustments, digest_of(document.content))
