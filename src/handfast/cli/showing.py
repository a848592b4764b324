"""Statements on a terminal: tables, chips in words and shapes, colours only where they mean something."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from handfast.cli.harmless import Terminal
from handfast.kernel.quantity import rounded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

# Shape, word and colour, in this order of trust: the shape still tells where there is no colour.
CHIPS = {
    "met": ("●", "Met", "green"),
    "below expected": ("▲", "Below expected", "yellow"),
    "missed": ("■", "Missed", "red"),
    "no data": ("○", "No data", "dim"),
    "too few": ("○", "Too few", "dim"),
    "rolled forward": ("→", "Rolled forward", "dim"),
    "measured": ("·", "Measured", "dim"),
}
UNITS = {"percent": " %", "hours": " h", "minutes": " min", "seconds": " s", "number": ""}


def console() -> Console:
    """Standard output; plain text of full width when it is piped."""
    # Names are the parties' own: what looks like markup or an emoji in them is their text.
    made = Terminal(highlight=False, markup=False, emoji=False)
    if made.is_terminal:
        return made
    return Terminal(highlight=False, markup=False, emoji=False, width=200, no_color=True)


def chip(verdict: str) -> Text:
    shape, word, style = CHIPS[verdict]
    return Text(f"{shape} {word}", style=style)


def value_text(value: str | None, unit: str) -> str:
    return "–" if value is None else f"{value}{UNITS[unit]}"


def sentence(body: dict[str, Any]) -> str:
    """The one computed sentence that a statement opens with."""
    levels, consequence = body["levels"], body["consequence"]
    missed = sum(level["verdict"] == "missed" for level in levels)
    below = sum(level["verdict"] == "below expected" for level in levels)
    said = f"{missed or 'None'} of {len(levels)} levels missed"
    said += f", {below} below expected." if below else "."
    if consequence is None:
        return said
    provider = body["parties"].get("provider", "The provider")
    credit, charges = Decimal(consequence["credit"]), Decimal(consequence["charges"])
    owes = f"{provider} owes {credit:,} {consequence['currency']}"
    if credit and charges:
        owes += (
            f", {rounded(Fraction(credit) / Fraction(charges) * 100, 2, 'half up')} % of the month's charges"
        )
    points = f", {consequence['points']} points" if consequence["regime"] == "points" else ""
    return f"{said} {owes}{points}."


def show_statement(out: Console, statement: dict[str, Any]) -> None:
    """The whole statement: sentence, levels, consequence, and what it was made from."""
    body = statement["body"]
    provisional = " (provisional: the month is not over)" if body["is_provisional"] else ""
    out.print(f"{body['agreement']}, statement {body['period']['name']}{provisional}", style="bold")
    out.print(sentence(body))
    out.print()
    out.print(_levels(body))
    _notes(out, body["levels"])
    if body["consequence"] is not None:
        out.print()
        _show_consequence(out, body)
    out.print()
    _show_inputs(out, statement)
    _show_imports(out, statement["envelope"].get("imports", ()))


def _levels(body: dict[str, Any]) -> Table:
    words = body["words"]
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("Service level", "n", "Numerator", "Measured", words["minimum"], words["expected"]):
        table.add_column(
            name.capitalize(), justify="left" if name == "Service level" else "right", overflow="fold"
        )
    table.add_column("Verdict", no_wrap=True)
    for level in body["levels"]:
        unit = level["unit"]
        table.add_row(
            level["name"],
            "–" if level["n"] is None else f"{level['n']:,}",
            _numerator(level),
            value_text(level["value"], unit) + (" reported" if level["reported_by"] else ""),
            value_text(level["minimum"], unit),
            value_text(level["expected"], unit),
            chip(level["verdict"]),
        )
    return table


def _numerator(level: dict[str, Any]) -> str:
    """The whole number over n; a sum of times or amounts is no count, so it is left to the JSON."""
    is_count = level["kind"] in ("share within target", "ratio", "share of intervals", "ratio of sums")
    return f"{int(level['numerator']):,}" if is_count and level["numerator"] is not None else "–"


def _notes(out: Console, levels: Iterable[dict[str, Any]]) -> None:
    for level in levels:
        said = [level["note"]] if level["note"] else []
        said += [f"{count} excluded: {type_}" for type_, count in level["excluded"].items()]
        said += [f"{level['left_out']} left out as unfinished"] if level["left_out"] else []
        if len(level["counted_from"]) > 1:
            said.append(f"counted from {level['counted_from'][0]} on")
        if said:
            out.print(f"  {level['name']}: {'; '.join(said)}", style="dim")


def _show_consequence(out: Console, body: dict[str, Any]) -> None:
    found, names = body["consequence"], {level["id"]: level["name"] for level in body["levels"]}
    table = Table(box=None, pad_edge=False, header_style="dim")
    is_pool = found["regime"] == "pool"
    for name in (
        ("Service level", "Working", "Before cut", "Cut", found["currency"])
        if is_pool
        else ("Service level", "Value", "Band", "Points")
    ):
        table.add_column(name, justify="left" if name in ("Service level", "Working", "Band") else "right")
    for line in found["lines"]:
        name = names.get(line["level"], line["level"])
        if is_pool:
            table.add_row(
                name,
                line["working"] or "",
                *(f"{Decimal(line[key]):,}" for key in ("before_cut", "cut", "credit")),
            )
        else:
            repeat = f"{line['points']} (repeat)" if line["is_repeat"] else str(line["points"])
            table.add_row(name, line["value"] or "–", line["band"] or "", repeat)
    out.print(table)
    if is_pool:
        out.print(
            f"At risk: {found['at_risk']} of charges of {Decimal(found['charges']):,} = "
            f"{Decimal(found['at_risk_amount']):,}; cap {Decimal(found['cap']):,}, "
            + (
                f"cut {Decimal(found['cut']):,}, {found['cut_rule']}."
                if Decimal(found["cut"])
                else "nothing is cut."
            )
        )
    elif found["of_charges"] is not None:
        out.print(
            f"{found['points']} points = {found['of_charges']} of charges of {Decimal(found['charges']):,}."
        )
    out.print(f"Credit {Decimal(found['credit']):,} {found['currency']}", style="bold")


def _show_inputs(out: Console, statement: dict[str, Any]) -> None:
    body = statement["body"]
    digests = body["inputs"]
    out.print(f"SHA-256 {statement['name']}", style="bold")
    parts = [f"terms {digests['terms'][:12]}", f"calendars {digests['annex'][:12]}"]
    parts += [f"{source} {digest[:12]}" for source, digest in sorted(digests["records"].items())]
    if digests["adjustments"]:
        acts = body["adjustments"]
        parts.append(
            f"adjustments {digests['adjustments'][:12]} ({acts['in_force']} in force, {acts['open']} open)"
        )
    if digests["reported"]:
        parts.append(f"reported {digests['reported'][:12]}")
    out.print(f"made from {' · '.join(parts)} · as of {body['as_of']}", style="dim")


def _show_imports(out: Console, imports: Iterable[dict[str, Any]]) -> None:
    """What was left out or deserves a second look, a line for each file that has any of it."""
    for report in imports:
        said = [
            f"{_counted(found['rows'], 'row')} dropped: {reason} ({rows_text(found)})"
            for reason, found in report["dropped"].items()
        ]
        said += [
            f"{_counted(found['rows'], 'stamp')} {reason}, kept ({rows_text(found)})"
            for reason, found in report["implausible"].items()
        ]
        if report["undecided_ties"]:
            said.append(
                f"{_counted(report['undecided_ties'], 'record')} with events at one instant that no sequence puts "
                "in order"
            )
        if said:
            out.print(f"{report['file']}: {'; '.join(said)}", style="yellow")


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def rows_text(found: dict[str, Any]) -> str:
    """The first rows of a fault, and whether there are more."""
    more = ", …" if found["rows"] > len(found["first_rows"]) else ""
    return f"row {', '.join(map(str, found['first_rows']))}{more}"
