"""The causes that a revision keeps, told by name: which file, which adjustment, who and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from handfast.contract.models import TermsVersion
from handfast.operate.models import Adjustment, ReportedValue
from handfast.records.models import Batch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handfast.operate.models import Statement, StatementDraft


@dataclass(frozen=True, slots=True)
class Told:
    """One cause: `name` is what both sides call it, `about` what it is or says, `by` who did it."""

    kind: str
    id: str
    name: str
    about: str
    at: datetime | None
    by: UUID | None


@dataclass(frozen=True, slots=True)
class CauseLine:
    """A line of a revision: its causes, and what they moved as `queries.moved` says it."""

    causes: tuple[Told, ...]
    levels: tuple[Mapping[str, Any], ...]
    sum: str
    unit: str
    digest: str


def follows(made: Statement | StatementDraft, former: Statement) -> bool:
    """Whether its causes say what moved since this revision."""
    return made.causes is not None and made.causes["since"] == str(former.pk)


def cause_lines(made: Statement | StatementDraft) -> list[CauseLine]:
    """What a revision keeps of its causes, in order; none of a month's first statement."""
    if made.causes is None:
        return []
    lines = made.causes["lines"]
    rows = _rows([cause for line in lines for cause in line["causes"]])
    return [
        CauseLine(
            tuple(_told(cause, rows) for cause in line["causes"]),
            tuple(line["levels"]),
            line["sum"],
            line["unit"],
            line["digest"],
        )
        for line in lines
    ]


def _rows(causes: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The rows behind the causes by id, one question a kind; they came through the fence."""
    ids: dict[str, list[UUID]] = {}
    for cause in causes:
        if cause["id"]:
            ids.setdefault(cause["kind"].partition(" ")[0], []).append(UUID(cause["id"]))
    found: dict[str, Any] = {}
    for noun, wanted in ids.items():
        rows: Any = {
            "batch": Batch.objects.select_related("source", "upload"),
            "adjustment": Adjustment.objects.all(),
            "value": ReportedValue.objects.all(),
            "terms": TermsVersion.objects.defer("text", "annex"),
        }[noun]
        found |= {str(one.pk): one for one in rows.filter(pk__in=wanted)}
    return found


def _told(cause: Mapping[str, Any], rows: Mapping[str, Any]) -> Told:
    at = datetime.fromisoformat(cause["at"]) if cause["at"] else None
    name, about, by = _named(rows.get(cause["id"]), cause["kind"])
    return Told(cause["kind"], cause["id"], name, about, at, by)


def _named(row: Any, kind: str) -> tuple[str, str, UUID | None]:
    match row:
        case Batch():
            by = row.withdrawn_by_id if kind == "batch withdrawn" else row.upload.uploaded_by_id
            return row.upload.file_name, row.source.name, by
        case Adjustment():
            return row.name, str(row.said["kind"]), row.answered_by_id or row.proposed_by_id
        case ReportedValue():
            by = row.withdrawn_by_id if kind == "value withdrawn" else row.reported_by_id
            return row.measure or "charges", row.period, by
        case TermsVersion():
            return f"version {row.number}", "", row.answered_by_id or row.proposed_by_id
    return "", "", None
