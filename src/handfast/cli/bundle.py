"""`handfast bundle` and `handfast verify`: a statement with all its inputs in one folder, recomputed anywhere."""

from __future__ import annotations

import hashlib
import json
import shutil
import uuid
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from handfast.cli.inputs import InputFiles, instant_named, load_inputs, load_terms
from handfast.cli.statement import EngineOption, computed
from handfast.cli.statement_files import StatementRefused, check_sources, files_of
from handfast.cli.writing import CannotWrite, read_content, write_whole

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.statement import Inputs

EXIT_DIFFERS = 1
MOST_DIFFERENCES = 10
README = """This folder holds one statement and everything it was computed from.

statement.json     the statement: its body, the body's SHA-256 (its name), and who computed it
terms.yaml         the terms of the agreement
annex.json         its calendars, compiled to open intervals in UTC
records/           the normalised records, one file a source (instants in microseconds since 1970, UTC)
adjustments.yaml   what the parties agreed about records, where there is any
reported.yaml      what one side reported, where there is any
SHA256SUMS         the digests of these files: sha256sum -c SHA256SUMS

Recompute it on any machine, without a database:

    handfast verify .
"""


def inputs_of(path: Path) -> tuple[dict[str, Any], InputFiles, Inputs]:
    """The statement at `path` with its inputs read again; refused where a digest is not the statement's."""
    found, files = files_of(path)
    inputs = _read_again(path, found, files)
    now, then = inputs.digests(), found["body"]["inputs"]
    changed = [key for key in then if now.get(key) != then[key]]
    if changed:
        raise StatementRefused(
            f"{path}: these inputs are no longer what the statement was computed from: {', '.join(changed)}; "
            "compute the statement again, or explain it from its bundle"
        )
    return found, files, inputs


def _read_again(path: Path, found: dict[str, Any], files: InputFiles) -> Inputs:
    terms = load_terms(files.terms)
    check_sources(path, files, terms)
    return load_inputs(files, instant_named(found["body"]["as_of"], "as_of"), terms).inputs


def bundle(
    statement_file: Annotated[Path, typer.Argument(metavar="STATEMENT.json")],
    out: Annotated[Path, typer.Option("--out", help="The folder to make.")],
) -> None:
    """Put a statement and all its inputs into one folder, for the other side to recompute."""
    from handfast.kernel.records.readers.canonical_files import write_canonical

    if out.exists():
        raise CannotWrite(f"{out} is there already: name a folder that is not")
    found, files, inputs = inputs_of(statement_file)
    part = out.with_name(f".{out.name}.{uuid.uuid4().hex}.part")
    try:
        (part / "records").mkdir(parents=True)
        for source, events in inputs.logs.items():
            write_canonical(events, part / "records" / f"{source}.csv")
        for source, totals in inputs.intervals.items():
            write_canonical(totals, part / "records" / f"{source}.csv")
        _copy(files, part)
        sources = tuple(
            (source, part / "records" / f"{source}.csv")
            for source in sorted(found["body"]["inputs"]["records"])
        )
        inside = replace(
            files,
            terms=part / "terms.yaml",
            annex=part / "annex.json",
            records=sources,
            adjustments=part / "adjustments.yaml" if files.adjustments else None,
            reported=part / "reported.yaml" if files.reported else None,
            is_normalised=True,
        )
        found["envelope"]["made_from"] = inside.as_plain(part)
        write_whole(
            part / "statement.json", [(json.dumps(found, indent=1, ensure_ascii=False) + "\n").encode()]
        )
        write_whole(part / "README.txt", [README.encode()])
        write_whole(part / "SHA256SUMS", [_sums(part).encode()])
        part.rename(out)
    except OSError as error:
        raise CannotWrite(f"{out}: {error.strerror}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    typer.echo(f"{out}: statement {found['body']['period']['name']}, {found['name']}")


def _copy(files: InputFiles, folder: Path) -> None:
    copies = {"terms.yaml": files.terms, "annex.json": files.annex}
    copies |= {"adjustments.yaml": files.adjustments} if files.adjustments else {}
    copies |= {"reported.yaml": files.reported} if files.reported else {}
    for name, path in copies.items():
        write_whole(folder / name, [read_content(path)])


def _sums(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in files
    ]
    return "".join(lines)


def verify(
    path: Annotated[Path, typer.Argument(metavar="BUNDLE", help="A bundle's folder, or a statement file.")],
    engine: EngineOption = "duckdb",
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Recompute a statement from its inputs: identical, or where it first differs (exit code 1).

    A statement's file names its inputs by their paths, and these are read. From somebody else, ask for a
    bundle: its folder holds all that is read, and nothing outside of it is.
    """
    from handfast.kernel.servicelevels.canonical import canonical_bytes, differences

    found, files = files_of(path)
    then = found["body"]
    now = computed(_read_again(path, found, files), then["period"]["name"], engine, cache=None, threads=2)
    differing = [] if canonical_bytes(now) == canonical_bytes(then) else list(differences(then, now))
    if as_json:
        plain = [{"path": where, "stated": one, "recomputed": other} for where, one, other in differing]
        typer.echo(json.dumps({"identical": not differing, "name": found["name"], "differences": plain}))
    elif not differing:
        typer.echo(f"identical: {found['name']}")
    else:
        typer.echo(f"different in {len(differing)} places; the first: {told(*differing[0])}")
        for place in differing[1:MOST_DIFFERENCES]:
            typer.echo(f"  {told(*place)}")
    if differing:
        raise typer.Exit(EXIT_DIFFERS)


def told(where: str, one: Any, other: Any) -> str:
    """A difference in words."""
    return f"{where}: stated {json.dumps(one)}, recomputed {json.dumps(other)}"
