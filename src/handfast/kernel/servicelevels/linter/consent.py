"""Rules about adjustments: what the parties agreed must be able to act under the terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.kernel.quantity import iso_of
from handfast.kernel.servicelevels.adjustments import adjustment_faults
from handfast.kernel.servicelevels.linter.rules import Case, Fault, Rule, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.kernel.servicelevels.adjustments import Adjustment


def _written(case: Case) -> Iterator[tuple[int, Adjustment]]:
    if case.adjustments is not None:
        yield from enumerate(case.adjustments.written)


def _without_effect(case: Case, code: str) -> Iterator[Fault]:
    """What the statement would refuse, under the linter's name for it."""
    if case.adjustments is not None:
        for fault in adjustment_faults(case.agreement, case.adjustments):
            if fault.rule == code:
                yield Fault(fault.path, fault.message, fault.hint)


@rule("adjustment-type-unknown", "error", "adjustments")
def adjustment_type_unknown(case: Case) -> Iterator[Fault]:
    """An exclusion of a type that the terms name nowhere under `excludes`.

    Both sides agreed to it, and no figure changes: records are excluded by measures, time by clocks.
    """
    yield from _without_effect(case, "adjustment-type-unknown")


@rule("adjustment-pause-unknown", "error", "adjustments")
def adjustment_pause_unknown(case: Case) -> Iterator[Fault]:
    """A revoked pause of a kind that no clock has.

    Nothing is revoked, and the time stays off the clock.
    """
    yield from _without_effect(case, "adjustment-pause-unknown")


@rule("adjustment-source-unknown", "error", "adjustments")
def adjustment_source_unknown(case: Case) -> Iterator[Fault]:
    """An adjustment to a source that is no event log of the terms.

    Its records are looked for where there are none.
    """
    yield from _without_effect(case, "adjustment-source-unknown")


@rule("adjustment-source-unsaid", "error", "adjustments")
def adjustment_source_unsaid(case: Case) -> Iterator[Fault]:
    """An adjustment that names no source though the terms have several event logs.

    Two tools may well both have a record 1001.
    """
    yield from _without_effect(case, "adjustment-source-unsaid")


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


RULES: tuple[Rule, ...] = (
    adjustment_type_unknown,
    adjustment_pause_unknown,
    adjustment_source_unknown,
    adjustment_source_unsaid,
    adjustment_outside_terms,
)
