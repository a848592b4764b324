"""What cannot be planned with is told by its field, before anything is computed from it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from handfast.foundation.texts import line_fault
from handfast.kernel.refusal import Refusal
from handfast.kernel.scheduling.plan import MILLIONTHS
from handfast.kernel.scheduling.written import duration_of, lag_of
from handfast.kernel.worktime.proposed import proposed_holidays
from handfast.kernel.worktime.written import WrittenCalendar
from handfast.transition.models import Step, Wave
from handfast.transition.refusals import ActivityRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handfast.transition.models import Plan

FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
LONGEST_NAME, LONGEST_ROLE = 300, 80
LONGEST_WAVE, LONGEST_CARRIES = 120, 400
WHOLE, LEAST_PERCENT, MOST_PERCENT = 100, 10, 300
POINTS = ("low", "likely", "high")
DAYS = (
    "not_before_on",
    "fixed_on",
    "deadline_on",
    "starts_on",
    "started_on",
    "finished_on",
    "first_on",
    "end_on",
)
MOST_DAYS, MOST_PEOPLE, MOST_ROLES = 1000, 10_000, 100
MOST_SITES, LONGEST_SITE = 20, 80
HOUR_US = 3_600_000_000
MOST = {"d": MOST_DAYS * MILLIONTHS, "h": MOST_DAYS * 24 * HOUR_US}
SIDES = ("client", "provider")
STEP_LISTS = frozenset({"client_actions", "provider_actions", "deliverables", "criteria"})
MOST_LINES, LONGEST_TEXT = 100, 4000
LAG_ON = ("client", "provider", "joint", "either", "elapsed")


def check_values(values: Mapping[str, Any]) -> None:
    """Refuse values of an activity, a freeze or the plan that no plan can hold. Raises ActivityRefused."""
    if faults := list(_faults(values)):
        raise ActivityRefused("; ".join(f"{name}: {said}" for name, said in faults), faults)


def duration_fault(said: str, *, is_lag: bool = False) -> str:
    """Why this is no duration; empty where it is one."""
    try:
        length = lag_of(said) if is_lag else duration_of(said)
    except ValueError as wrong:
        return str(wrong)
    return f"at most {MOST_DAYS}d" if abs(length.amount) > MOST[length.unit] else ""


def checked_reason(reason: str, *, needed: str, wanted: str) -> str:
    """What somebody says for or against a change, without blanks around it. Raises ActivityRefused."""
    said = reason.strip()
    if not said or len(said) > LONGEST_TEXT or "\x00" in said:
        raise ActivityRefused(
            needed, [("reason", f"{wanted}, in plain text of at most {LONGEST_TEXT} characters")]
        )
    return said


def checked_answer(reason: str) -> str:
    """Why something is declined. Raises ActivityRefused."""
    return checked_reason(reason, needed="declining needs its reason", wanted="say why it is not accepted")


def check_calendars(calendars: Mapping[str, Any], on: date) -> None:
    """Both sides' calendars, as the kernel's format writes them. Raises ActivityRefused."""
    faults = []
    if calendars.keys() != set(SIDES):
        faults.append(("calendars", "write one of the client and one of the provider"))
    own = {side: _calendar_fault(calendars[side], on) for side in SIDES if side in calendars}
    faults += [(f"calendars.{side}", fault) for side, fault in own.items() if fault]
    if faults:
        raise ActivityRefused("these calendars cannot be planned with", faults)


def _calendar_fault(said: Any, on: date) -> str:
    """Why this is no calendar; empty where it is one."""
    try:
        holidays = WrittenCalendar.model_validate(said).holidays
        if holidays.country is not None:
            proposed_holidays(holidays.country, holidays.subdivision, [on.year])
    except (ValidationError, Refusal) as wrong:
        return _said(wrong)
    return ""


def check_sites(sites: Mapping[str, Mapping[str, Any]], on: date) -> None:
    """Each side's sites with their own calendars. Raises ActivityRefused."""
    faults = [("sites", f"{side!r} is no side") for side in sites if side not in SIDES]
    for side in sites.keys() & set(SIDES):
        if len(sites[side]) > MOST_SITES:
            faults.append((f"sites.{side}", f"at most {MOST_SITES} sites"))
        for name, said in sites[side].items():
            if fault := line_fault(name, most=LONGEST_SITE) or _calendar_fault(said, on):
                faults.append((f"sites.{side}.{name[:LONGEST_SITE]}", fault))
    if faults:
        raise ActivityRefused("; ".join(f"{name}: {said}" for name, said in faults), faults)


