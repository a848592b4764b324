"""A schedule on a terminal: the sentence, the table, the bars, the reasons, and what is missed."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from handfast.kernel.quantity import moment_of
from handfast.kernel.worktime.zones import zone_named

if TYPE_CHECKING:
    from rich.console import Console

    from handfast.kernel.scheduling.masking import Mask
    from handfast.kernel.scheduling.schedule import Schedule
    from handfast.kernel.scheduling.simulate import Simulation

LEADS = {"client": "◁ client", "provider": "▷ provider", "joint": "◇ joint", "either": "○ either"}
WIDEST_NAME, LEAST_BAR = 28, 20


def show_plan(out: Console, body: dict[str, Any], schedule: Schedule, *, explains_all: bool) -> None:
    """The whole answer, from the end date down to the demand."""
    activities = body["activities"]
    out.print(body["plan"]["name"], style="bold")
    out.print(headline(body))
    out.print()
    out.print(_table(body))
    out.print()
    for line in bars(body, schedule, out.width):
        out.print(line, soft_wrap=True)
    told = [one for one in activities if one["why"] and (explains_all or one["is_critical"])]
    if told:
        out.print()
        out.print("Why" if explains_all else "Why, of those that drive the end", style="bold")
    for one in told:
        out.print(f"{one['id']}: {one['why']}")
    _show_missed(out, body)
    _show_demand(out, body)


def headline(body: dict[str, Any]) -> str:
    """The one computed sentence that a schedule opens with."""
    activities = body["activities"]
    critical = sum(one["is_critical"] for one in activities)
    missed = len(body["missed"])
    drives = (
        f"{len(body['chain'])} of {len(activities)} activities drive{'s' if len(body['chain']) == 1 else ''}"
    )
    said = f"Ends {_day(_local(body['ends'], body['plan']['zone']))}; {drives} it"
    said += f", {critical} {'has' if critical == 1 else 'have'} no float"
    return f"{said}; {missed} {'date is' if missed == 1 else 'dates are'} missed." if missed else f"{said}."


def _table(body: dict[str, Any]) -> Table:
    """Both ends on the plan's wall clock, and the start on each other one that shows something else."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    zones = {side: party["zone"] for side, party in body["parties"].items()}
    others = [side for side in zones if zones[side] != body["plan"]["zone"]]
    for name in ("Activity", "Lead", "Starts", "Ends"):
        table.add_column(name, overflow="fold")
    for side in others:
        table.add_column(f"Starts, {zones[side].rpartition('/')[2].replace('_', ' ')}")
    for name in ("Length", "Float"):
        table.add_column(name, justify="right")
    table.add_column("")
    for one in body["activities"]:
        local = {name: _clock(times["starts"]) for name, times in one["local"].items()}
        is_late = any(missed["id"] == one["id"] for missed in body["missed"])
        mark = "✓ done" if one["is_done"] else "● drives" if one["is_critical"] else ""
        table.add_row(
            one["name"] if one["is_hidden"] else one["id"],
            LEADS[one["lead"]],
            local["plan"],
            _clock(one["local"]["plan"]["ends"]),
            *(local[side] for side in others),
            _days(one["length_us"], one["day_us"]),
            _days(one["total_float_us"], one["day_us"]),
            Text(f"{mark} ■ late".strip() if is_late else mark, style="red" if is_late else ""),
        )
    return table


