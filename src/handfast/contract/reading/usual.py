"""The usual terms of a small desk: written by a form into the YAML, and read back from it where that is all it says."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from handfast.contract.reading.texts import SHOWN_NAME, kept_text
from handfast.foundation.refusals import FieldsRefused
from handfast.kernel.document import read_document
from handfast.kernel.refusal import Refusal
from handfast.kernel.worktime.windows import DAYS, weekdays_of
from handfast.kernel.written_values import duration_us_of, percent_of

CALENDAR = "working_hours"
MEASURES = {
    "first_response": "First response",
    "resolution": "Resolution",
    "first_contact_resolution": "Resolved at the first contact",
    "satisfaction": "Customer satisfaction",
}
WITHIN_TARGET = ("first_response", "resolution")
ROUNDING = {"digits": "2", "mode": "half up"}
HEADER = "# Terms of the agreement. The form writes this text, and it is what counts.\n"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
MINUTES_AN_HOUR, US_A_MINUTE = 60, 60_000_000
WRITTEN = re.compile(r"([1-9][0-9]*)([mh])")


@dataclass(frozen=True, slots=True)
class Promise:
    """One measure: its target (only where there is one), what is expected and the minimum, as plain numbers."""

    expected: str
    minimum: str
    target: str = ""
    unit: str = "h"


@dataclass(frozen=True, slots=True)
class Usual:
    """What the form holds. `mapping` is the source's columns as they stand in the terms, never changed here."""

    name: str
    zone: str
    first: str
    end: str
    hours: dict[str, str]
    country: str = ""
    client: str = ""
    provider: str = ""
    source: str = "desk"
    created: str = "created"
    first_reply: str = "first_reply"
    resolved: str = "resolved"
    waiting: str = ""
    mapping: Any = None
    promises: dict[str, Promise] = field(default_factory=dict)


def plain_of(usual: Usual) -> dict[str, Any]:
    """The terms as mappings, lists and texts."""
    wanted = {key for key in MEASURES if key in usual.promises}
    plain: dict[str, Any] = {
        "agreement": usual.name,
        "zone": usual.zone,
        "effective": {"from": usual.first, "to": usual.end},
    }
    if parties := {
        side: name for side, name in (("client", usual.client), ("provider", usual.provider)) if name
    }:
        plain["parties"] = parties
    if wanted - {"satisfaction"}:
        plain["sources"] = {usual.source: usual.mapping}
        plain["calendars"] = {CALENDAR: _calendar(usual)}
        plain["clocks"] = _clocks(usual, wanted)
    plain["measures"] = {key: _measure(key, usual.promises[key]) for key in MEASURES if key in wanted}
    plain["levels"] = {key: _level(key, usual.promises[key]) for key in MEASURES if key in wanted}
    return plain


def _calendar(usual: Usual) -> dict[str, Any]:
    found: dict[str, Any] = {"zone": usual.zone, "hours": _grouped(usual.hours)}
    if usual.country:
        found["holidays"] = {"country": usual.country}
    return found


def _grouped(hours: dict[str, str]) -> dict[str, list[str]]:
    """Days in a row with the same windows under one key, as `mon-fri`."""
    runs: list[list[str]] = []
    for day in DAYS:
        if runs and hours.get(runs[-1][0], "") == hours.get(day, ""):
            runs[-1].append(day)
        else:
            runs.append([day])
    return {
        run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}": windows
        for run in runs
        if (windows := [one.strip() for one in hours.get(run[0], "").split(",") if one.strip()])
    }


