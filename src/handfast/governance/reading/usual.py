"""The usual entries of a register: what a deal of a size begins with, out of the content that is shipped."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from handfast.governance.reading.rows import Row
from handfast.governance.reading.said import EntrySaid
from handfast.kernel.document import read_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handfast.governance.registers import Register

SIZES = ("light", "standard", "complex")
YES = {"true": "yes", "false": "no"}
DUE = {"before_training": "training", "before_rehearsal": "rehearsal"}
CRITICAL = "critical"


def usual_rows(register: Register, size: str) -> list[Row]:
    """Each as a row of a sheet would be, in the first state; none where a register begins empty."""
    told = USUAL.get(register.key)
    if told is None:
        return []
    first = register.states[0].key
    return [Row(number, None, said, first) for number, said in enumerate(told(size), start=1)]


@lru_cache
def _content(name: str) -> dict[str, Any]:
    text = files("handfast.governance").joinpath(f"content/{name}.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = read_document(text, name=f"{name}.yaml").content
    return found


def _is_for(said: dict[str, Any], size: str) -> bool:
    return SIZES.index(said["from_size"]) <= SIZES.index(size)


def _checks(size: str) -> Iterator[EntrySaid]:
    content = _content("technical_checks")
    before = {kind: DUE[when] for when, kinds in content["due"].items() for kind in kinds}
    for said in content["checks"]:
        if _is_for(said, size):
            own = {
                "kind": said["kind"], "blocks": YES[said["blocking"]], "before": before[said["kind"]],
                "verified_by": said["verified_by"], "evidence": said["evidence"], "fresh_days": said["fresh_for_days"],
            }  # fmt: skip
            yield EntrySaid(said["check"], f"Done by: {said['owner']}.", own=own)


def _scenarios(size: str) -> Iterator[EntrySaid]:
    for said in _content("rehearsal_scenarios")["scenarios"]:
        if _is_for(said, size):
            own = {"kind": said["kind"], "roles": ", ".join(said["roles"]), "pass_when": said["pass_when"]}
            yield EntrySaid(said["scenario"], own=own)


def _messages(size: str) -> Iterator[EntrySaid]:
    for said in _content("communication_plan")["messages"]:
        if size != SIZES[0] or said["in_light"] == "true":
            own = {"audience": said["audience"], "sender": said["sender"], "channel": said["channel"]}
            yield EntrySaid(f"{said['audience']}: {said['message']}", f"When: {_when(said)}.", own=own)


def _when(said: dict[str, Any]) -> str:
    """`15 working days before go-live`; of what repeats or follows a rule the rule."""
    event, days = said["event"], int(said["offset_days"] or 0)
    if not days:
        return str(event) if said["offset_days"] is None else f"on the day of {event}"
    return f"{abs(days)} working days {'before' if days < 0 else 'after'} {event}"


def _channels(size: str) -> Iterator[EntrySaid]:
    del size
    yield from (EntrySaid(said) for said in _content("communication_plan")["channels_to_set_up"])


def _ways(size: str) -> Iterator[EntrySaid]:
    del size
    for said in _content("ways_of_working")["topics"]:
        yield EntrySaid(said["question"], f"For instance: {said['suggestion']}.", tags=(said["topic"],))


def _assumptions(size: str) -> Iterator[EntrySaid]:
    del size
    for said in _content("assumptions")["assumptions"]:
        is_critical = said["critical"] == "true"
        yield EntrySaid(said["statement"], tags=(said["about"], *([CRITICAL] if is_critical else [])))


USUAL: dict[str, Callable[[str], Iterator[EntrySaid]]] = {
    "checks": _checks,
    "scenarios": _scenarios,
    "messages": _messages,
    "channels": _channels,
    "ways": _ways,
    "assumptions": _assumptions,
}
