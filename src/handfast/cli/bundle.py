"""`handfast bundle` and `handfast verify`: a statement with all its inputs in one folder, recomputed anywhere."""

from __future__ import annotations

import json
import shutil
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from handfast.cli.inputs import InputFiles, instant_named, load_inputs, load_terms
from handfast.cli.statement import EngineOption, computed
from handfast.cli.statement_files import StatementRefused, check_sources, files_of
from handfast.cli.writing import CannotWrite, read_content

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.bundle import Texts
    from handfast.kernel.servicelevels.statement import Inputs

EXIT_DIFFERS = 1
MOST_DIFFERENCES = 10


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
    from handfast.kernel.records.readers.whole_files import whole_file
    from handfast.kernel.servicelevels.bundle import write_bundle

    if out.exists():
        raise CannotWrite(f"{out} is there already: name a folder that is not")
    found, files, inputs = inputs_of(statement_file)
    part = out.with_name(f".{out.name}.{uuid.uuid4().hex}.part")
    try:
        (part / "records").mkdir(parents=True)
        write_bundle(lambda name: whole_file(part / name), found, inputs, _texts_of(files))
        part.rename(out)
    except OSError as error:
        raise CannotWrite(f"{out}: {error.strerror}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    typer.echo(f"{out}: statement {found['body']['period']['name']}, {found['name']}")


def _texts_of(files: InputFiles) -> Texts:
    from handfast.kernel.servicelevels.bundle import Texts

    more = (read_content(path) if path else None for path in (files.adjustments, files.reported))
    return Texts(read_content(files.terms), read_content(files.annex), *more)


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
