"""`handfast explain`: from the amount to the level, from the level to its records, from a record to the second."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from handfast.cli.bundle import StatementRefused, inputs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from handfast.kernel.servicelevels.explain import RecordStory
    from handfast.kernel.servicelevels.questions import RosterRow
    from handfast.kernel.servicelevels.statement import Inputs

ROSTER_LIMIT = 100_000_000


def explain(
    statement_file: Annotated[
        Path, typer.Argument(metavar="STATEMENT.json", help="A statement, or a bundle's folder.")
    ],
    level: Annotated[str | None, typer.Option("--level", help="The id of a service level.")] = None,
    record: Annotated[str | None, typer.Option("--record", help="The id of a record.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many records of a level are shown.")] = 20,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Explain a statement, one of its levels, or one record to the second."""
    from handfast.cli.showing import console, show_statement

    found, _, inputs = inputs_of(statement_file)
    body = found["body"]
    known = {one["id"]: one for one in body["levels"]}
    if level is not None and level not in known:
        raise StatementRefused(f"the statement has no level {level!r}; it has: {', '.join(known)}")
    if record is not None:
        stories = list(_stories(inputs, body, level, record))
        if not stories:
            raise StatementRefused(f"the level {level} counts no records: there is no clock to explain")
        if as_json:
            typer.echo(
                json.dumps([_story_plain(names, story) for names, story in stories], ensure_ascii=False)
            )
            return
        for names, story in stories:
            _show_story(console(), names, story)
    elif level is not None:
        _explain_level(inputs, body, known[level], limit, as_json=as_json)
    elif as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        show_statement(console(), found)
        typer.echo(
            "\nAsk further: --level ID for the records behind a level, --record ID for one record to the second."
        )
        typer.echo(f"Levels: {', '.join(known)}")


def _stories(
    inputs: Inputs, body: dict[str, Any], level: str | None, record: str
) -> Iterator[tuple[str, RecordStory]]:
    """The record under each clock and target of the levels that count it, or of the one level asked for."""
    from handfast.kernel.servicelevels.explain import story_of
    from handfast.kernel.servicelevels.periods import month_of, pieces

    version, _ = pieces(inputs.terms, month_of(inputs.terms, body["period"]["name"]).span)[0]
    measures = inputs.terms.versions[version].terms.measures
    levels = [one for one in body["levels"] if hasattr(measures[one["measure"]], "clock")]
    if level is not None:
        levels = [one for one in levels if one["id"] == level]
    else:
        # Where no level counts the record, every clock is shown: that is what the reader came to see.
        rosters = _rosters(inputs, levels)
        levels = [one for one in levels if any(row.record == record for row in rosters[one["id"]])] or levels
    wanted: dict[tuple[str, int | None], list[str]] = {}
    for one in levels:
        measure: Any = measures[one["measure"]]
        wanted.setdefault((measure.clock, getattr(measure, "target", None)), []).append(one["name"])
    targeted = {clock for clock, target in wanted if target is not None}
    evidence = inputs.evidence()
    for (clock, target), names in wanted.items():
        if target is not None or clock not in targeted:
            yield (
                f"clock {clock} ({'; '.join(names)})",
                story_of(evidence, version, clock, record, target),
            )


def _story_plain(names: str, story: RecordStory) -> dict[str, Any]:
    from handfast.kernel.quantity import iso_of

    return {
        "record": story.record,
        "clock": names,
        "zone": story.zone,
        "start": iso_of(story.start_us),
        "stop": None if story.stop_us is None else iso_of(story.stop_us),
        "target_us": None if story.target_us is None else str(story.target_us),
        "target_reached": None if story.due_us is None else iso_of(story.due_us),
        "elapsed_us": str(story.elapsed_us),
        "segments": [
            {
                "from": iso_of(segment.from_us),
                "to": iso_of(segment.to_us),
                "state": segment.state,
                "why": segment.why,
                "counts_us": str(segment.counts_us),
                "is_over": segment.is_over,
            }
            for segment in story.segments
        ],
        "events": [{"at": iso_of(at), "event": event} for at, event in story.events],
    }


