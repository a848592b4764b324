"""`handfast level`: the shortest plan of a PSPLIB project under its capacities, with its proven bound."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handfast.cli.progress import progress
from handfast.cli.writing import read_text, write_whole

MOST_WORKERS = 64
LONGEST_S = 86_400


def level(
    file: Annotated[Path, typer.Argument(help="A project of PSPLIB.", metavar="FILE.sm")],
    seconds: Annotated[int, typer.Option(min=1, max=LONGEST_S, help="How long to search at most.")] = 60,
    workers: Annotated[
        int, typer.Option(min=1, max=MOST_WORKERS, help="How many searches to run side by side.")
    ] = 8,
    out: Annotated[Path | None, typer.Option(help="Where to write the starts as JSON.")] = None,
) -> None:
    """Level a project of the literature: MAKESPAN, proven LOWER BOUND, status.

    The status is optimal where both meet, and feasible where the time was over before.
    """
    # Imported here, so that the other verbs start without numpy.
    import json
    import time

    from handfast.kernel.scheduling.level_project import level_project
    from handfast.kernel.scheduling.psplib import read_psplib

    project = read_psplib(read_text(file), name=str(file))
    with progress("Levelling") as told:

        def heard(taken: float, _makespan: int, _bound: int) -> None:
            if told is not None:
                told(int(taken), seconds)

        found = level_project(project, seconds=seconds, workers=workers, progress=heard, clock=time.monotonic)
    typer.echo(f"makespan {found.makespan}, lower bound {found.lower_bound}, {found.status}")
    if out is not None:
        body = {
            "file": file.name,
            "makespan": found.makespan,
            "lower_bound": found.lower_bound,
            "status": found.status,
            "starts": list(found.starts),
        }
        write_whole(out, [f"{json.dumps(body, indent=1)}\n".encode()])
