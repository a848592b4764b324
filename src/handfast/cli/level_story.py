"""`handfast explain --level`: the figure's formula with its values, and the rows behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import typer
from rich.table import Table

from handfast.cli.harmless import json_text
from handfast.cli.interval_rows import interval_rows
from handfast.cli.showing import console
from handfast.cli.timeline import clock_text, local_text
from handfast.kernel.quantity import iso_of, rounded
from handfast.kernel.servicelevels.rosters import level_roster

if TYPE_CHECKING:
    from rich.console import Console

    from handfast.cli.interval_rows import IntervalRow
    from handfast.kernel.servicelevels.questions import Engine, JudgedRow, RosterRows
    from handfast.kernel.servicelevels.statement import Inputs

RATIO_DIGITS = 4
Columns = list[tuple[str, Literal["left", "right"]]]


def explain_level(
    inputs: Inputs, engine: Engine, body: dict[str, Any], level: dict[str, Any], limit: int, *, as_json: bool
) -> None:
    roster = level_roster(inputs.terms, engine, level["measure"], level["counted_from"])
    members = roster.page() if as_json else roster.page(limit)
    intervals = interval_rows(inputs, level)
    lines = (body["consequence"] or {}).get("lines", ())
    money = next((line for line in lines if line["level"] == level["id"]), None)
    if as_json:
        told = {
            "level": level,
            "consequence": money,
            "records": [_member_plain(one) for one in members.rows],
            "intervals": [_interval_plain(row) for row in intervals],
        }
        typer.echo(json_text(told))
        return
    out = console()
    out.print(level["name"], style="bold", end="")
    out.print(f" ({level['kind']})")
    out.print(_formula(level))
    if money is not None and money.get("working"):
        currency = body["consequence"]["currency"]
        out.print(f"Credit {money['credit']} {currency} = {money['working']}, less cut {money['cut']}")
    elif money is not None and "band" in money:
        repeat = ", repeat" if money["is_repeat"] else ""
        out.print(f"{money['points']} points: band {money['band']}{repeat}")
    for type_, count in level["excluded"].items():
        out.print(f"{count} record{'s' if count != 1 else ''} excluded: {type_}")
    if members.total:
        _show_members(out, members, inputs.terms.first.zone)
    if intervals:
        _show_intervals(out, intervals, inputs, level, limit)


def _formula(level: dict[str, Any]) -> str:
    """The figure's formula with the values in it."""
    rule = level["rounding"]
    rounding = f"{rule['mode']} to {rule['digits']} digits, compared {rule['compare']}"
    if level["value"] is None:
        return "No data: nothing was counted."
    if level["reported_by"]:
        return f"{level['value']} reported by the {level['reported_by']}; {rounding}"
    if level["kind"] in ("share within target", "ratio", "share of intervals"):
        return (
            f"100 x {level['numerator']} / {level['n']} = {level['exact']} = {level['value']} %; {rounding}"
        )
    if level["kind"] == "ratio of sums":
        scale = "100 x " if level["unit"] == "percent" else ""
        return f"{scale}{level['numerator']} / {level['denominator']} over {level['n']} rows = {level['value']}; {rounding}"
    return f"{level['exact']} {level['unit']} over {level['n']} records = {level['value']}; {rounding}"


def _member_plain(member: JudgedRow) -> dict[str, Any]:
    row = member.row
    return {
        "record": row.record,
        "start": iso_of(row.start_us),
        "stop": None if row.stop_us is None else iso_of(row.stop_us),
        "counted_at": iso_of(row.counted_at_us),
        "elapsed_us": str(row.elapsed_us),
        "outcome": member.outcome,
        "excluded": row.excluded,
    }


def _interval_plain(row: IntervalRow) -> dict[str, Any]:
    return {
        "at": iso_of(row.at_us),
        "keys": list(row.keys),
        "of": str(row.of),
        "to": str(row.to),
        "outcome": row.outcome,
    }


def _table(columns: Columns) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name, justify in columns:
        table.add_column(name, justify=justify, overflow="fold")
    return table


def _show_members(out: Console, members: RosterRows, zone: str) -> None:
    table = _table(
        [
            ("Record", "left"),
            (f"Started, {zone}", "left"),
            ("Stopped", "left"),
            ("Counted", "right"),
            ("Outcome", "left"),
        ]
    )
    for one in members.rows:
        row = one.row
        stopped = "unfinished" if row.stop_us is None else local_text(row.stop_us, zone)
        said = f"excluded: {row.excluded}" if row.excluded else one.outcome
        table.add_row(row.record, local_text(row.start_us, zone), stopped, clock_text(row.elapsed_us), said)
    out.print(table)
    out.print(
        f"{len(members.rows):,} of {members.total:,} records, the longest first; --limit shows more, --record ID one to the second"
    )


def _show_intervals(
    out: Console, rows: list[IntervalRow], inputs: Inputs, level: dict[str, Any], limit: int
) -> None:
    zone = inputs.terms.first.zone
    measure: Any = inputs.terms.first.measures.get(level["measure"])
    of, to = (" + ".join(getattr(measure, side, (side,))).replace("+ -", "- ") for side in ("of", "to"))
    keys = " ".join(inputs.evidence().interval_log(measure.source).keys) if measure is not None else ""
    table = _table(
        [(f"At, {zone}", "left"), (keys, "left"), (of, "right"), (to, "right"), ("", "right"), ("", "left")]
    )
    for row in rows[:limit]:
        share = "nothing" if row.ratio is None else str(rounded(row.ratio, RATIO_DIGITS, "half even"))
        table.add_row(
            local_text(row.at_us, zone), ", ".join(row.keys), f"{row.of:,}", f"{row.to:,}", share, row.outcome
        )
    out.print(table)
    out.print(f"{min(limit, len(rows)):,} of {len(rows):,} rows, the worst first; --limit shows more")
