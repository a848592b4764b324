"""Many activities changed together: for each, whether it changes at once, must be proposed, or is refused and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import prefetch_related_objects

from handfast.transition.models import ProposedChange
from handfast.transition.permissions import is_alone, may_amend_activity
from handfast.transition.queries.agreed import SAID, is_fixed
from handfast.transition.queries.effects import Effect, amended, effect_of, effects_of, removed
from handfast.transition.queries.moving import moved
from handfast.transition.queries.sides import is_internal, is_moved_alone, moves_alone, side_of
from handfast.transition.refusals import ActivityRefused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Activity, Plan
    from handfast.transition.queries.effects import Change
    from handfast.transition.queries.plans import PlanRows

Outcome = Literal["at once", "proposed", "refused"]
MOST = 200
ONLY_YOURS = "it is only yours: change it by itself"
TRIED_ALONE = MOST_PROPOSED = 40  # each asks for a schedule of its own


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of all of them; what is empty stays. `days` are open days later, less than none earlier."""

    lead: str = ""
    owner_id: UUID | None = None
    days: int = 0
    is_removed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One of them: its new values, and what comes of it; `effect` is its own, where it is proposed."""

    activity: Activity
    changes: Mapping[str, Any]
    outcome: Outcome
    why: str = ""
    effect: Effect | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """All of them, and what those that change at once move together."""

    lines: tuple[Line, ...]
    effect: Effect | None
    is_removed: bool

    def of(self, outcome: Outcome) -> tuple[Line, ...]:
        """Those of which the same comes."""
        return tuple(one for one in self.lines if one.outcome == outcome)

    @property
    def said(self) -> str:
        """`3 change at once, 2 must be proposed, 1 is refused`."""
        at_once, proposed, refused = (len(self.of(one)) for one in ("at once", "proposed", "refused"))
        done = "taken out" if self.is_removed else "changed"
        parts = [f"{at_once} {'is' if at_once == 1 else 'are'} {done} at once"]
        parts += [f"{proposed} must be proposed"] if proposed else []
        parts += [f"{refused} {'is' if refused == 1 else 'are'} refused"] if refused else []
        return ", ".join(parts)


def chosen_in(rows: PlanRows, ids: Sequence[str]) -> tuple[Activity, ...]:
    """The ticked activities that are in sight, in the order of the plan; anything else is passed over."""
    wanted = frozenset(ids)
    found = [one for one in rows.activities if str(one.pk) in wanted]
    for one in found:
        one.plan = rows.plan  # it is known: nothing is asked for it
    return tuple(found)


def together_of(actor: Actor, rows: PlanRows, chosen: Sequence[Activity], wanted: Wanted) -> Together:
    """Sort them, in the order of the plan. Raises ActivityRefused where none or too many are chosen."""
    if not 0 < len(chosen) <= MOST:
        raise ActivityRefused(f"choose 1 to {MOST} activities", [("activity", "tick some rows of the plan")])
    if wanted == Wanted():
        raise ActivityRefused("nothing is wanted of them", [("days", "choose what changes")])
    prefetch_related_objects([rows.plan], "freezes")  # else each row asks for them
    waiting = _waiting_in(rows.plan)
    lines = [_line(actor, rows, one, wanted, is_waiting=one.pk in waiting) for one in chosen]
    return _sorted(actor, rows.plan, lines, is_removed=wanted.is_removed)


def together_from(actor: Actor, plan: Plan, wishes: Sequence[tuple[Activity, Mapping[str, Any]]]) -> Together:
    """Sort activities that each get values of their own. Raises ActivityRefused."""
    waiting = _waiting_in(plan)
    lines = [
        Line(one, changes, "refused", ONLY_YOURS)
        if is_internal(one)
        else _line_of(actor, one, changes, is_waiting=one.pk in waiting)
        for one, changes in wishes
    ]
    return _sorted(actor, plan, lines, is_removed=False)


def _waiting_in(plan: Plan) -> set[UUID]:
    """The activities of which a change waits for an answer."""
    rows = ProposedChange.objects.filter(activity__plan=plan, state="proposed")
    return set(rows.values_list("activity", flat=True))


def _sorted(actor: Actor, plan: Plan, lines: list[Line], *, is_removed: bool) -> Together:
    at_once = [one for one in lines if one.outcome == "at once"]
    effect = _effect(plan, at_once, is_removed=is_removed) if at_once else None
    if effect is not None and not moves_alone(actor, plan, effect):
        lines, effect = _sorted_alone(actor, plan, lines, is_removed=is_removed)
    lines = _with_effects(plan, _bounded(lines), is_removed=is_removed)
    return Together(tuple(lines), effect, is_removed)


def _line(actor: Actor, rows: PlanRows, one: Activity, wanted: Wanted, *, is_waiting: bool) -> Line:
    if is_internal(one):
        return Line(one, {}, "refused", ONLY_YOURS)
    if wanted.is_removed and one.agreed_id is not None:
        return Line(one, {}, "refused", SAID)
    if wanted.is_removed:
        return _outcome(one, {}, is_free=may_amend_activity(actor, one), is_waiting=is_waiting)
    try:
        changes = _changes(rows, one, wanted)
    except ActivityRefused as refused:
        return Line(one, {}, "refused", str(refused))
    return _line_of(actor, one, changes, is_waiting=is_waiting)


def _line_of(actor: Actor, one: Activity, changes: Mapping[str, Any], *, is_waiting: bool) -> Line:
    if not changes:
        return Line(one, {}, "refused", "it is so already")
    if is_fixed(one, changes):
        return Line(one, {}, "refused", SAID)
    lead = changes.get("lead", "")
    is_kept = lead in ("", "either", side_of(actor, one.plan)) or is_alone(one.plan)
    return _outcome(one, changes, is_free=is_kept and may_amend_activity(actor, one), is_waiting=is_waiting)


def _outcome(one: Activity, changes: Mapping[str, Any], *, is_free: bool, is_waiting: bool) -> Line:
    if is_free:
        return Line(one, changes, "at once")
    if is_waiting:
        return Line(one, changes, "refused", "a change of it waits for an answer")
    return Line(one, changes, "proposed", "the other side must accept it")


def _changes(rows: PlanRows, one: Activity, wanted: Wanted) -> dict[str, Any]:
    """The new values of one activity. Raises ActivityRefused."""
    said: dict[str, Any] = {"lead": wanted.lead} if wanted.lead else {}
    if wanted.owner_id is not None:
        said["owner_id"] = wanted.owner_id
    if wanted.days:
        if one.pk not in rows.dates:
            raise ActivityRefused("it is being dated: try again in a moment")
        said |= moved(one, rows.dates[one.pk], days=wanted.days)
    return {name: value for name, value in said.items() if getattr(one, name) != value}


def _sorted_alone(
    actor: Actor, plan: Plan, lines: Sequence[Line], *, is_removed: bool
) -> tuple[list[Line], Effect | None]:
    """Together they move what the other side must accept: each is tried alone, and what still moves it is proposed."""
    tried = [one for one in lines if one.outcome == "at once"][:TRIED_ALONE]
    effects = dict(zip(tried, _effects(plan, tried, is_removed=is_removed), strict=True))
    found = [_tried(actor, one, effects.get(one)) if one.outcome == "at once" else one for one in lines]
    rest = [one for one in found if one.outcome == "at once"]
    effect = _effect(plan, rest, is_removed=is_removed) if rest else None
    if effect is not None and not moves_alone(actor, plan, effect):
        return [_asked(one, effects.get(one)) if one in rest else one for one in found], None
    return found, effect


def _tried(actor: Actor, one: Line, effect: Effect | None) -> Line:
    is_free = effect is not None and is_moved_alone(actor, one.activity, effect)
    return one if is_free else _asked(one, effect)


def _asked(one: Line, effect: Effect | None) -> Line:
    return replace(one, outcome="proposed", why="it moves what the other side must accept", effect=effect)


def _bounded(lines: Sequence[Line]) -> list[Line]:
    """No more is proposed at once than is asked for in a moment."""
    left = MOST_PROPOSED
    found = []
    for one in lines:
        left -= one.outcome == "proposed"
        is_over = one.outcome == "proposed" and left < 0
        why = f"at most {MOST_PROPOSED} are proposed at once: choose it again after these"
        found.append(replace(one, outcome="refused", why=why) if is_over else one)
    return found


def _with_effects(plan: Plan, lines: Sequence[Line], *, is_removed: bool) -> list[Line]:
    """Each that is proposed with what it moves by itself."""
    asked = [one for one in lines if one.outcome == "proposed" and one.effect is None]
    effects = dict(zip(asked, _effects(plan, asked, is_removed=is_removed), strict=True))
    return [replace(one, effect=effects[one]) if one in effects else one for one in lines]


def _effects(plan: Plan, lines: Sequence[Line], *, is_removed: bool) -> list[Effect]:
    """What each of them moves by itself."""
    if not lines:
        return []
    return effects_of(plan.engagement_id, [change_of([one], is_removed=is_removed) for one in lines])


def _effect(plan: Plan, lines: Sequence[Line], *, is_removed: bool) -> Effect:
    """What they move together."""
    return effect_of(plan.engagement_id, change_of(lines, is_removed=is_removed))


def change_of(lines: Sequence[Line], *, is_removed: bool) -> Change:
    """The change that they are together."""

    def change(rows: PlanRows) -> PlanRows:
        for one in lines:
            step: Change = removed(one.activity.pk) if is_removed else amended(one.activity.pk, one.changes)
            rows = step(rows)
        return rows

    return change
