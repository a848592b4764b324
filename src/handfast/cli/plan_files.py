"""Plans in files: ours as YAML or JSON, those of Microsoft Project as XML, and one beside another."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from handfast.cli.writing import read_content, read_text, write_whole
from handfast.kernel.scheduling.merging import merged, suggested_steps
from handfast.kernel.scheduling.mspdi_planning import plan_of
from handfast.kernel.scheduling.mspdi_reading import LARGEST_BYTES, read_mspdi
from handfast.kernel.scheduling.mspdi_writing import left_out_of_mspdi, mspdi_text
from handfast.kernel.scheduling.reading import read_plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from rich.console import Console

    from handfast.kernel.scheduling.mspdi import MspdiBaseline
    from handfast.kernel.scheduling.plan import Plan
    from handfast.kernel.scheduling.schedule import Schedule
    from handfast.kernel.scheduling.wording import Reader

PROJECT = ".xml"
MOST_REMARKS = 12


@dataclass(frozen=True, slots=True)
class Taken:
    """A plan out of a file, what the file said that the plan does not, and the baselines that it had."""

    plan: Plan
    remarks: tuple[str, ...] = ()
    baselines: Mapping[str, tuple[MspdiBaseline, ...]] = field(default_factory=dict)


def taken_plan(file: Path, zone: str) -> Taken:
    """By the file's ending; `zone` is that of the local times of a Microsoft Project file which names none."""
    if file.suffix.lower() != PROJECT:
        return Taken(read_plan(read_text(file), name=str(file)))
    found = read_mspdi(read_content(file, most=LARGEST_BYTES), name=str(file))
    mapped = plan_of(found, zone=zone)
    return Taken(mapped.plan, mapped.remarks, mapped.baselines)


def write_answer(
    out: Path, taken: Taken, dated: Schedule, body: Mapping[str, Any], seen_by: Reader | None
) -> None:
    """The dated plan as Microsoft Project XML or the schedule as JSON, by the ending."""
    if out.suffix.lower() == PROJECT:
        text = mspdi_text(taken.plan, dated, baselines=taken.baselines, seen_by=seen_by)
    else:
        text = json.dumps(body, indent=1, ensure_ascii=False)
    write_whole(out, [f"{text.rstrip()}\n".encode()])


def remarks_on(taken: Taken, out: Path | None) -> tuple[str, ...]:
    """What was not taken over, in or out."""
    is_project = out is not None and out.suffix.lower() == PROJECT
    return (*taken.remarks, *(left_out_of_mspdi(taken.plan) if is_project else ()))


def show_remarks(out: Console, remarks: Sequence[str]) -> None:
    """The first of them; the rest are counted."""
    if not remarks:
        return
    out.print()
    out.print("Not taken over as it stands", style="bold")
    _list(out, remarks[:MOST_REMARKS])
    if len(remarks) > MOST_REMARKS:
        out.print(f"  and {len(remarks) - MOST_REMARKS} more")


def show_merge(out: Console, own: Plan, theirs: Plan) -> None:
    """Their phases under the steps with the nearest names, and what each plan lacks."""
    mapping = suggested_steps(own, theirs)
    found = merged(own, theirs, mapping)
    ours = {one.id: f"{one.id}: {one.name}" for one in own.activities}
    others = {one.id: f"{one.id}: {one.name}" for one in theirs.activities}
    phases = {step.key: step.name for step in theirs.steps}
    for step in found.steps:
        named = [phases[phase] for phase, key in mapping.items() if key == step.step]
        if not named:
            continue
        out.print()
        out.print(
            f"{step.step} — theirs: {', '.join(named)}; {len(step.pairs)} in both", style="bold", markup=False
        )
        _list(out, [f"only ours   {ours[id_]}" for id_ in step.only_own])
        _list(out, [f"only theirs {others[id_]}" for id_ in step.only_theirs])
    out.print()
    for phase in found.unmapped:
        _list(out, [f"no step for {phase.name} ({len(phase.activities)} activities)"])
    _list(out, [f"{len(found.additions)} activities of theirs could be added"])
    show_remarks(out, found.remarks)


def _list(out: Console, lines: Iterable[str]) -> None:
    for line in lines:
        out.print(f"  {line}", markup=False, highlight=False, soft_wrap=True)