def bars(body: dict[str, Any], schedule: Schedule, width: int) -> list[str]:
    """A text Gantt no wider than the terminal: `█` drives the end, `▒` has float, `◆` lasts no time."""
    names = [one["name"] if one["is_hidden"] else one["id"] for one in body["activities"]]
    room = min(max(map(len, names), default=0), WIDEST_NAME, max(width - LEAST_BAR - 1, 1))
    columns = max(width - room - 1, 1)
    first = min([one.starts_us for one in schedule.dated], default=schedule.plan.starts_us)
    whole = max(schedule.ends_us - first, 1)
    zone = body["plan"]["zone"]
    begin, end = (_short(moment_of(us).astimezone(zone_named(zone))) for us in (first, schedule.ends_us))
    made = [f"{'':{room}} {begin}{end.rjust(max(columns - len(begin), 0))}"[: room + 1 + columns]]
    for name, one, dated in zip(names, body["activities"], schedule.dated, strict=True):
        left = min((dated.starts_us - first) * columns // whole, columns - 1)
        right = max(min(-(-(dated.ends_us - first) * columns // whole), columns), left + 1)
        sign = "·" if one["is_done"] else "█" if one["is_critical"] else "▒"
        bar = "◆" if dated.starts_us == dated.ends_us else sign * (right - left)
        shown = name if len(name) <= room else f"{name[: room - 1]}…"
        made.append(f"{shown:{room}} {' ' * left}{bar}")
    return made


def show_chances(out: Console, simulation: Simulation, mask: Mask) -> None:
    """How sure the end and each milestone is, and which activities drive the end how often."""
    from handfast.kernel.scheduling.chances import chances_sentence

    plan = simulation.plan
    out.print()
    out.print(f"{simulation.runs:,} runs, seed {simulation.seed}", style="bold")
    out.print(f"The end: {chances_sentence(simulation.end, plan.zone)}")
    for one in simulation.milestones:
        if one.id is not None:
            out.print(f"{mask.id_of(one.id)}: {chances_sentence(one, plan.zone)}")
    shares = sorted(simulation.critical_to().items(), key=lambda pair: (-pair[1].exact, pair[0]))
    most = [f"{mask.id_of(id_)} {float(share.exact):.0%}" for id_, share in shares[:5] if share.numerator]
    out.print(f"Drives the end most often: {', '.join(most)}.")


def _show_missed(out: Console, body: dict[str, Any]) -> None:
    for missed in body["missed"]:
        zone = body["plan"]["zone"]
        wanted, reached = (_local(missed[key], zone) for key in ("wanted", "reached"))
        out.print()
        out.print(
            f"■ {missed['id']}: the {'deadline' if missed['kind'] == 'deadline' else 'fixed date'} "
            f"{_day(wanted)}, {wanted:%H:%M} cannot be kept: {_day(reached)}, {reached:%H:%M}. "
            f"Driven by {' → '.join(missed['chain'])}.",
            style="red",
        )


def _show_demand(out: Console, body: dict[str, Any]) -> None:
    """A line a role: in all, in its busiest week, and where more is asked than was released."""
    if not body["demand"]:
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("Side", "Role", "Days", "Busiest week", "Days", "Released", ""):
        table.add_column(name, justify="right" if name in ("Days", "Released") else "left")
    weeks: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for one in body["demand"]:
        weeks.setdefault((one["side"], one["role"]), []).append(one)
    for (side, role), asked in weeks.items():
        most = max(asked, key=lambda one: Fraction(one["days"]))
        short = [one["monday"] for one in asked if one["is_short"]]
        table.add_row(
            side,
            role,
            _plain(sum((Fraction(one["days"]) for one in asked), Fraction(0))),
            most["monday"],
            _plain(Fraction(most["days"])),
            "–" if most["released"] is None else _plain(Fraction(most["released"])),
            Text(f"■ short in the weeks of {', '.join(short)}", style="red") if short else Text(""),
        )
    out.print()
    out.print("Days of each role; every week stands in the JSON", style="bold")
    out.print(table)


def _plain(number: Fraction) -> str:
    return f"{float(number):.1f}"


def _days(length_us: int | None, day_us: int | None) -> str:
    return "" if length_us is None or not day_us else f"{float(Fraction(length_us, day_us)):.4g}d"


def _local(iso: str, zone: str) -> datetime:
    return datetime.fromisoformat(iso).astimezone(zone_named(zone))


def _clock(local: str) -> str:
    moment = datetime.fromisoformat(local)
    return f"{moment:%a} {moment.day} {moment:%b} {moment:%H:%M}"


def _day(moment: datetime) -> str:
    return f"{moment:%a} {moment.day} {moment:%B %Y}"


def _short(moment: datetime) -> str:
    return f"{moment.day} {moment:%b %Y}"
