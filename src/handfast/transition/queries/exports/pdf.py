"""The plan as a PDF: who sees what and how sure it is, the picture on one sheet or many, and every date with its reason."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

import handfast.transition
from handfast.foundation.web.typesetting import pdf_content, writable
from handfast.transition.queries.lines import wave_lines
from handfast.transition.queries.outlook import outlook_of
from handfast.transition.queries.outlook_view import sure_of
from handfast.transition.queries.pictures.leaves import MARGIN, MM, layout_of, leaves_of
from handfast.transition.queries.sentence import sentence_of
from handfast.transition.queries.told import day_in, today_in
from handfast.transition.queries.waves import waves_of
from handfast.transition.refusals import PlanTooLongToPrint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from handfast.transition.queries.lines import Line, StepLines
    from handfast.transition.queries.outlook_view import Sure
    from handfast.transition.queries.pictures.leaves import Layout, Leaf, Paper
    from handfast.transition.queries.plans import PlanRows

TEMPLATE = Path(handfast.transition.__file__).parent / "templates" / "transition" / "plan.typ"
MOST_PRINTED = 1_000
LONGEST_SHOWN = 120  # letters of a name that any line has room for; the page itself cuts what its own has not
NO_BREAK = "\u00a0"


def plan_pdf(rows: PlanRows, names: Mapping[str, str], who: str, paper: Paper, *, at: datetime) -> bytes:
    """What the reach sees, for `who`; `names` are the sides'. Raises PlanTooLongToPrint.

    The same version printed for the same reader on the same day is the same file.
    """
    if len(rows.activities) > MOST_PRINTED:
        raise PlanTooLongToPrint(
            f"this plan has {len(rows.activities):,} activities, at most {MOST_PRINTED:,} are printed: "
            "take it as sheets (XLSX), or print a wave or a step from its page"
        )
    plan, steps = rows.plan, wave_lines(rows, waves_of(rows.plan))
    sure, today = sure_of(rows, outlook_of(plan)), today_in(plan, at)
    layout = layout_of(paper, sum(len(step.lines) + 1 for step in steps if step.lines))
    leaves = leaves_of(rows, steps, layout, today=today, sure=sure)
    told = {
        "title": f"Plan: {plan.engagement.name}",
        "sides": f"{names['client']} (client) and {names['provider']} (provider)",
        "names": dict(names),
        "who": who,
        "facts": _facts(rows, names, who, today),
        "sentences": _sentences(steps, sure),
        "layout": _layout(layout),
        "leaves": [_leaf(one) for one in leaves],
        "steps": [] if paper.is_one else [_step(one, who) for one in steps if one.lines],
    }
    return pdf_content(TEMPLATE, _writable(told), dated_at=plan.dated_at or plan.made_at)


def _facts(rows: PlanRows, names: Mapping[str, str], who: str, today: date) -> list[tuple[str, str]]:
    plan = rows.plan
    internal = sum(one.space_id != plan.space_id for one in rows.activities)
    own = f"{internal} of its own {'are' if internal > 1 else 'is'} not seen by the other side"
    seen = own if internal else "the other side sees the same"
    baseline = f"{plan.baseline_number}" if plan.baseline_number else "none agreed"
    if plan.baseline_at:
        baseline += f", agreed {_day(day_in(plan, plan.baseline_at))}"
    return [
        ("Between", f"{names['client']} and {names['provider']}"),
        ("Made for", f"{who or 'a reader'}; {seen}"),
        ("As of", f"{_day(today)}; days are those of {plan.engagement.zone}"),
        ("Version", f"{plan.version}" + ("" if plan.dated_version == plan.version else ", being dated again")),
        ("Baseline", baseline),
    ]  # fmt: skip


def _sentences(steps: Sequence[StepLines], sure: Sure | None) -> list[str]:
    said = sentence_of(steps)
    if said.ends_on is None:
        return ["The plan is being dated."]
    what = "Live at full volume" if said.is_live else "Ends"
    late = (
        f", {said.late} {'misses its deadline' if said.late == 1 else 'miss their deadlines'}"
        if said.late
        else ""
    )
    first = (
        f"{what} on {said.ends_on:%a} {_day(said.ends_on)} on the likely path; {said.critical} of {said.activities} "
        f"activities drive it, {said.done} are done{late}."
    )
    return [first, _odds(sure)] if sure else [first, "How sure that is has not been simulated yet."]


def _odds(sure: Sure) -> str:
    agreed = f"; the agreed {_day(sure.agreed_on)} is kept in {sure.kept}" if sure.agreed_on else ""
    if sure.p50_on == sure.p80_on:
        return f"Even odds and four chances in five by {_day(sure.p50_on)}{agreed}."
    return f"Even odds by {_day(sure.p50_on)}, four chances in five by {_day(sure.p80_on)}{agreed}."


def _layout(layout: Layout) -> dict[str, float]:
    """Lengths in millimetres."""
    lengths = {
        "width": layout.width, "height": layout.height, "list": layout.list_width, "row": layout.row,
        "head": layout.head, "margin": MARGIN * layout.grown // 100,
    }  # fmt: skip
    return {name: length / MM for name, length in lengths.items()} | {"grown": layout.grown / 100}


def _leaf(leaf: Leaf) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    for step in leaf.steps:
        rows.append(_row(step) | {"is_step": True})
        rows += [
            _row(one) | {
                "is_step": False, "is_critical": one.is_critical, "is_internal": one.is_internal,
                "float": "done" if one.is_done else one.float_said,
            }
            for one in step.lines
        ]  # fmt: skip
    first, last = leaf.steps[0].lines[0], leaf.steps[-1].lines[-1]
    return {
        "rows": rows,
        "svg": render_to_string("transition/printed.svg", {"gantt": leaf.picture}),
        "width": leaf.picture_width / MM,
        "alt": f"The bars from {first.name} to {last.name}; the table beside it says the same",
    }


def _row(one: StepLines | Line) -> dict[str, Any]:
    starts = f"{one.starts_on.day}{NO_BREAK}{one.starts_on:%b}" if one.starts_on else ""
    ends = _day(one.ends_on) if one.ends_on else ""
    return {
        "name": one.name[:LONGEST_SHOWN].replace(" ", NO_BREAK),
        "lead": one.lead,
        "starts": starts,
        "ends": ends,
    }


def _step(step: StepLines, who: str) -> dict[str, Any]:
    return {"name": step.name, "lines": [_line(one, who) for one in step.lines]}


def _line(one: Line, who: str) -> dict[str, str]:
    later = f"{one.later_days:+d}{NO_BREAK}d" if one.baseline_on and one.later_days else ""
    return {
        "name": one.name, "lead": one.lead, "seen": f"only {who}" if one.is_internal else "",
        "starts": _day(one.starts_on), "ends": _day(one.ends_on), "float": "done" if one.is_done else one.float_said,
        "agreed": _day(one.baseline_on) if one.baseline_on else "", "later": later, "why": one.why,
    }  # fmt: skip


def _day(day: date) -> str:
    return NO_BREAK.join((str(day.day), f"{day:%b}", str(day.year)))


def _writable(told: Any) -> Any:
    """Every text without signs that no picture and no page can hold."""
    if isinstance(told, str):
        return writable(told)
    if isinstance(told, dict):
        return {name: _writable(one) for name, one in told.items()}
    return [_writable(one) for one in told] if isinstance(told, list | tuple) else told