def check_released(released: Mapping[str, Mapping[str, int]]) -> None:
    """How many of each role each side has released. Raises ActivityRefused."""
    faults = [("released", f"{side!r} is no side") for side in released if side not in SIDES]
    for side, roles in released.items():
        if len(roles) > MOST_ROLES:
            faults.append((f"released.{side}", f"at most {MOST_ROLES} roles"))
        for role, number in roles.items():
            if fault := line_fault(role, most=LONGEST_ROLE):
                faults.append((f"released.{side}", fault))
            elif not 0 < number <= MOST_PEOPLE:
                faults.append((f"released.{side}", f"{role}: write 1 to {MOST_PEOPLE}"))
    if faults:
        raise ActivityRefused("these people cannot be planned with", faults)


def check_frame(plan: Plan, changes: Mapping[str, Any]) -> None:
    """What stands around the activities. Raises ActivityRefused."""
    check_values({name: changes[name] for name in changes.keys() & {"starts_on"}})
    if "calendars" in changes:
        check_calendars(changes["calendars"], changes.get("starts_on", plan.starts_on))
    if "sites" in changes:
        check_sites(changes["sites"], changes.get("starts_on", plan.starts_on))
    if "released" in changes:
        check_released(changes["released"])


def check_wave(values: Mapping[str, Any], percent: int = WHOLE) -> None:
    """The values of a wave, and how much of the first wave's durations it takes. Raises ActivityRefused."""
    faults = [
        (name, fault)
        for name, most in (("name", LONGEST_WAVE), ("carries", LONGEST_CARRIES))
        if (values.get(name) or name == "name") and (fault := line_fault(values.get(name, ""), most=most))
    ]
    if values.get("criticality") not in Wave.Criticality.values:
        faults.append(("criticality", "write 1, 2 or 3"))
    if not LEAST_PERCENT <= percent <= MOST_PERCENT:
        faults.append(("percent", f"write {LEAST_PERCENT} to {MOST_PERCENT}"))
    if faults:
        raise ActivityRefused("; ".join(f"{name}: {said}" for name, said in faults), faults)
    check_values({"starts_on": values["starts_on"]})


def check_lag(lag: str, lag_on: str) -> None:
    """The lag of a link; on nobody's calendar it runs on that of the activity that waits. Raises ActivityRefused."""
    faults = []
    if lag and (fault := duration_fault(lag, is_lag=True)):
        faults.append(("lag", fault))
    if lag_on and lag_on not in LAG_ON:
        faults.append(("lag_on", f"write one of {', '.join(LAG_ON)}"))
    if faults:
        raise ActivityRefused("this lag cannot be planned with", faults)


def check_step(changes: Mapping[str, Any]) -> None:
    """What a step says. Raises ActivityRefused."""
    faults = list(_faults({name: changes[name] for name in changes.keys() & {"name", "lead"}}))
    if len(changes.get("description", "")) > LONGEST_TEXT:
        faults.append(("description", f"at most {LONGEST_TEXT} characters"))
    for name in changes.keys() & STEP_LISTS:
        lines = [one["text"] if name == "criteria" else one for one in changes[name]]
        if len(lines) > MOST_LINES:
            faults.append((name, f"at most {MOST_LINES} lines"))
        for number, line in enumerate(lines, 1):
            if fault := line_fault(line, most=LONGEST_NAME):
                faults.append((name, f"line {number}: {fault}"))
    if faults:
        raise ActivityRefused("; ".join(f"{name}: {said}" for name, said in faults), faults)


def _faults(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "name" in values and (fault := line_fault(values["name"], most=LONGEST_NAME)):
        yield "name", fault
    if "lead" in values and values["lead"] not in Step.Lead.values:
        yield "lead", f"write one of {', '.join(Step.Lead.values)}"
    for name in DAYS:
        if values.get(name) is not None and not FIRST <= values[name] < LAST:
            yield name, f"write a day from {FIRST} to the year {LAST.year - 1}"
    lengths = {}
    for name in (*POINTS, "remaining"):
        if values.get(name):
            if fault := duration_fault(values[name]):
                yield name, fault
            else:
                lengths[name] = duration_of(values[name])
    yield from _order_faults({name: lengths[name] for name in POINTS if name in lengths})


def _order_faults(lengths: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Low, likely and high in this order, in one unit."""
    if len(lengths) < len(POINTS):
        return
    amounts = [Fraction(lengths[name].amount) for name in POINTS]
    if len({one.unit for one in lengths.values()}) > 1:
        yield "likely", "write all three in days, or all three in hours"
    elif amounts != sorted(amounts):
        yield "likely", "at best is not longer than likely, likely not longer than at worst"


def _said(wrong: Exception) -> str:
    if isinstance(wrong, ValidationError):
        first = wrong.errors()[0]
        return f"{'.'.join(str(one) for one in first['loc'])}: {first['msg']}".strip(": ")
    return str(wrong)
