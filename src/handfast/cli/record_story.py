"""`handfast explain --record`: where a record stands in each level, and its clock to the second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer
from rich.table import Table

from handfast.cli.harmless import json_text
from handfast.cli.placing import places_of
from handfast.cli.showing import console
from handfast.cli.statement_files import StatementRefused
from handfast.cli.timeline import clock_text, drawn, local_text
from handfast.kernel.quantity import iso_of
from handfast.kernel.servicelevels.evidence import OutsideAnnex
from handfast.kernel.servicelevels.explain import NoSuchRecord, story_of

if TYPE_CHECKING:
    from rich.console import Console

    from handfast.cli.placing import Place
    from handfast.kernel.servicelevels.explain import RecordStory
    from handfast.kernel.servicelevels.questions import Engine
    from handfast.kernel.servicelevels.statement import Inputs

NARROW = 80


def explain_record(
    inputs: Inputs,
    engine: Engine,
    levels: list[dict[str, Any]],
    record: str,
    *,
    is_one_level: bool,
    as_json: bool,
) -> None:
    places = places_of(inputs, engine, levels, record)
    if not places:
        which = f"the level {levels[0]['id']} counts" if is_one_level else "the statement's levels count"
        raise StatementRefused(f"{which} no records: there is no clock to explain")
    if not is_one_level:
        # Where no level counts the record, every clock is shown: that is what the reader came to see.
        places = [place for place in places if place.is_in] or places
    stories = _stories(inputs, places, record)
    if as_json:
        typer.echo(json_text([_plain(group, story) for group, story in stories]))
        return
    out = console()
    for group, story in stories:
        _show(out, group, story)


def _stories(inputs: Inputs, places: list[Place], record: str) -> list[tuple[list[Place], RecordStory]]:
    """One story for each clock and target; a level without a target joins one that has the same clock."""
    groups: dict[tuple[int, str, int | None], list[Place]] = {}
    for place in sorted(places, key=lambda one: one.target_us is None):
        key = (place.version, place.clock, place.target_us)
        if place.target_us is None:
            key = next((one for one in groups if one[:2] == key[:2]), key)
        groups.setdefault(key, []).append(place)
    found: list[tuple[list[Place], RecordStory]] = []
    untold: list[NoSuchRecord | OutsideAnnex] = []
    evidence = inputs.evidence()
    for (version, clock, target), group in groups.items():
        try:
            found.append((group, story_of(evidence, version, clock, record, target)))
        except (NoSuchRecord, OutsideAnnex) as error:
            untold.append(error)
    if not found:
        raise untold[0]
    return found


def _plain(places: list[Place], story: RecordStory) -> dict[str, Any]:
    return {
        "record": story.record,
        "clock": _names(places),
        "levels": [
            {"id": place.level, "name": place.name, "outcome": place.outcome, "said": place.said}
            for place in places
        ],
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


def _names(places: list[Place]) -> str:
    return f"clock {places[0].clock} ({'; '.join(place.name for place in places)})"


def _show(out: Console, places: list[Place], story: RecordStory) -> None:
    out.print(f"{story.record}, {_names(places)}", style="bold")
    for place in places:
        out.print(f"{place.name}: {place.said}")
    counted = f"Counted {clock_text(story.elapsed_us)}"
    if story.target_us is not None:
        gap = story.elapsed_us - story.target_us
        counted += f"   target {clock_text(story.target_us)}   "
        counted += f"over by {clock_text(gap)}" if gap > 0 else f"within by {clock_text(-gap)}"
    out.print(counted)
    for line in drawn(story, out.width):
        out.print(line)
    out.print(_table(story, is_narrow=out.width < NARROW))
    out.print()


def _table(story: RecordStory, *, is_narrow: bool) -> Table:
    """The segments; a narrow terminal does without their ends, since each ends where the next starts."""
    table = Table(box=None, pad_edge=False, header_style="dim", show_footer=True)
    running = sum(segment.state == "running" for segment in story.segments)
    counts = [clock_text(segment.counts_us) if segment.counts_us else "0" for segment in story.segments]
    whole = clock_text(story.elapsed_us)
    table.add_column(
        f"From, {story.zone}",
        footer=f"Sum of {running} running segments",
        no_wrap=not is_narrow,
        overflow="fold",
    )
    if not is_narrow:
        table.add_column("To", no_wrap=True)
    table.add_column("State")
    table.add_column("Why", overflow="fold")
    widest = max(len(text) for text in (*counts, whole, "Counts"))
    table.add_column("Counts", justify="right", footer=whole, no_wrap=True, min_width=widest)
    for segment, said in zip(story.segments, counts, strict=True):
        style = (
            "dim" if segment.state == "closed" else ("red" if segment.is_over and segment.counts_us else "")
        )
        ends = [segment.from_us] if is_narrow else [segment.from_us, segment.to_us]
        row = [*(local_text(instant, story.zone) for instant in ends), segment.state, segment.why, said]
        table.add_row(*row, style=style)
    return table
