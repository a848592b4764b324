"""One period, one agreement: every level with its working, as a body that recomputes to the same bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from handfast.kernel.quantity import iso_of, plain_text
from handfast.kernel.servicelevels.adjustments import Adjustments
from handfast.kernel.servicelevels.canonical import large
from handfast.kernel.servicelevels.consequence import consequence_of, exact_text
from handfast.kernel.servicelevels.evidence import Evidence
from handfast.kernel.servicelevels.figures import Asked
from handfast.kernel.servicelevels.periods import month_of, pieces
from handfast.kernel.servicelevels.reported import NOTHING_REPORTED, ReportedValues
from handfast.kernel.servicelevels.verdicts import Assessor

if TYPE_CHECKING:
    from fractions import Fraction

    from handfast.kernel.records.log import EventLog, IntervalLog
    from handfast.kernel.servicelevels.annex import Annex
    from handfast.kernel.servicelevels.periods import Period
    from handfast.kernel.servicelevels.questions import Engine
    from handfast.kernel.servicelevels.terms import Terms, WrittenTerms
    from handfast.kernel.servicelevels.verdicts import Assessed

RULES_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a statement is computed from; nothing else may change it."""

    terms: Terms
    annex: Annex
    as_of_us: int
    logs: dict[str, EventLog] = field(default_factory=dict)
    intervals: dict[str, IntervalLog] = field(default_factory=dict)
    adjustments: Adjustments = field(default_factory=Adjustments)
    reported: ReportedValues = NOTHING_REPORTED

    def evidence(self) -> Evidence:
        return Evidence(
            self.terms,
            self.annex.calendars,
            self.logs,
            self.intervals,
            self.adjustments.in_force(self.as_of_us),
            self.as_of_us,
        )

    def digests(self) -> dict[str, Any]:
        records = {name: log.digest for name, log in self.logs.items()}
        records |= {name: log.digest for name, log in self.intervals.items()}
        return {
            "terms": self.terms.digest,
            "annex": self.annex.digest,
            "records": records,
            "adjustments": self.adjustments.digest,
            "reported": self.reported.digest,
        }


def statement_body(inputs: Inputs, engine: Engine, period_name: str) -> dict[str, Any]:
    """The body of the statement of one month: plain JSON values, every decimal a text of stated scale."""
    terms = inputs.terms
    period = month_of(terms, period_name)
    assessor = Assessor(Asked(terms, engine, inputs.reported, inputs.as_of_us), {})
    parts = pieces(terms, period.span)
    written = terms.versions[parts[0][0]].terms
    levels = [_level_plain(written, assessor.assess(level, period)) for level in written.levels]
    return {
        "statement": "handfast 1",
        "rules_version": RULES_VERSION,
        "agreement": written.agreement,
        "parties": dict(written.parties),
        "words": {"expected": "expected", "minimum": "minimum"} | dict(written.words),
        "period": _period_plain(period, written),
        "as_of": iso_of(inputs.as_of_us),
        "is_provisional": inputs.as_of_us < period.span.ends_us,
        "terms_in_force": [terms.versions[number].name for number, _ in parts],
        "inputs": inputs.digests(),
        "adjustments": {
            "in_force": len(inputs.adjustments.in_force(inputs.as_of_us)),
            "open": inputs.adjustments.open(inputs.as_of_us),
        },
        "levels": levels,
        "consequence": None if written.regime is None else consequence_of(assessor, written.regime, period),
    }


def _period_plain(period: Period, written: WrittenTerms) -> dict[str, str]:
    return {
        "name": period.name,
        "zone": written.zone,
        "starts_at": iso_of(period.span.starts_us),
        "ends_at": iso_of(period.span.ends_us),
    }


def _level_plain(written: WrittenTerms, assessed: Assessed) -> dict[str, Any]:
    level, measure = written.levels[assessed.level], written.measure_of(assessed.level)
    figure, rule = assessed.figure, measure.rule
    service = written.services.get(level.service) if level.service else None
    return {
        "id": assessed.level,
        "name": level.name,
        "service": service.name if service else None,
        "measure": level.measure,
        "kind": measure.kind,
        "unit": measure.unit,
        "n": figure.n,
        "numerator": large(figure.numerator),
        "denominator": large(figure.denominator),
        "exact": None if figure.value is None else f"{figure.value.numerator}/{figure.value.denominator}",
        "value": None if assessed.shown is None else plain_text(assessed.shown),
        "rounding": {"digits": rule.digits, "mode": rule.mode, "compare": rule.compare},
        "expected": _threshold(written, assessed.level, "expected"),
        "minimum": _threshold(written, assessed.level, "minimum"),
        "better": level.better,
        "verdict": assessed.verdict,
        "note": assessed.note,
        "counted_from": list(assessed.periods),
        "left_out": figure.left_out,
        "excluded": dict(figure.excluded),
        "reported_by": figure.reported_by,
    }


def _threshold(written: WrittenTerms, level: str, which: Any) -> str | None:
    """A threshold on the unit's scale, with as many digits as the measure's rounding shows."""
    found: Fraction | None = written.threshold(level, which)
    if found is None:
        return None
    return exact_text(found, written.measure_of(level).rule.digits)
