"""A population as an auditor takes it away: the rows as a file, and beside them the proof that none was left out."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections import Counter
from dataclasses import asdict, dataclass
from typing import IO, TYPE_CHECKING, Any

from handfast.foundation.web.exports import exported
from handfast.journeys.queries.populations import counted, heads_seen_by, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handfast.engagement.models import Engagement
    from handfast.foundation.web.doors import ActorRequest
    from handfast.foundation.web.exports import Cell
    from handfast.journeys.queries.populations import Period, Population


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows, of which time, as which file. A time has an end, so that what is written meanwhile is in no count."""

    population: Population
    period: Period
    form: str


IN_MEMORY = 4 * 2**20
PROOF = "completeness.json"


def proof_of(request: ActorRequest, deal: Engagement, wanted: Wanted, file: IO[bytes]) -> dict[str, Any]:
    """Write the rows into `file`, and say what was written, what the database counts, and whether both are one."""
    population, period = wanted.population, wanted.period
    tally: Counter[str] = Counter()

    def told() -> Iterator[tuple[Cell, ...]]:
        for series, _number, cells in rows_of(population, period):
            tally[series] += 1
            yield cells

    digest, size = hashlib.sha256(), 0
    answer: Any = exported(request, wanted.form, population.kind, population.heads, told())
    parts: Iterable[bytes] = answer.streaming_content
    for part in parts:
        digest.update(part)
        size += file.write(part)
    if (behind := getattr(answer, "file_to_stream", None)) is not None:
        behind.close()  # the answer itself is never sent, so nobody else closes what it was to send
    series = counted(population, period)
    is_complete = dict(tally) == {one.name: one.rows for one in series} and not any(
        one.missing for one in series
    )
    return {
        "population": population.kind, "engagement": str(deal.pk), "by": str(request.actor.person),
        "organisation": str(request.actor.organisation), "made_at": request.at.isoformat(),
        "since": period.since.isoformat() if period.since else None,
        "until": period.until.isoformat() if period.until else None,
        "rows_exported": tally.total(), "rows_counted": sum(one.rows for one in series),
        "series": [asdict(one) for one in series], "is_complete": is_complete,
        "file": f"{population.kind}.{wanted.form}", "file_bytes": size, "file_sha256": digest.hexdigest(),
        "journal_heads": [asdict(one) | {"space": str(one.space)} for one in heads_seen_by(request.actor, deal.pk)],
    }  # fmt: skip


def packed(request: ActorRequest, deal: Engagement, wanted: Wanted) -> IO[bytes]:
    """Both in one archive."""
    archive = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the answer that sends it closes it
    with (
        tempfile.SpooledTemporaryFile(IN_MEMORY) as rows,
        zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        proof = proof_of(request, deal, wanted, rows)
        rows.seek(0)
        with made.open(proof["file"], "w", force_zip64=True) as kept:
            while block := rows.read(64 * 1024):
                kept.write(block)
        made.writestr(PROOF, json.dumps(proof, indent=2, sort_keys=True))
    archive.seek(0)
    return archive