def _clocks(usual: Usual, wanted: set[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    same = {"source": usual.source, "calendar": CALENDAR, "start": usual.created}
    if "first_response" in wanted:
        found["response"] = {**same, "stop": usual.first_reply, "reopening": "ignore"}
    if wanted & {"resolution", "first_contact_resolution"}:
        pauses = {"pauses": {"waiting": usual.waiting}} if usual.waiting else {}
        found["resolution"] = {**same, "stop": usual.resolved, **pauses, "reopening": "continue"}
    return found


def _measure(key: str, promise: Promise) -> dict[str, Any]:
    if key in WITHIN_TARGET:
        return {
            "kind": "share within target",
            "clock": "response" if key == "first_response" else "resolution",
            "target": f"{promise.target}{promise.unit}",
            "counted_by": "start" if key == "first_response" else "due",
            "unfinished": "as it stands",
            "rounding": dict(ROUNDING),
        }
    if key == "satisfaction":
        return {"kind": "reported", "reported_by": "provider", "unit": "number", "rounding": dict(ROUNDING)}
    return {
        "kind": "ratio",
        "clock": "resolution",
        "of": {"reopenings": {"at_most": "0"}},
        "counted_by": "stop",
        "unfinished": "left out",
        "rounding": dict(ROUNDING),
    }


def _level(key: str, promise: Promise) -> dict[str, Any]:
    unit = "" if key == "satisfaction" else " %"
    given = (("expected", promise.expected), ("minimum", promise.minimum))
    return {
        "measure": key,
        "name": MEASURES[key],
        **{which: f"{said}{unit}" for which, said in given if said},
    }


def usual_in(text: str) -> Usual | None:
    """What the form can show of a text: all of it, or None where the text says more than the form holds."""
    try:
        content = read_document(kept_text(text), name=SHOWN_NAME).content
        found = _extracted(content)
        return found if _alike(plain_of(found)) == _alike(content) else None
    except (Refusal, KeyError, TypeError, ValueError, AttributeError, StopIteration):
        return None


def _extracted(content: dict[str, Any]) -> Usual:
    """The form's values, taken on trust; whether they are the whole text is compared afterwards."""
    clocks = content.get("clocks", {})
    clock = clocks.get("response") or clocks.get("resolution") or {}
    calendar = content.get("calendars", {}).get(CALENDAR, {})
    sources = content.get("sources", {})
    source = next(iter(sources), "desk")
    resolution = clocks.get("resolution", {})
    return Usual(
        name=content["agreement"],
        zone=content["zone"],
        first=content["effective"]["from"],
        end=content["effective"]["to"],
        hours={day: ", ".join(windows) for day, windows in _by_day(calendar.get("hours", {})).items()},
        country=calendar.get("holidays", {}).get("country", ""),
        client=content.get("parties", {}).get("client", ""),
        provider=content.get("parties", {}).get("provider", ""),
        source=source,
        created=clock.get("start", "created"),
        first_reply=clocks.get("response", {}).get("stop", "first_reply"),
        resolved=resolution.get("stop", "resolved"),
        waiting=resolution.get("pauses", {}).get("waiting", ""),
        mapping=sources.get(source),
        promises={key: _promise(content["measures"][key], level) for key, level in content["levels"].items()},
    )


def _promise(measure: dict[str, Any], level: dict[str, Any]) -> Promise:
    expected, minimum = (level.get(which, "").removesuffix("%").strip() for which in ("expected", "minimum"))
    if "target" not in measure:
        return Promise(expected, minimum)
    minutes, rest = divmod(duration_us_of(measure["target"]), US_A_MINUTE)
    if rest:
        raise ValueError("a target of seconds: the form holds minutes and hours")
    if written := WRITTEN.fullmatch(measure["target"]):
        return Promise(expected, minimum, written[1], written[2])  # 60m stays 60m: nobody changed it
    hours, over = divmod(minutes, MINUTES_AN_HOUR)
    return Promise(expected, minimum, *((str(minutes), "m") if over or not hours else (str(hours), "h")))


def _by_day(hours: dict[str, list[str]]) -> dict[str, list[str]]:
    return {DAYS[place]: windows for key, windows in hours.items() for place in weekdays_of(key)}


def _alike(content: Any) -> Any:
    """The same for texts that mean the same: hours by day, targets as time, shares as shares; order is kept."""
    plain = dict(content)
    calendars = plain.get("calendars", {})
    plain["calendars"] = {
        key: {**one, "hours": sorted(_by_day(one["hours"]).items())} for key, one in calendars.items()
    }
    plain["measures"] = [
        (key, {**one, "target": duration_us_of(one["target"])} if "target" in one else one)
        for key, one in plain["measures"].items()
    ]
    plain["levels"] = [
        (key, {name: _share(said) for name, said in one.items()}) for key, one in plain["levels"].items()
    ]
    return plain


def _share(said: str) -> object:
    return percent_of(said) if said.endswith("%") else said


def usual_text(usual: Usual, before: str = "") -> str:
    """The YAML of the form, laid over the text before, so that its comments stay. Raises FieldsRefused."""
    plain = plain_of(usual)
    yaml = YAML(typ="rt", pure=True)
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width, yaml.preserve_quotes = 110, True
    kept, said = _loaded(yaml, before)
    _lay_over(kept, plain, said)
    out = io.StringIO()
    if not said:
        out.write(HEADER)
    try:
        yaml.dump(kept, out)
        text = kept_text(out.getvalue())
        is_whole = _alike(read_document(text, name=SHOWN_NAME).content) == _alike(plain)
    except (YAMLError, ValueError, KeyError, Refusal) as error:
        raise FieldsRefused("the form cannot be written as terms", [("form", str(error))]) from error
    if not is_whole:
        raise FieldsRefused(
            "the form cannot be written as terms", [("form", "a value would be read otherwise")]
        )
    return text


def _loaded(yaml: YAML, before: str) -> tuple[CommentedMap, dict[str, Any]]:
    """The text with its comments, and what it says; empty where it is none that can be read."""
    try:
        said = read_document(before, name=SHOWN_NAME).content
        loaded = yaml.load(before)
    except (Refusal, YAMLError, ValueError):
        return CommentedMap(), {}
    if isinstance(loaded, CommentedMap) and isinstance(said, dict):
        return loaded, said
    return CommentedMap(), {}


def _lay_over(kept: CommentedMap, plain: dict[str, Any], said: dict[str, Any]) -> None:
    """Change only what differs; a key that is gone takes its comment with it."""
    for key in [key for key in kept if str(key) not in plain]:
        del kept[key]
    for key, value in plain.items():
        if said.get(key) == value:
            continue
        if isinstance(value, dict) and isinstance(kept.get(key), CommentedMap):
            _lay_over(kept[key], value, said[key])
        else:
            kept[key] = _node(value)
    if [str(key) for key in kept] != list(plain):
        for key in plain:
            kept.move_to_end(key)


def _node(value: Any) -> Any:
    """A value as YAML writes it best: days and whole numbers without quotes, the kernel reads all as text."""
    if isinstance(value, dict):
        made = CommentedMap()
        for key, one in value.items():
            made[key] = _node(one)
        return made
    if isinstance(value, list):
        return [_node(one) for one in value]
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    if isinstance(value, str) and value.isascii() and value.isdigit() and str(int(value)) == value:
        return int(value)
    return value
