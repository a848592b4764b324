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
from handfast.cli.writing import CannotWrite, read_content, read_text, write_whole
from handfast.kernel.refusal import Refusal

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


class StatementRefused(Refusal):
    """A file that is no statement, or whose inputs are not those it was computed from."""

    code = "statement-refused"


def read_statement(path: Path) -> dict[str, Any]:
    """A statement file; its name must be the digest of its body."""
    from handfast.kernel.servicelevels.canonical import name_of

    try:
        found = json.loads(read_text(path))
        body, name = found["body"], found["name"]
        digest = name_of(body)
        _ = (
            body["period"]["name"],
            body["as_of"],
            body["levels"],
            body["inputs"],
            found["envelope"]["made_from"],
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise StatementRefused(
            f"{path}: not a statement that `handfast statement --out` wrote ({error})"
        ) from error
    if digest != name:
        raise StatementRefused(
            f"{path}: its body has the SHA-256 {digest}, its name says {name}: it was changed"
        )
    return dict(found)


def files_of(path: Path) -> tuple[dict[str, Any], InputFiles]:
    """The statement at `path` and the files it was made from: a bundle's own, or those that its envelope names."""
    if path.is_dir():
        found = read_statement(path / "statement.json")
        sources = sorted(found["body"]["inputs"]["records"])
        optional = {key: path / f"{key}.yaml" for key in ("adjustments", "reported")}
        present = {key: file if file.is_file() else None for key, file in optional.items()}
        records = tuple((source, path / "records" / f"{_safe(source)}.csv") for source in sources)
        return found, InputFiles(
            path / "terms.yaml", path / "annex.json", records, **present, is_normalised=True
        )
    found = read_statement(path)
    made, folder = found["envelope"]["made_from"], path.parent
    try:
        files = InputFiles(
            folder / made["terms"],
            folder / made["annex"],
            tuple((source, folder / file) for source, file in made["records"]),
            folder / made["adjustments"] if made["adjustments"] else None,
            folder / made["reported"] if made["reported"] else None,
            is_normalised=bool(made["is_normalised"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise StatementRefused(
            f"{path}: its envelope does not say what it was made from ({error})"
        ) from error
    return found, files


def inputs_of(path: Path) -> tuple[dict[str, Any], InputFiles, Inputs]:
    """The statement at `path` with its inputs read again; refused where a digest is not the statement's."""
    found, files = files_of(path)
    inputs = load_inputs(files, instant_named(found["body"]["as_of"], "as_of"))
    now, then = inputs.digests(), found["body"]["inputs"]
    changed = [key for key in then if now.get(key) != then[key]]
    if changed:
        raise StatementRefused(
            f"{path}: these inputs are no longer what the statement was computed from: {', '.join(changed)}; "
            "compute the statement again, or explain it from its bundle"
        )
    return found, files, inputs


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
            write_canonical(events, part / "records" / f"{_safe(source)}.csv")
        for source, totals in inputs.intervals.items():
            write_canonical(totals, part / "records" / f"{_safe(source)}.csv")
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


def _safe(source: str) -> str:
    """A source's id is lower case letters, digits and _; a path in its place is refused."""
    if not source.replace("_", "").isalnum() or not source.isascii():
        raise StatementRefused(f"the source {source!r} is no id")
    return source


def verify(
    path: Annotated[Path, typer.Argument(metavar="BUNDLE", help="A bundle's folder, or a statement file.")],
    engine: EngineOption = "duckdb",
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Recompute a statement from its inputs: identical, or where it first differs (exit code 1)."""
    from handfast.kernel.servicelevels.canonical import canonical_bytes, differences

    found, files = files_of(path)
    then = found["body"]
    inputs = load_inputs(files, instant_named(then["as_of"], "as_of"), load_terms(files.terms))
    now = computed(inputs, then["period"]["name"], engine, cache=None, threads=2)
    differing = [] if canonical_bytes(now) == canonical_bytes(then) else list(differences(then, now))
    if as_json:
        told = [{"path": where, "stated": one, "recomputed": other} for where, one, other in differing]
        typer.echo(json.dumps({"identical": not differing, "name": found["name"], "differences": told}))
    elif not differing:
        typer.echo(f"identical: {found['name']}")
    else:
        typer.echo(f"different in {len(differing)} places; the first: {_told(*differing[0])}")
        for place in differing[1:MOST_DIFFERENCES]:
            typer.echo(f"  {_told(*place)}")
    if differing:
        raise typer.Exit(EXIT_DIFFERS)


def _told(where: str, one: Any, other: Any) -> str:
    return f"{where}: stated {json.dumps(one)}, recomputed {json.dumps(other)}"
