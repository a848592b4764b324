"""A plan written back: plain mappings and texts that read as the same plan, as YAML or as JSON."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from handfast.kernel.quantity import iso_of
from handfast.kernel.scheduling.plan import MILLIONTHS, NOTHING, SIDES

if TYPE_CHECKING:
    from handfast.kernel.scheduling.plan import Activity, Duration, Estimate, Freeze, Link, Party, Plan

HOUR_US, MINUTE_US = 3600 * MILLIONTHS, 60 * MILLIONTHS


def plan_text(plan: Plan) -> dict[str, Any]:
    """Only mappings, lists, texts, numbers and booleans. Law: `read_plan` of its JSON is the plan again."""
    found: dict[str, Any] = {"name": plan.name, "zone": plan.zone, "starts": iso_of(plan.starts_us)}
    if plan.as_of_us is not None:
        found["as_of"] = iso_of(plan.as_of_us)
    found["parties"] = {party.side: _party(party) for party in plan.parties}
    found["steps"] = [{"key": step.key, "name": step.name, "lead": step.lead} for step in plan.steps]
    found["freezes"] = [_freeze(freeze) for freeze in plan.freezes]
    found["activities"] = [_activity(activity) for activity in plan.activities]
    found["risks"] = [
        {
            "id": risk.id,
            "name": risk.name,
            "chance": fraction_text(risk.chance),
            "delay": _spread(risk.delay),
            "activities": list(risk.activities),
        }
        for risk in plan.risks
    ]
    return {key: value for key, value in found.items() if value not in ([], {})} | {
        "activities": found["activities"]
    }


def duration_text(duration: Duration) -> str:
    """`0.5d`; `1h 30m`: exact, to the millionth of a day and to the microsecond."""
    sign, amount = "-" if duration.amount < 0 else "", abs(duration.amount)
    if duration.unit == "d":
        return f"{sign}{_number(Fraction(amount, MILLIONTHS))}d"
    hours, rest = divmod(amount, HOUR_US)
    minutes, left = divmod(rest, MINUTE_US)
    parts = [f"{hours}h"] if hours or not rest else []
    parts += [f"{minutes}m"] if minutes else []
    parts += [f"{_number(Fraction(left, MILLIONTHS))}s"] if left else []
    return sign + " ".join(parts)


def fraction_text(value: Fraction) -> str:
    """`20 %` where that is exact, else as `1/3`."""
    percent = value * 100
    return f"{percent.numerator} %" if percent.denominator == 1 else f"{value.numerator}/{value.denominator}"


def _number(value: Fraction) -> str:
    """At most six decimals, which is all there can be."""
    text = format(Decimal(value.numerator) / Decimal(value.denominator), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _party(party: Party) -> dict[str, Any]:
    found = {
        "name": party.name,
        "calendar": _plain(party.calendar),
        "sites": {name: _plain(calendar) for name, calendar in party.sites.items()},
        "roles": {role: _number(Fraction(many, 100)) for role, many in party.roles.items()},
    }
    return {key: value for key, value in found.items() if value != {}}


def _plain(calendar: Any) -> Any:
    return calendar.model_dump(mode="json", exclude_defaults=True)


def _freeze(freeze: Freeze) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": freeze.name,
        "from": freeze.first.isoformat(),
        "to": freeze.end.isoformat(),
        "share": fraction_text(freeze.share) if freeze.share else None,
        "leads": list(freeze.leads),
        "steps": list(freeze.steps),
        "activities": list(freeze.activities),
    }
    return {key: value for key, value in found.items() if value not in (None, [])}


def _activity(activity: Activity) -> dict[str, Any]:
    repeat, baseline = activity.repeat, activity.baseline
    found: dict[str, Any] = {
        "id": activity.id,
        "name": activity.name,
        "lead": activity.lead,
        "step": activity.step or None,
        "duration": _spread(activity.estimate) if activity.kind == "work" else None,
        "after": [_link(link) for link in activity.after] or None,
        "milestone": True if activity.kind == "milestone" else None,
        "gate": True if activity.kind == "gate" else None,
        "repeat": repeat
        and {"chance": fraction_text(repeat.chance), "takes": _spread(repeat.takes), "most": repeat.most},
        "not_before": _instant(activity.not_before_us),
        "deadline": _instant(activity.deadline_us),
        "fixed": _instant(activity.fixed_us),
        "site": activity.site or None,
        "wave": activity.wave if activity.wave != 1 else None,
        "internal": activity.internal_to,
        "needs": _needs(activity) or None,
        "baseline": baseline and {"starts": iso_of(baseline.starts_us), "ends": iso_of(baseline.ends_us)},
        "actual": _actual(activity) or None,
    }
    return {key: value for key, value in found.items() if value is not None}


def _link(link: Link) -> str | dict[str, str]:
    if link.kind == "FS" and link.lag == NOTHING and link.lag_on is None:
        return link.other
    found: dict[str, str] = {"activity": link.other, "link": link.kind}
    if link.lag != NOTHING:
        found["lag"] = duration_text(link.lag)
    if link.lag_on is not None:
        found["on"] = link.lag_on
    return found


def _spread(estimate: Estimate) -> str | dict[str, str]:
    if estimate.low == estimate.likely == estimate.high:
        return duration_text(estimate.likely)
    return {name: duration_text(getattr(estimate, name)) for name in ("low", "likely", "high")}


def _needs(activity: Activity) -> dict[str, Any]:
    """Always with the side: it reads the same whoever leads."""
    sided = {
        side: {
            need.role: _number(Fraction(need.hundredths, 100)) for need in activity.needs if need.side == side
        }
        for side in SIDES
    }
    return {side: roles for side, roles in sided.items() if roles}


def _actual(activity: Activity) -> dict[str, str]:
    actual = activity.actual
    found = {
        "started": _instant(actual.started_us),
        "finished": _instant(actual.finished_us),
        "remaining": duration_text(actual.remaining) if actual.remaining is not None else None,
    }
    return {key: value for key, value in found.items() if value is not None}


def _instant(instant_us: int | None) -> str | None:
    return None if instant_us is None else iso_of(instant_us)
