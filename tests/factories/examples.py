"""The inputs of an example agreement, read by the kernel alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from handfast.kernel.document import read_document
from handfast.kernel.records.readers.reading import read_log
from handfast.kernel.servicelevels.annex import annex_from
from handfast.kernel.servicelevels.reported import NOTHING_REPORTED, read_reported
from handfast.kernel.servicelevels.statement import Inputs
from handfast.kernel.servicelevels.terms import read_terms
from handfast.kernel.written_values import instant_us_of

if TYPE_CHECKING:
    from handfast.kernel.document import Document

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
PUBLIC_LOGS = ROOT.parent / "shared" / "data" / "tickets"


def example_inputs(name: str, files: dict[str, Path], as_of: str) -> Inputs:
    """The example's terms, annex and reported values, with these files as its sources."""
    folder = EXAMPLES / name
    terms = read_terms(_document(folder / "terms.yaml"))
    reported = folder / "reported.yaml"
    logs: dict[str, Any] = {"events": {}, "intervals": {}}
    for source, path in files.items():
        mapping = terms.first.sources[source]
        found = read_log(path, mapping, source=source, received_at_us=instant_us_of(as_of)).log
        logs["intervals" if mapping.kind == "intervals" else "events"][source] = found
    return Inputs(
        terms,
        annex_from((folder / "terms.annex.json").read_text("utf-8"), name=name),
        instant_us_of(as_of),
        logs["events"],
        logs["intervals"],
        reported=read_reported(_document(reported)) if reported.exists() else NOTHING_REPORTED,
    )


def _document(path: Path) -> Document:
    return read_document(path.read_text("utf-8"), name=path.name)
