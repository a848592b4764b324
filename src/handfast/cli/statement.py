"""`handfast statement` and `handfast annex`: one month's figures, from terms and records to a named body."""

from __future__ import annotations

import json
import platform
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from handfast.cli.inputs import (
    InputFiles,
    annex_path,
    instant_named,
    load_inputs,
    load_terms,
    sources_of,
)
from handfast.cli.writing import CannotWrite, write_whole
from handfast.kernel.records.readers.whole_files import is_written_through

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handfast.kernel.records.report import ImportReport
    from handfast.kernel.servicelevels.statement import Inputs

TermsArgument = Annotated[Path, typer.Argument(metavar="TERMS.yaml", help="The terms of the agreement.")]
EngineOption = Annotated[str, typer.Option("--engine", help="duckdb, or reference: slow, and the oracle.")]


def computed(
    inputs: Inputs, period: str, engine_name: str, *, cache: Path | None, threads: int
) -> dict[str, Any]:
    """The body of a month's statement by one engine."""
    from handfast.kernel.servicelevels.engines import open_engine
    from handfast.kernel.servicelevels.statement import statement_body

    engine = open_engine(engine_name, inputs.evidence(), cache=cache, threads=threads)
    try:
        return statement_body(inputs, engine, period)
    finally:
        engine.close()


def enveloped(
    body: dict[str, Any], engine: str, made_from: dict[str, Any], imports: Iterable[ImportReport] = ()
) -> dict[str, Any]:
    """Body, its name, and outside of the hash who computed it, from which files, and what these left to say."""
    from handfast.kernel.servicelevels.canonical import name_of

    return {
        "name": name_of(body),
        "body": body,
        "envelope": {
            "engine": engine,
            "release": version("handfast"),
            "host": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
            "made_from": made_from,
            "imports": [report.as_plain() for report in imports],
        },
    }


def statement(
    terms_file: TermsArgument,
    records: Annotated[
        list[str], typer.Argument(metavar="RECORDS...", help="Files, as FILE or SOURCE=FILE.")
    ],
    period: Annotated[str, typer.Option("--period", help="The month, as 2012-04.")],
    as_of: Annotated[str, typer.Option("--as-of", help="What was known when, as 2012-05-05T12:00:00Z.")],
    out: Annotated[Path | None, typer.Option("--out", help="Write the statement here, as JSON.")] = None,
    annex: Annotated[
        Path | None, typer.Option("--annex", help="Calendar annex; default: beside the terms.")
    ] = None,
    adjustments: Annotated[
        Path | None, typer.Option("--adjustments", help="What the parties agreed.")
    ] = None,
    reported: Annotated[Path | None, typer.Option("--reported", help="Values that one side reports.")] = None,
    engine: EngineOption = "duckdb",
    threads: Annotated[int, typer.Option("--threads", min=1, max=64)] = 2,
    cache: Annotated[
        Path | None,
        typer.Option("--cache", envvar="HANDFAST_RECORDS", help="Keep prepared files here, by digest."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the statement as JSON.")] = False,
) -> None:
    """Compute the statement of one month.

    The file of --out names its inputs by their paths; for another machine or another side, make a bundle of it.
    """
    if out is not None and not out.absolute().parent.is_dir():
        raise CannotWrite(f"{out}: there is no folder {out.absolute().parent}")
    terms = load_terms(terms_file)
    files = InputFiles(
        terms_file, annex or annex_path(terms_file), sources_of(terms, records), adjustments, reported
    )
    loaded = load_inputs(files, instant_named(as_of, "--as-of"), terms, compiles=True)
    body = computed(loaded.inputs, period, engine, cache=cache, threads=threads)
    # Printed, or written through a pipe, a statement has no folder yet that its inputs could be relative to.
    folder = None if out is None or is_written_through(out) else out.resolve().parent
    made = enveloped(body, engine, files.as_plain(folder), loaded.imports)
    text = json.dumps(made, indent=1, ensure_ascii=False) + "\n"
    if out is not None:
        write_whole(out, [text.encode()])
    if as_json:
        typer.echo(text, nl=False)
        return
    from handfast.cli.showing import console, show_statement

    show_statement(console(), made)


def annex(
    terms_file: TermsArgument,
    out: Annotated[Path | None, typer.Option("--out", help="Default: beside the terms.")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace an annex; both sides accept the new one.")
    ] = False,
) -> None:
    """Compile the calendars of the terms into the annex that decides from then on."""
    from handfast.kernel.servicelevels.annex import annex_text, compile_annex

    terms = load_terms(terms_file)
    path = out or annex_path(terms_file)
    if path.exists() and not replace:
        raise CannotWrite(
            f"{path} is there already: --replace makes a new version, which both sides then accept"
        )
    made = compile_annex(terms)
    write_whole(path, [annex_text(made).encode()])
    typer.echo(f"{path}: {len(made.calendars)} calendars, SHA-256 {made.digest}")
    for key, calendar in sorted(made.calendars.items()):
        typer.echo(
            f"  {key}: {calendar.zone}, {len(calendar.opens_us):,} openings, {len(calendar.closed_days)} days closed"
        )
