"""Adjustments: what the parties agreed about records, each proposed by one side and accepted by the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from handfast.kernel.document import Document, DocumentRefused, parsed
from handfast.kernel.names import listed, near
from handfast.kernel.quantity import Span
from handfast.kernel.servicelevels.terms import digest_of
from handfast.kernel.written_values import Instant, Text, Texts, Written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.kernel.document import Path
    from handfast.kernel.servicelevels.terms import Terms, WrittenTerms

NOT_BUILT_KINDS = ("relief", "value corrected")
_IDLE_KEYS = {
    "record excluded": ("from", "to", "pause"),
    "time excluded": ("pause",),
    "pause revoked": ("type",),
}
_NEEDED_KEYS = {
    "record excluded": ("type", "records"),
    "time excluded": ("type", "from", "to"),
    "pause revoked": ("pause", "records"),
}
FaultRule = Literal[
    "adjustment-source-unknown",
    "adjustment-source-unsaid",
    "adjustment-type-unknown",
    "adjustment-pause-unknown",
]


_RULE_OF: dict[str, FaultRule] = {
    "source": "adjustment-source-unknown",
    "type": "adjustment-type-unknown",
    "pause": "adjustment-pause-unknown",
}


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
    records: Texts | None = Field(
        None, min_length=1, description="record ids; time excluded without any is so for every record"
    )
    starts_at: Annotated[Instant | None, Field(alias="from")] = None
    ends_at: Annotated[Instant | None, Field(alias="to")] = None
    pause: Text | None = Field(
        None, description="the kind of pause revoked: all, or those that begin from `from` and before `to`"
    )
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
        said = {
            "type": self.type,
            "records": self.records,
            "from": self.starts_at,
            "to": self.ends_at,
            "pause": self.pause,
        }
        missing = [key for key in _NEEDED_KEYS[self.kind] if said[key] is None]
        if missing:
            raise ValueError(f"{self.kind} needs {' and '.join(missing)}")
        idle = [key for key in _IDLE_KEYS[self.kind] if said[key] is not None]
        if idle:
            raise ValueError(
                f"{self.kind} does not read {' and '.join(idle)}: take it away, or change the kind"
            )
        if self.starts_at is not None and self.ends_at is not None:
            if self.starts_at >= self.ends_at:
                raise ValueError("from must lie before to")
        elif self.starts_at is not None or self.ends_at is not None:
            raise ValueError("from and to go together: write both, or neither")
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


@dataclass(frozen=True, slots=True)
class AdjustmentFault:
    """Why an adjustment can have no effect under the terms; `rule` is the linter's name for it."""

    rule: FaultRule
    path: Path
    id: str
    message: str
    hint: str


def adjustment_faults(terms: Terms, adjustments: Adjustments) -> list[AdjustmentFault]:
    """Sources that are no event log, types that nobody excludes, and kinds of pause that no clock has.

    What any version of the terms knows is known. Whether the log holds the records is not asked here.
    """
    faults: list[AdjustmentFault] = []
    for place, one in enumerate(adjustments.written):
        faults += _faults_of(terms, place, one)
    return faults


def _faults_of(terms: Terms, place: int, one: Adjustment) -> Iterator[AdjustmentFault]:
    versions = [version.terms for version in terms.versions]
    logs = _event_logs(versions)
    if one.source is None and len(logs) > 1:
        said, hint = (
            f"{one.id} does not say to which event log it belongs",
            f"write source: one of {listed(logs)}",
        )
        yield AdjustmentFault("adjustment-source-unsaid", ("adjustments", place), one.id, said, hint)
    if one.source is not None:
        yield from _unknown(place, one, "source", logs, "there is no event log")
    over = f" over {one.source}" if one.source in logs else ""
    known = Known.under(versions, one.source if over else None)
    if one.kind == "record excluded":
        yield from _unknown(place, one, "type", known.by_measures, f"no measure{over} excludes the type")
    elif one.kind == "time excluded":
        yield from _unknown(place, one, "type", known.by_clocks, f"no clock{over} excludes the type")
    else:
        yield from _unknown(place, one, "pause", known.pauses, f"no clock{over} has the pause")


@dataclass(frozen=True, slots=True)
class Known:
    """What an adjustment can name: the types and kinds of pause of any version, over one source or over all."""

    by_measures: set[str]
    by_clocks: set[str]
    pauses: set[str]

    @classmethod
    def under(cls, versions: list[WrittenTerms], source: str | None) -> Known:
        found = cls(set(), set(), set())
        for terms in versions:
            clocks = {name: clock for name, clock in terms.clocks.items() if source in (None, clock.source)}
            for clock in clocks.values():
                found.by_clocks.update(clock.excludes)
                found.pauses.update(clock.pauses)
            for measure in terms.measures.values():
                if getattr(measure, "clock", None) in clocks:
                    found.by_measures.update(getattr(measure, "excludes", ()))
        return found


def adjustable(terms: Terms) -> tuple[set[str], Known]:
    """The event logs of the terms, and what an adjustment over any of them can name."""
    versions = [version.terms for version in terms.versions]
    return _event_logs(versions), Known.under(versions, None)


def _event_logs(versions: list[WrittenTerms]) -> set[str]:
    return {name for said in versions for name, source in said.sources.items() if source.kind != "intervals"}


def _unknown(
    place: int, one: Adjustment, key: Literal["source", "type", "pause"], known: set[str], what: str
) -> Iterator[AdjustmentFault]:
    name: str | None = getattr(one, key)
    if name is not None and name not in known:
        meant = near(name, known)
        hint = f"did you mean {meant!r}?" if meant else f"there are: {listed(known)}"
        yield AdjustmentFault(_RULE_OF[key], ("adjustments", place, key), one.id, f"{what} {name!r}", hint)


def read_adjustments(document: Document, terms: Terms | None = None) -> Adjustments:
    """The adjustments in `document`; with `terms`, one that can have no effect under them is refused."""
    if not isinstance(document.content, dict):
        raise DocumentRefused(f"{document.name}, line 1: expected the key adjustments: with a list")
    found = Adjustments(parsed(WrittenAdjustments, document).adjustments, digest_of(document.content))
    faults = [] if terms is None else adjustment_faults(terms, found)
    if faults:
        raise DocumentRefused("\n".join(_said(document, fault) for fault in faults))
    return found


def _said(document: Document, fault: AdjustmentFault) -> str:
    field_name = ".".join(str(step) for step in fault.path)
    line = document.line_of(fault.path)
    return f"{document.name}, line {line}: {field_name}: {fault.id}: {fault.message}; {fault.hint}"
