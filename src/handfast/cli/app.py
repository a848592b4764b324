"""Joins the verbs of `handfast` and turns a refusal into one message and an exit code."""

from __future__ import annotations

import sys
import traceback
from importlib.metadata import version
from typing import Annotated

import typer

from handfast.cli import (
    bundle,
    elapsed,
    explain,
    found,
    importing,
    level,
    lint,
    migrate,
    plan,
    presets,
    receive,
    samples,
    schema,
    serve,
    statement,
    verify_journal,
    work,
)
from handfast.kernel.refusal import Refusal

# 0 done · 1 the answer is no (verify differs, lint finds an error) · 2 refused: input or usage · 70 a bug
EXIT_NO = 1
EXIT_REFUSED = 2
EXIT_BUG = 70

app = typer.Typer(
    name="handfast",
    help="Service levels, statements and plans that both sides can recompute.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("elapsed")(elapsed.elapsed)
app.command("import")(importing.import_)
app.command("presets")(presets.presets)
app.command("statement")(statement.statement)
app.command("annex")(statement.annex)
app.command("explain")(explain.explain)
app.command("bundle")(bundle.bundle)
app.command("verify")(bundle.verify)
app.command("lint")(lint.lint)
app.command("plan")(plan.plan)
app.command("schema")(schema.schema)
app.command("level")(level.level)
app.command("migrate")(migrate.migrate)
app.command("found")(found.found)
app.command("serve")(serve.serve)
app.command("work")(work.work)
app.command("receive")(receive.receive)
app.command("samples")(samples.samples)
app.command("verify-journal")(verify_journal.verify_journal)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"handfast {version('handfast')}")
        raise typer.Exit


@app.callback()
def handfast(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Say the release.")
    ] = False,
) -> None:
    """Service levels, statements and plans that both sides can recompute."""


def main() -> None:
    """Run one command; a refusal is shown as it stands, with exit code 2, a bug with its trace and 70."""
    try:
        app()
    except Refusal as refusal:
        from handfast.cli.harmless import harmless_lines

        typer.echo(f"refused ({refusal.code}): {harmless_lines(str(refusal))}", err=True)
        sys.exit(EXIT_REFUSED)
    except Exception:  # noqa: BLE001 - the outermost door: nothing unforeseen may look like an answer
        traceback.print_exc()
        typer.echo("this is a fault of handfast, not of your files: nothing was decided", err=True)
        sys.exit(EXIT_BUG)