def _show_story(out: Console, names: str, story: RecordStory) -> None:
    from rich.table import Table
    from rich.text import Text

    from handfast.cli.timeline import clock_text, drawn, local_text

    out.print(Text(f"{story.record}, {names}", style="bold"))
    counted = f"Counted {clock_text(story.elapsed_us)}"
    if story.target_us is not None:
        gap = story.elapsed_us - story.target_us
        counted += f"   target {clock_text(story.target_us)}   "
        counted += f"over by {clock_text(gap)}" if gap > 0 else f"within by {clock_text(-gap)}"
    out.print(counted)
    for line in drawn(story):
        out.print(line, no_wrap=True)
    table = Table(box=None, pad_edge=False, header_style="dim", show_footer=True)
    running = sum(segment.state == "running" for segment in story.segments)
    table.add_column(f"From, {story.zone}", footer=f"Sum of {running} running segments", no_wrap=True)
    table.add_column("To", no_wrap=True)
    table.add_column("State")
    table.add_column("Why", overflow="fold")
    table.add_column("Counts", justify="right", footer=clock_text(story.elapsed_us))
    for segment in story.segments:
        style = (
            "dim" if segment.state == "closed" else ("red" if segment.is_over and segment.counts_us else "")
        )
        counts = clock_text(segment.counts_us) if segment.counts_us else "0"
        row = (
            local_text(segment.from_us, story.zone),
            local_text(segment.to_us, story.zone),
            segment.state,
            segment.why,
        )
        table.add_row(*row, counts, style=style)
    out.print(table)
    out.print()


def _explain_level(
    inputs: Inputs, body: dict[str, Any], level: dict[str, Any], limit: int, *, as_json: bool
) -> None:
    from handfast.cli.showing import console

    rows = _rosters(inputs, [level])[level["id"]]
    lines = (body["consequence"] or {}).get("lines", ())
    money = next((line for line in lines if line["level"] == level["id"]), None)
    if as_json:
        typer.echo(
            json.dumps({"level": level, "consequence": money, "records": [_row_plain(row) for row in rows]})
        )
        return
    out = console()
    out.print(f"[bold]{level['name']}[/bold] ({level['kind']})")
    out.print(_formula(level))
    if money is not None and money.get("working"):
        out.print(
            f"Credit {money['credit']} {body['consequence']['currency']} = {money['working']}, less cut {money['cut']}"
        )
    elif money is not None and "band" in money:
        out.print(f"{money['points']} points: band {money['band']}{', repeat' if money['is_repeat'] else ''}")
    for type_, count in level["excluded"].items():
        out.print(f"{count} record{'s' if count != 1 else ''} excluded: {type_}")
    if rows:
        _show_rows(out, rows, inputs, limit)


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


def _rosters(inputs: Inputs, levels: list[dict[str, Any]]) -> dict[str, list[RosterRow]]:
    """By level the records that it counts, those with the most time first, the excluded last."""
    from handfast.kernel.servicelevels import asking
    from handfast.kernel.servicelevels.engines import open_engine
    from handfast.kernel.servicelevels.periods import month_of, pieces
    from handfast.kernel.servicelevels.questions import Roster, Rows

    found: dict[str, list[RosterRow]] = {}
    engine = open_engine("duckdb", inputs.evidence())
    try:
        for level in levels:
            rows = found.setdefault(level["id"], [])
            for month in level["counted_from"]:
                for version, span in pieces(inputs.terms, month_of(inputs.terms, month).span):
                    measure: Any = inputs.terms.versions[version].terms.measures[level["measure"]]
                    if hasattr(measure, "clock"):
                        population = asking.population_of(inputs.terms, version, measure, span)
                        answer = engine.answer(Roster(population, ROSTER_LIMIT))
                        rows += answer.rows if isinstance(answer, Rows) else ()
            rows.sort(key=lambda row: (row.excluded is not None, -row.elapsed_us, row.record))
    finally:
        engine.close()
    return found


def _row_plain(row: RosterRow) -> dict[str, Any]:
    from handfast.kernel.quantity import iso_of

    return {
        "record": row.record,
        "start": iso_of(row.start_us),
        "stop": None if row.stop_us is None else iso_of(row.stop_us),
        "counted_at": iso_of(row.counted_at_us),
        "elapsed_us": str(row.elapsed_us),
        "excluded": row.excluded,
    }


def _show_rows(out: Console, rows: list[RosterRow], inputs: Inputs, limit: int) -> None:
    from rich.table import Table

    from handfast.cli.timeline import clock_text, local_text

    zone = inputs.terms.first.zone
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name, justify in (
        ("Record", "left"),
        (f"Started, {zone}", "left"),
        ("Stopped", "left"),
        ("Counted", "right"),
        ("", "left"),
    ):
        table.add_column(name, justify=justify, no_wrap=True)  # type: ignore[arg-type] # both are rich's words
    for row in rows[:limit]:
        stopped = "unfinished" if row.stop_us is None else local_text(row.stop_us, zone)
        said = f"excluded: {row.excluded}" if row.excluded else ""
        table.add_row(row.record, local_text(row.start_us, zone), stopped, clock_text(row.elapsed_us), said)
    out.print(table)
    out.print(
        f"{min(limit, len(rows))} of {len(rows)} records, the longest first; --limit shows more, --record ID one to the second"
    )
