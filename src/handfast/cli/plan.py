"""`handfast plan`: one schedule on two calendars, with every date's reason."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from handfast.cli.progress import progress

if TYPE_CHECKING:
    from handfast.kernel.scheduling.level import Levelled
    from handfast.kernel.scheduling.plan import Plan
    from handfast.kernel.scheduling.simulate import Simulation
    from handfast.kernel.scheduling.wording import Reader

MOST_RUNS = 1_000_000
LONGEST_S = 86_400


class For(StrEnum):
    """Who reads."""

    client = "client"
    provider = "provider"


def plan(
    file: Annotated[
        Path,
        typer.Argument(metavar="PLAN.yaml", help="The plan, as YAML or JSON; as .xml of Microsoft Project."),
    ],
    simulate: Annotated[
        int, typer.Option("--simulate", metavar="N", min=0, max=MOST_RUNS, help="Run it N times by chance.")
    ] = 0,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Same seed, same answer.")] = 1,
    level: Annotated[bool, typer.Option("--level", help="Date it under the people released.")] = False,
    seconds: Annotated[int, typer.Option("--seconds", min=1, max=LONGEST_S, help="To level at most.")] = 60,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64)] = 2,
    reader: Annotated[
        For | None, typer.Option("--for", help="Hide what is internal to the other side.")
    ] = None,
    why: Annotated[
        bool, typer.Option("--why", help="Say why of every activity, not only of those that drive.")
    ] = False,
    zone: Annotated[
        str,
        typer.Option("--zone", help="Of the local times of an .xml that names none."),
    ] = "UTC",
    merge: Annotated[
        Path | None,
        typer.Option("--merge", metavar="THEIRS.xml", help="Show what each plan has that the other lacks."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write the schedule here: as JSON, or as .xml of Microsoft Project."),
    ] = None,
) -> None:
    """Date a plan: when each activity runs, how much it may slip, what drives the end, and why."""
    from handfast.cli.plan_files import remarks_on, show_merge, show_remarks, taken_plan, write_answer
    from handfast.cli.plan_story import show_chances, show_plan
    from handfast.cli.showing import console
    from handfast.kernel.scheduling.body import schedule_body
    from handfast.kernel.scheduling.masking import mask_of
    from handfast.kernel.scheduling.schedule import schedule

    taken = taken_plan(file, zone)
    found = taken.plan
    seen_by: Reader | None = reader.value if reader else None
    levelled = _levelled(found, seconds, workers) if level else None
    dated = levelled.schedule if levelled else schedule(found)
    simulation = _simulated(found, simulate, seed, workers) if simulate else None
    body = schedule_body(dated, seen_by=seen_by) | {
        "levelled": _level_body(levelled) if levelled else None,
        "simulated": _simulated_body(simulation, seen_by) if simulation else None,
    }
    if out is not None:
        write_answer(out, taken, dated, body, seen_by)
    screen = console()
    show_plan(screen, body, dated, explains_all=why)
    show_remarks(screen, remarks_on(taken, out))
    if merge is not None:
        show_merge(screen, found, taken_plan(merge, zone).plan)
    if levelled:
        screen.print(_level_sentence(levelled, body["levelled"]["lower_bound"]))
    if simulation:
        show_chances(screen, simulation, mask_of(found, seen_by))


def _levelled(found: Plan, seconds: int, workers: int) -> Levelled:
    from handfast.kernel.scheduling.level import level

    with progress("Levelling") as told:

        def heard(taken: float, _ends: int, _bound: int) -> None:
            if told is not None:
                told(int(taken), seconds)

        return level(found, seconds=seconds, workers=workers, progress=heard)


def _level_sentence(levelled: Levelled, bound: str) -> str:
    share = float(levelled.gap)
    return f"Levelled: {levelled.status}; no plan with these people ends before {bound}; gap {share:.1%}."


def _level_body(levelled: Levelled) -> dict[str, Any]:
    from handfast.kernel.quantity import iso_of

    return {
        "status": levelled.status,
        "lower_bound": iso_of(levelled.lower_bound.ends_us),
        "gap": str(levelled.gap),
    }


def _simulated(found: Plan, runs: int, seed: int, workers: int) -> Simulation:
    from handfast.kernel.scheduling.simulate import simulate

    with progress("Simulating") as told:
        return simulate(found, runs=runs, seed=seed, workers=workers, progress=told)


def _simulated_body(simulation: Simulation, seen_by: Reader | None) -> dict[str, Any]:
    from handfast.kernel.quantity import iso_of
    from handfast.kernel.scheduling.masking import mask_of

    mask = mask_of(simulation.plan, seen_by)
    told = [simulation.end, *simulation.milestones]
    return {
        "runs": simulation.runs,
        "seed": simulation.seed,
        "correlation": str(simulation.correlation),
        "dates": [
            {"id": None if one.id is None else mask.id_of(one.id), "likely": iso_of(one.likely_us)}
            | {f"p{percent}": iso_of(instant_us) for percent, instant_us in one.quantiles.items()}
            for one in told
        ],
        "critical": [
            {"id": mask.id_of(id_), "runs": share.numerator, "of": share.denominator}
            for id_, share in simulation.critical_to().items()
        ],
    }
