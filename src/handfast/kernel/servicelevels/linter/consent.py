"""Rules about adjustments: what the parties agreed must be able to act under the terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.kernel.quantity import iso_of
from handfast.kernel.servicelevels.linter.rules import Case, Fault, Rule, listed, near, rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from handfast.kernel.servicelevels.adjustments import Adjustment
    from handfast.kernel.servicelevels.terms import WrittenTerms

_IDLE_FIELDS = {
    "record excluded": ("starts_at", "ends_at", "pause"),
    "time excluded": ("pause",),
    "pause revoked": ("starts_at", "ends_at", "type"),
}
_WRITTEN_AS = {"starts_at": "from", "ends_at": "to"}


def _written(case: Case) -> Iterator[tuple[int, Adjustment]]:
    if case.adjustments is not None:
        yield from enumerate(case.adjustments.written)


def _versions(case: Case) -> list[WrittenTerms]:
    return [version.terms for version in case.agreement.versions]


def _event_logs(case: Case) -> set[str]:
    return {
        name
        for terms in _versions(case)
        for name, source in terms.sources.items()
        if source.kind != "intervals"
    }


def _known(place: int, key: str, name: str, known: Collection[str], what: str) -> Iterator[Fault]:
    if name not in known:
        meant = near(name, known)
        yield Fault(
            ("adjustments", place, key),
            f"{what} {name!r}",
            f"did you mean {meant!r}?" if meant else f"there are: {listed(known)}",
        )


@rule("adjustment-type-unknown", "error", "adjustments")
def adjustment_type_unknown(case: Case) -> Iterator[Fault]:
    """An exclusion of a type that the terms name nowhere under `excludes`.

    Both sides agreed to it, and no figure changes: records are excluded by measures, time by clocks.
    """
    terms = _versions(case)
    by_measures = {
        name for one in terms for m in one.measures.values() for name in getattr(m, "excludes", ())
    }
    by_clocks = {name for one in terms for clock in one.clocks.values() for name in clock.excludes}
    for place, adjustment in _written(case):
        if adjustment.type is None or adjustment.kind == "pause revoked":
            continue
        is_record = adjustment.kind == "record excluded"
        known, whose = (by_measures, "measure") if is_record else (by_clocks, "clock")
        yield from _known(place, "type", adjustment.type, known, f"no {whose} excludes the type")


@rule("adjustment-pause-unknown", "error", "adjustments")
def adjustment_pause_unknown(case: Case) -> Iterator[Fault]:
    """A revoked pause of a kind that no clock has.

    Nothing is revoked, and the time stays off the clock.
    """
    known = {kind for terms in _versions(case) for clock in terms.clocks.values() for kind in clock.pauses}
    for place, adjustment in _written(case):
        if adjustment.kind == "pause revoked" and adjustment.pause is not None:
            yield from _known(place, "pause", adjustment.pause, known, "no clock has the pause")


@rule("adjustment-source-unknown", "error", "adjustments")
def adjustment_source_unknown(case: Case) -> Iterator[Fault]:
    """An adjustment to a source that is no event log of the terms.

    Its records are looked for where there are none.
    """
    for place, adjustment in _written(case):
        if adjustment.source is not None:
            yield from _known(place, "source", adjustment.source, _event_logs(case), "there is no event log")


@rule("adjustment-source-unsaid", "error", "adjustments")
def adjustment_source_unsaid(case: Case) -> Iterator[Fault]:
    """An adjustment that names no source though the terms have several event logs.

    Two tools may well both have a record 1001.
    """
    logs = _event_logs(case)
    for place, adjustment in _written(case):
        if adjustment.source is None and len(logs) > 1:
            yield Fault(
                ("adjustments", place),
                f"{adjustment.id} does not say to which event log it belongs",
                f"write source: one of {listed(logs)}",
            )


@rule("adjustment-outside-terms", "warning", "adjustments")
def adjustment_outside_terms(case: Case) -> Iterator[Fault]:
    """An excluded stretch of time that lies before the agreement begins or after it ends.

    A year was mistyped: it changes nothing.
    """
    starts = case.agreement.versions[0].in_force.starts_us
    ends = case.agreement.versions[-1].in_force.ends_us
    for place, adjustment in _written(case):
        if adjustment.kind == "time excluded" and not (
            adjustment.span.ends_us > starts and adjustment.span.starts_us < ends
        ):
            yield Fault(
                ("adjustments", place, "from"),
                f"{adjustment.id} excludes time from {iso_of(adjustment.span.starts_us)}, "
                f"and the terms are in force from {iso_of(starts)} to {iso_of(ends)}",
                "correct the dates",
            )


@rule("adjustment-field-idle", "warning", "adjustments")
def adjustment_field_idle(case: Case) -> Iterator[Fault]:
    """A field that adjustments of this kind do not read.

    Whoever wrote it meant something by it: an excluded record is excluded whole, whatever dates stand there.
    """
    for place, adjustment in _written(case):
        for field in _IDLE_FIELDS[adjustment.kind]:
            if getattr(adjustment, field) is not None:
                key = _WRITTEN_AS.get(field, field)
                yield Fault(
                    ("adjustments", place, key),
                    f"{adjustment.id} is {adjustment.kind!r}, which does not read {key!r}",
                    "take it away, or choose the kind that was meant",
                )


RULES: tuple[Rule, ...] = (
    adjustment_type_unknown,
    adjustment_pause_unknown,
    adjustment_source_unknown,
    adjustment_source_unsaid,
    adjustment_outside_terms,
    adjustment_field_idle,
)
