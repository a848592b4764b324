"""What is asked of reported values: which stand, and how the kernel reads them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handfast.foundation.refusals import NotSeen
from handfast.foundation.sight import the_one
from handfast.kernel.document import DocumentRefused, document_from, read_document
from handfast.kernel.servicelevels.measure_terms import Reported
from handfast.kernel.servicelevels.reported import NOTHING_REPORTED, ReportedValues, read_reported
from handfast.operate.models import ReportedValue
from handfast.operate.refusals import MeasureNotReported, OtherSideReports, ReportUnfit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.contract.models import Agreement
    from handfast.foundation.actor import Actor
    from handfast.kernel.servicelevels.terms import Terms

Kind = ReportedValue.Kind
VALUE_KEYS = frozenset({"share", "number", "numerator", "n"})


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reports of a month: of a measure, or without one its charges. `said` as the terms language writes it."""

    measure: str
    period: str
    said: dict[str, Any]
    attested_by: str
    file_name: str = ""
    file_sha256: str = ""


def reported_measures(terms: Terms) -> dict[str, Reported]:
    """The measures that one side reports, by key; of several versions of the terms the last one says how."""
    return {
        key: measure
        for version in terms.versions
        for key, measure in version.terms.measures.items()
        if isinstance(measure, Reported)
    }


def are_charges_reported(terms: Terms) -> bool:
    """Whether a regime of the terms wants the charges of each month to be reported."""
    regimes = (version.terms.regime for version in terms.versions)
    return any(regime is not None and regime.charges == "reported" for regime in regimes)


def reported_standing(agreement: Agreement, *, as_of: datetime) -> list[ReportedValue]:
    """What stood at an instant: of each measure and month the latest report, unless it is withdrawn."""
    rows = ReportedValue.objects.filter(
        agreement=agreement, reported_at__lte=as_of, withdrawn_at__isnull=True
    ).order_by("reported_at", "pk")
    return list({one.subject: one for one in rows}.values())


def reported_named(agreement: Agreement, wanted: Iterable[UUID]) -> list[ReportedValue]:
    """The values with these ids, withdrawn ones too. Raises NotSeen where one is out of sight."""
    ids = set(wanted)
    if not ids:
        return []
    found = list(ReportedValue.objects.filter(agreement=agreement, pk__in=ids))
    if len(found) != len(ids):
        raise NotSeen
    return found


def reported_values_seen_by(actor: Actor, engagement: UUID) -> QuerySet[ReportedValue]:
    """All reported values of an engagement, the latest first."""
    rows: QuerySet[ReportedValue] = ReportedValue.objects.filter(
        agreement__engagement_id=engagement, space_id__in=actor.reach.reads
    )
    return rows.select_related("agreement").order_by("-period", "-reported_at", "pk")


def reported_value_seen_by(actor: Actor, value: UUID) -> ReportedValue:
    """One reported value. Raises NotSeen."""
    rows: QuerySet[ReportedValue] = ReportedValue.objects.filter(pk=value, space_id__in=actor.reach.reads)
    return the_one(rows.select_related("agreement"))


def reported_written(values: Sequence[ReportedValue]) -> dict[str, Any]:
    """The values as the terms language writes them."""
    written: dict[str, dict[str, Any]] = {"values": {}, "charges": {}}
    for one in sorted(values, key=lambda one: one.subject):
        if one.kind == Kind.CHARGES:
            written["charges"][one.period] = one.said["number"]
        else:
            written["values"].setdefault(one.measure, {})[one.period] = _written(one)
    return written


def reported_read(values: Sequence[ReportedValue], terms: Terms) -> ReportedValues:
    """The values parsed under the terms; of measures that these do not know none is read."""
    written = reported_under(values, terms)
    if written is None:
        return NOTHING_REPORTED
    return read_reported(document_from(written, name="reported values"), terms)


def reported_under(values: Sequence[ReportedValue], terms: Terms) -> dict[str, Any] | None:
    """What `reported_read` reads, as the terms language writes it; None where there is nothing."""
    measures = reported_measures(terms)
    known = [one for one in values if one.kind == Kind.CHARGES or one.measure in measures]
    return reported_written(known) if known else None


def checked_report(report: Report, terms: Terms, *, side: str, at: datetime) -> Report:
    """What is reported, read under the terms as it will be read later, its numbers as they are written.

    Raises MeasureNotReported, OtherSideReports, ReportUnfit.
    """
    if report.measure:
        _check_measure(report, terms, side)
    elif not are_charges_reported(terms):
        raise MeasureNotReported(
            "the terms state the charges themselves", [("measure", "the terms state the charges themselves")]
        )
    if strange := report.said.keys() - VALUE_KEYS:
        said = f"a value is a share, a number, or a numerator with n; not {', '.join(sorted(strange))}"
        raise ReportUnfit(said, [("value", said)])
    entry = {**report.said, "by": side, "at": at.isoformat(), "attested_by": report.attested_by}
    if report.file_name or report.file_sha256:
        entry |= {"file": report.file_name, "sha256": report.file_sha256}
    written = {
        "values": {report.measure: {report.period: entry}} if report.measure else {},
        "charges": {} if report.measure else {report.period: report.said.get("number", "")},
    }
    try:
        read_reported(read_document(json.dumps(written, ensure_ascii=False), name="report"), terms)
    except DocumentRefused as refused:
        raise ReportUnfit(str(refused), [("value", str(refused).partition(": ")[2])]) from refused
    return report


def _check_measure(report: Report, terms: Terms, side: str) -> None:
    measure = reported_measures(terms).get(report.measure)
    if measure is None:
        said = f"the terms have no reported measure {report.measure!r}"
        raise MeasureNotReported(said, [("measure", said)])
    if measure.reported_by != side:
        said = f"the terms say that the {measure.reported_by} reports it"
        raise OtherSideReports(said, [("measure", said)])
    if ("number" in report.said) == (measure.unit == "percent"):
        wanted = "a share, or how many of how many" if measure.unit == "percent" else "a number"
        raise ReportUnfit(f"the terms want {wanted}", [("value", f"write {wanted}")])


def _written(one: ReportedValue) -> dict[str, Any]:
    written = {
        **one.said,
        "by": one.reported_side,
        "at": one.reported_at.isoformat(),
        "attested_by": one.attested_by,
    }
    if one.file_sha256:
        written |= {"file": one.file_name, "sha256": one.file_sha256}
    return written
