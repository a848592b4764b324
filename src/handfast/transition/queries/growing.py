"""What a plan would be in the next larger size: what stays, what an activity becomes, what is added."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID, uuid4

from handfast.transition.models import Activity, ProposedChange
from handfast.transition.queries.copied import WHOLE, stretched
from handfast.transition.queries.waves import prefix_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from handfast.transition.models import Plan, Wave
    from handfast.transition.reading.growths import GrowthMap

What = Literal["stays", "becomes", "added", "left out"]
LENGTHS = ("low", "likely", "high")
DAYS = ("not_before_on", "fixed_on", "deadline_on")
CHANGED = ("key", "name", "lead", "step_key", "site", *LENGTHS, "needs", "position", "version")


@dataclass(frozen=True, slots=True)
class GrowthLine:
    """What the growth does to one activity: `was` as it stands, `will` as it would; one of them where there is one.

    `why` says why it stays or is left out, or what people entered of it and stays.
    """

    wave: int
    what: What
    was: Activity | None
    will: Activity | None
    why: str = ""

    @property
    def shown(self) -> Activity:
        found = self.will or self.was
        assert found is not None  # noqa: S101 - one of them is there
        return found


@dataclass(slots=True)
class Standing:
    """One wave while it is worked out: which activity stands for which key of the larger template."""

    plan: Plan
    number: int
    prefix: str
    percent: int
    begins_on: date
    site: str = ""
    stands: dict[str, Activity] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    lines: list[GrowthLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Held:
    """What is asked of the plan beside its rows: keys that people took out, and activities that wait for an answer.

    `is_own`: it was made from an organisation's own template, which may have left out what the shipped one has.
    """

    taken_out: frozenset[str]
    waiting: frozenset[UUID]
    today: date
    is_own: bool = False

    def is_out(self, key: str, prefix: str, rows: Mapping[str, Activity]) -> bool:
        """Whether a wave goes without this activity because somebody decided so."""
        return not self.taken_out.isdisjoint((key, f"{prefix}{key}")) or (self.is_own and key not in rows)

    @property
    def why_out(self) -> str:
        return "this work was left out before" if self.is_own else "you took this work out before"


def held_of(plan: Plan, today: date) -> Held:
    """Two questions."""
    rows = Activity.objects.filter(plan=plan, space_id=plan.space_id, removed_at__isnull=False)
    asked = ProposedChange.objects.filter(
        activity__plan=plan, space_id=plan.space_id, state=ProposedChange.State.PROPOSED
    )
    return Held(
        frozenset(rows.values_list("key", flat=True)),
        frozenset(asked.values_list("activity_id", flat=True)),
        today,
        plan.is_of_own_template,
    )


def standings_in(
    plan: Plan, activities: Sequence[Activity], waves: Sequence[Wave], growth: GrowthMap, held: Held
) -> list[Standing]:
    """Each wave with what becomes of its activities; nothing is written.

    Every activity stays the row that it is, so that its history, links, owner and baseline stay with it. What has
    begun, what the contract fixes and what waits for an answer keeps all its values; of the rest whatever nobody
    has changed takes the larger template's.
    """
    found = [Standing(plan, 1, "", WHOLE, plan.starts_on)]
    found += [
        Standing(plan, one.number, prefix_of(one.number), one.percent, one.starts_on)
        for one in waves
        if one.number > 1
    ]
    by_key = {one.key: one for one in activities}
    for one in found:
        _grow(one, by_key, growth, held)
    return found


def _grow(wave: Standing, by_key: Mapping[str, Activity], growth: GrowthMap, held: Held) -> None:
    small, large = growth.before.values, growth.after.values
    wave.site = _site_of(wave, by_key.values())
    for key, default in small.items():
        row = by_key.get(f"{wave.prefix}{key}")
        if row is not None:
            _carry_on(wave, row, default, growth, held)
        elif held.is_out(key, wave.prefix, by_key):
            wave.left_out.update(growth.becomes.get(key, ()))
    steps = {one.step_key for one in wave.stands.values()}
    known = {*by_key, *held.taken_out}
    for key, values in large.items():
        if key in wave.stands or (wave.number > 1 and values["step_key"] not in steps):
            continue
        made = _made(wave, key, values)
        made.site = wave.site if made.lead in wave.plan.leads_at(wave.site) else ""
        if key in wave.left_out or f"{wave.prefix}{key}" in known:
            wave.left_out.add(key)
            wave.lines.append(GrowthLine(wave.number, "left out", None, made, held.why_out))
        else:
            wave.stands[key] = made
            wave.lines.append(GrowthLine(wave.number, "added", None, made))


def _site_of(wave: Standing, rows: Iterable[Activity]) -> str:
    """Where all of the wave runs that can run there; empty where it runs at several, or at none."""
    mine = [one for one in rows if one.wave == wave.number]
    sites = {one.site for one in mine} - {""}
    site = sites.pop() if len(sites) == 1 else ""
    able = wave.plan.leads_at(site)
    return site if all(one.site == site for one in mine if one.lead in able) else ""


def _carry_on(
    wave: Standing, row: Activity, default: Mapping[str, Any], growth: GrowthMap, held: Held
) -> None:
    """The row itself stands for what it becomes; what is done stands for all of it."""
    key = row.key.removeprefix(wave.prefix)
    heirs = growth.becomes.get(key, ())
    if not heirs:
        wave.lines.append(GrowthLine(wave.number, "stays", row, row, growth.kept.get(key, "")))
        return
    will = copy(row)
    will.key = f"{wave.prefix}{heirs[0]}"
    wave.stands[heirs[0]] = will
    if why := _why_it_stays(row, held):
        if row.finished_on is not None:
            wave.stands |= dict.fromkeys(heirs, will)
        wave.lines.append(GrowthLine(wave.number, "stays", row, will, why))
        return
    entered = entered_of(row, default, wave.percent)
    wanted = _stretched(growth.after.values[heirs[0]], wave.percent)
    held_back = entered | _tied(wave.plan, row, entered, wanted["lead"])
    for name, value in wanted.items():
        if name not in held_back:
            setattr(will, name, value)
    able = wave.plan.leads_at(wave.site)
    if will.lead in able and row.lead not in able:
        will.site = wave.site
    is_same = all(getattr(row, name) == getattr(will, name) for name in CHANGED if name != "key")
    kept = "" if is_same or not (words := _words(row, entered)) else f"{', '.join(words)}: as entered"
    wave.lines.append(GrowthLine(wave.number, "stays" if is_same else "becomes", row, will, kept))


def _why_it_stays(row: Activity, held: Held) -> str:
    if row.finished_on is not None:
        return "it is done"
    if row.started_on is not None:
        return "it has begun"
    if row.agreed_id:
        return "the contract fixes it"
    return "a change of it waits for an answer" if row.pk in held.waiting else ""


def entered_of(row: Activity, default: Mapping[str, Any], percent: int = WHOLE) -> set[str]:
    """The fields in which people changed what the template had."""
    return {name for name, value in _stretched(default, percent).items() if getattr(row, name) != value}


def _tied(plan: Plan, row: Activity, entered: Iterable[str], lead: str) -> set[str]:
    """What hangs together with what was entered: the three lengths; the owner and the site with the side that leads."""
    found = {"kind"}
    if {*entered} & {*LENGTHS}:
        found |= {*LENGTHS}
    if row.owner_id is not None or (row.site and lead not in plan.leads_at(row.site)):
        found.add("lead")
    return found


def _stretched(default: Mapping[str, Any], percent: int) -> dict[str, Any]:
    return {**default, **{name: stretched(default[name], percent) for name in LENGTHS}}


def _words(row: Activity, entered: Iterable[str]) -> list[str]:
    """What of a row people entered, in words."""
    said = {*entered}
    fields = {"name": "name", "lead": "lead", "needs": "people needed", "step_key": "step"}
    found = [word for name, word in fields.items() if name in said]
    found += ["durations"] if said & {*LENGTHS} else []
    found += ["owner"] if row.owner_id is not None else []
    return found + (["days"] if any(getattr(row, name) for name in DAYS) else [])


def _made(wave: Standing, key: str, values: Mapping[str, Any]) -> Activity:
    return Activity(
        id=uuid4(), space_id=wave.plan.space_id, plan=wave.plan, key=f"{wave.prefix}{key}", wave=wave.number,
        position=0, **_stretched(values, wave.percent),
    )  # fmt: skip
