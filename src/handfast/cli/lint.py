"""`handfast lint`: what to mend in terms before anyone signs them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handfast.cli.writing import read_text

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.linter import Finding
    from handfast.kernel.servicelevels.terms import Terms

EXIT_FOUND = 1


def lint(
    terms_file: Annotated[Path, typer.Argument(metavar="TERMS.yaml", help="The terms of the agreement.")],
    records: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[RECORDS]...", help="Logs to hold event names against, as FILE or SOURCE=FILE."
        ),
    ] = None,
    adjustments: Annotated[
        Path | None, typer.Option("--adjustments", help="What the parties agreed.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Read terms as the other side's lawyer would; exit code 1 if there is an error among the findings."""
    from handfast.kernel.document import read_document
    from handfast.kernel.servicelevels.linter import lint as findings_of
    from handfast.kernel.servicelevels.terms import read_terms

    document = read_document(read_text(terms_file), name=str(terms_file))
    agreed = None if adjustments is None else read_document(read_text(adjustments), name=str(adjustments))
    terms = read_terms(document)
    findings = findings_of(terms, document, agreed, _known_events(terms, terms_file, records or []))
    if as_json:
        typer.echo(json.dumps([as_plain(finding) for finding in findings], indent=1, ensure_ascii=False))
    else:
        for finding in findings:
            typer.echo(line_of(finding))
        typer.echo(summary_of(findings), err=True)
    if any(finding.severity == "error" for finding in findings):
        raise typer.Exit(EXIT_FOUND)


def _known_events(terms: Terms, terms_file: Path, records: list[str]) -> dict[str, set[str]] | None:
    """The event names that the logs hold, by source; None where no log was given."""
    if not records:
        return None
    from handfast.cli.inputs import InputFiles, annex_path, load_records, sources_of

    files = InputFiles(terms_file, annex_path(terms_file), sources_of(terms, records))
    logs, _ = load_records(terms, files, None)
    return {source: set(log.events.column("event").unique().to_pylist()) for source, log in logs.items()}


def line_of(finding: Finding) -> str:
    """A finding as compilers print theirs, so that editors can jump to it."""
    return (
        f"{finding.file}:{finding.line}: {finding.severity} {finding.rule}: {finding.message}; {finding.hint}"
    )


def as_plain(finding: Finding) -> dict[str, str | int]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "file": finding.file,
        "line": finding.line,
        "path": finding.field,
        "message": finding.message,
        "hint": finding.hint,
    }


def summary_of(findings: tuple[Finding, ...]) -> str:
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = len(findings) - errors
    if not findings:
        return "nothing to mend"
    return f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}"
