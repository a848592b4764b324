"""`handfast import`: read exports by their mapping, and say what was found."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from handfast.cli.progress import progress
from handfast.cli.writing import CannotWrite, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.kernel.document import Document
    from handfast.kernel.records.log import EventLog, IntervalLog
    from handfast.kernel.records.readers.reading import Import
    from handfast.kernel.records.report import ImportReport
    from handfast.kernel.servicelevels.clock_terms import ClockTerms


def import_(
    terms: Annotated[
        Path, typer.Argument(help="YAML with the mapping under `sources:`.", metavar="TERMS.yaml")
    ],
    files: Annotated[
        list[Path], typer.Argument(help="Exports of one source; a later file replaces.", metavar="FILE...")
    ],
    source: Annotated[
        str | None, typer.Option(help="Which source; needed where the terms have several.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the canonical file SOURCE.csv.", metavar="DIR")
    ] = None,
    received_at: Annotated[
        str | None,
        typer.Option(help="When the files came in, ISO 8601 with offset; later stamps are counted."),
    ] = None,
    is_json: Annotated[bool, typer.Option("--json", help="Print the reports as JSON.")] = False,
) -> None:
    """Read exports by the terms' mapping, print the import report, and write the canonical file if asked."""
    # Imported here, so that the other verbs start without pyarrow.
    from handfast.cli.inputs import instant_named
    from handfast.kernel.document import read_document
    from handfast.kernel.records.readers.canonical_files import write_canonical
    from handfast.kernel.records.readers.reading import read_log
    from handfast.kernel.records.sources import mapping_in
    from handfast.kernel.records.standing import standing

    document = read_document(read_text(terms), name=str(terms))
    chosen, mapping = mapping_in(document, source)
    clocks = _clocks_on(document, chosen)
    received_at_us = None if received_at is None else instant_named(received_at, "--received-at")
    logs: list[Any] = []
    reports: list[ImportReport] = []
    for path in files:
        with progress(path.name) as on_progress:
            found = read_log(
                path, mapping, source=chosen, received_at_us=received_at_us, on_progress=on_progress
            )
        logs.append(found.log)
        reports.append(_with_clocks(found, clocks, received_at_us))
    whole: EventLog | IntervalLog = standing(logs)
    target = None
    if out is not None:
        _make_folder(out)
        target = out / f"{chosen}.csv"
        write_canonical(whole, target)
    if is_json:
        typer.echo(json.dumps(_plain(reports, whole, target), indent=2))
        return
    _show(reports, whole, target, is_dated=received_at is not None)


def _clocks_on(document: Document, source: str) -> dict[str, ClockTerms]:
    """The clocks of the first version that read the source; none where the file is not terms yet."""
    from handfast.kernel.servicelevels.terms import read_terms

    if not isinstance(document.content, dict) or "clocks" not in document.content:
        return {}
    terms = read_terms(document).first
    return {name: clock for name, clock in terms.clocks.items() if clock.source == source}


def _with_clocks(found: Import, clocks: dict[str, ClockTerms], as_of_us: int | None) -> ImportReport:
    """The report with what only a clock can say: whose result hangs on ties, and who never ended."""
    from handfast.kernel.records.log import EventLog
    from handfast.kernel.servicelevels.engines.ties import never_ended, ties_that_matter

    report, log = found.report, found.log
    if not clocks or not isinstance(log, EventLog) or report.last_stamp_us is None:
        return report
    as_of = report.last_stamp_us if as_of_us is None else as_of_us
    return replace(
        report,
        ties_that_matter={name: ties_that_matter(log, clock, as_of) for name, clock in clocks.items()},
        never_ended={name: never_ended(log, clock, as_of) for name, clock in clocks.items()},
    )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"{folder}: {error.strerror}; name a folder that can be written") from error


def _plain(reports: list[ImportReport], whole: EventLog | IntervalLog, target: Path | None) -> dict[str, Any]:
    return {
        "imports": [report.as_plain() for report in reports],
        "standing": {"digest": whole.digest, "rows": _rows_of(whole)},
        "written": None if target is None else str(target),
    }


def _rows_of(whole: EventLog | IntervalLog) -> int:
    from handfast.kernel.records.canonical import rows_of_log

    return rows_of_log(whole).num_rows


def _show(
    reports: list[ImportReport], whole: EventLog | IntervalLog, target: Path | None, *, is_dated: bool
) -> None:
    from rich.table import Table

    from handfast.cli.showing import console

    out = console()
    for report in reports:
        table = Table(box=None, pad_edge=False, show_header=False, title=report.file, title_justify="left")
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        for label, said in _lines(report, is_dated=is_dated):
            table.add_row(label, said)
        out.print(table)
        out.print()
    if len(reports) > 1:
        out.print(f"standing: {_rows_of(whole):,} rows, SHA-256 {whole.digest}")
    if target is not None:
        out.print(f"written: {target}")


def _lines(report: ImportReport, *, is_dated: bool) -> Iterator[tuple[str, str]]:
    """Each line of a report as label and text."""
    is_events = report.kind != "intervals"
    yield "source", f"{report.source} ({report.kind})"
    yield "rows read", f"{report.rows_read:,}"
    for reason, found in report.dropped.items():
        yield "  dropped", f"{found.rows:,}: {reason} ({_rows(found.first_rows, found.rows)})"
    yield ("events kept" if is_events else "rows kept"), f"{report.kept:,}"
    yield ("records" if is_events else "intervals"), f"{report.records:,}"
    if is_events:
        yield "repeated events", f"{report.duplicates:,}, each kept once"
        yield (
            "shared stamps",
            f"{report.shared_stamps:,} records, {report.undecided_ties:,} of them not put in order by a sequence",
        )
    for name, records in (report.ties_that_matter or {}).items():
        yield "ties that matter", f"{records:,} records under the clock {name}"
    for name, records in (report.never_ended or {}).items():
        yield "never ended", f"{records:,} records under the clock {name}"
    for name, records in report.drifting.items():
        yield "drifting", f"{name} in {records:,} records"
    for name, found in report.missing_means.items():
        yield "missing means", f"{found.rows:,} of {name}, taken as 0 ({_rows(found.first_rows, found.rows)})"
    for reason, found in report.implausible.items():
        yield "implausible", f"{found.rows:,} stamps {reason}, kept ({_rows(found.first_rows, found.rows)})"
    if not is_dated:
        yield "future stamps", "not looked for: give --received-at"
    plain = report.as_plain()
    yield "first stamp", plain["first_stamp"] or "none"
    yield "last stamp", plain["last_stamp"] or "none"
    yield "file SHA-256", report.file_sha256
    yield "digest", report.digest


def _rows(first_rows: tuple[int, ...], count: int) -> str:
    more = ", …" if count > len(first_rows) else ""
    return f"row {', '.join(map(str, first_rows))}{more}"
