"""`handfast lint`: what to mend in terms before anyone signs them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handfast.cli.writing import read_text

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.linter import Finding

EXIT_FOUND = 1


def lint(
    terms_file: Annotated[Path, typer.Argument(metavar="TERMS.yaml", help="The terms of the agreement.")],
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
    findings = findings_of(read_terms(document), document, agreed)
    if as_json:
        typer.echo(json.dumps([as_plain(finding) for finding in findings], indent=1, ensure_ascii=False))
    else:
        for finding in findings:
            typer.echo(line_of(finding))
        typer.echo(summary_of(findings), err=True)
    if any(finding.severity == "error" for finding in findings):
        raise typer.Exit(EXIT_FOUND)


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
