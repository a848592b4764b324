"""`handfast explain`: from the amount to the level, from the level to its records, from a record to the second."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from handfast.cli.bundle import inputs_of, told
from handfast.cli.statement_files import StatementRefused

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.questions import Engine
    from handfast.kernel.servicelevels.statement import Inputs


def explain(
    statement_file: Annotated[
        Path, typer.Argument(metavar="STATEMENT.json", help="A statement, or a bundle's folder.")
    ],
    level: Annotated[str | None, typer.Option("--level", help="The id of a service level.")] = None,
    record: Annotated[str | None, typer.Option("--record", help="The id of a record.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many rows of a level are shown.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON; of a level, all its rows.")] = False,
) -> None:
    """Explain a statement, one of its levels, or one record to the second.

    The statement is computed again first: what does not come out the same is not explained. A statement's
    file names its inputs by their paths, and these are read; from somebody else, ask for a bundle.
    """
    from handfast.kernel.servicelevels.engines import open_engine

    found, _, inputs = inputs_of(statement_file)
    known = {one["id"]: one for one in found["body"]["levels"]}
    if level is not None and level not in known:
        raise StatementRefused(f"the statement has no level {level!r}; it has: {', '.join(known)}")
    engine = open_engine("duckdb", inputs.evidence())
    try:
        _check_recomputed(statement_file, found["body"], inputs, engine)
        if record is not None:
            from handfast.cli.record_story import explain_record

            asked = list(known.values()) if level is None else [known[level]]
            explain_record(inputs, engine, asked, record, is_one_level=level is not None, as_json=as_json)
        elif level is not None:
            from handfast.cli.level_story import explain_level

            explain_level(inputs, engine, found["body"], known[level], limit, as_json=as_json)
        else:
            _explain_whole(found, list(known), as_json=as_json)
    finally:
        engine.close()


def _check_recomputed(path: Path, body: dict[str, Any], inputs: Inputs, engine: Engine) -> None:
    from handfast.kernel.servicelevels.canonical import canonical_bytes, differences
    from handfast.kernel.servicelevels.statement import statement_body

    now = statement_body(inputs, engine, body["period"]["name"])
    if canonical_bytes(now) != canonical_bytes(body):
        first = next(differences(body, now))
        raise StatementRefused(
            f"{path}: computed again it is another statement; the first difference: {told(*first)}; "
            "`handfast verify` shows them all"
        )


def _explain_whole(found: dict[str, Any], levels: list[str], *, as_json: bool) -> None:
    from handfast.cli.harmless import json_text
    from handfast.cli.showing import console, show_statement

    if as_json:
        typer.echo(json_text(found))
        return
    show_statement(console(), found)
    typer.echo(
        "\nAsk further: --level ID for the records behind a level, --record ID for one record to the second."
    )
    typer.echo(f"Levels: {', '.join(levels)}")
