"""Add, amend and remove a wave: the next process or site takes the same way as the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.transition.actions.versions import count_change
from handfast.transition.models import Activity, Link, Plan, ProposedChange, Wave
from handfast.transition.permissions import may_amend_wave, may_manage_plan
from handfast.transition.queries.agreed import check_removable
from handfast.transition.queries.checking import check_wave
from handfast.transition.queries.copied import copied_activities, copied_links, shifted
from handfast.transition.refusals import (
    ActivityRefused,
    NeedsAcceptance,
    NothingChanges,
    TooManyWaves,
    WaveBegun,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from handfast.foundation.actor import Actor

WAVE_ADDED = "transition.wave_added"
MOST_WAVES = 20
FIRST_NAME = "First wave"
BATCH = 200
AMENDABLE = frozenset({"name", "carries", "criticality", "starts_on"})


@action(permits=may_manage_plan, records="wave.added")
def add_wave(
    actor: Actor,
    plan: Plan,
    /,
    *,
    values: Mapping[str, Any],
    steps: Sequence[str],
    percent: int,
    site: str = "",
    at: datetime,
    as_seen: str | None = None,
) -> Wave:
    """Copy the chosen steps of the first wave as it stands, shifted to the wave's start.

    As it stands, and not from the template: what both sides changed in it is what they have learned. Neither
    progress nor baseline nor what is internal to a side is copied. It moves nothing that is there, so one side
    adds it, as one side makes the plan: the other is told, and holds to it from the next baseline on. At a `site`
    the work of the side that has it runs on the site's days, and joint work does too.
    Raises ActivityRefused, TooManyWaves.
    """
    check_wave(values, percent)
    if site and site not in plan.site_names:
        raise ActivityRefused("no side has this site", [("site", "choose a site of the plan's calendars")])
    waves = list(Wave.objects.filter(plan=plan))
    if len(waves) >= MOST_WAVES:
        raise TooManyWaves(
            f"a plan has room for {MOST_WAVES} waves: take one out, or make it a second engagement"
        )
    if not waves:
        waves.append(_first_of(plan))
    wave: Wave = Wave.objects.create(
        **{name: values[name] for name in AMENDABLE & values.keys()},
        space_id=plan.space_id,
        plan=plan,
        number=waves[-1].number + 1,
        percent=percent,
    )
    _copy_into(plan, wave, steps, percent, site)
    count_change(plan, wave, actor=actor, at=at)
    later(WAVE_ADDED, wave, due_at=at, actor=actor)
    return wave


@action(permits=may_amend_wave, records="wave.amended")
def amend_wave(
    actor: Actor, wave: Wave, /, *, changes: Mapping[str, Any], at: datetime, as_seen: str | None = None
) -> Wave:
    """Name it otherwise, or move its start with everything in it.

    Raises ActivityRefused, NothingChanges, WaveBegun where something has begun, NeedsAcceptance where a baseline
    holds its dates.
    """
    if changes.keys() - AMENDABLE:
        raise ActivityRefused("not something of a wave that is amended")
    check_wave({name: getattr(wave, name) for name in AMENDABLE} | dict(changes))
    if all(getattr(wave, name) == value for name, value in changes.items()):
        raise NothingChanges("everything is as it was: change something first")
    by = changes.get("starts_on", wave.starts_on) - wave.starts_on
    if by:
        if wave.number == 1:
            raise ActivityRefused(
                "the first wave begins with the plan",
                [("starts_on", "move the plan's start under Calendars and people")],
            )
        rows = [shifted(one, by) for one in _untouched(wave)]
        for one in rows:
            one.version += 1
        Activity.objects.bulk_update(
            rows, ["not_before_on", "fixed_on", "deadline_on", "version"], batch_size=BATCH
        )
    for name, value in changes.items():
        setattr(wave, name, value)
    wave.version += 1
    wave.save(update_fields=[*changes, "version"])
    count_change(wave.plan, wave, actor=actor, at=at)
    return wave


@action(permits=may_amend_wave, records="wave.removed")
def remove_wave(actor: Actor, wave: Wave, /, *, at: datetime, as_seen: str | None = None) -> Wave:
    """Take a wave out with its activities; what they were stays readable.

    Raises ActivityRefused, WaveBegun, NeedsAcceptance as `amend_wave` does.
    """
    if wave.number == 1:
        raise ActivityRefused("the first wave is the plan itself: take out the later ones")
    rows = _untouched(wave)
    for one in rows:
        # The number is free for another wave, and with it the keys.
        one.key, one.removed_at, one.version = f"removed.{one.pk.hex}", at, one.version + 1
    Activity.objects.bulk_update(rows, ["key", "removed_at", "version"], batch_size=BATCH)
    plan, kept = wave.plan, wave.pk
    count_change(plan, wave, actor=actor, at=at)
    wave.delete()
    wave.pk = kept  # the entry names the wave that was
    if Wave.objects.filter(plan=plan).count() == 1:
        Wave.objects.filter(plan=plan).delete()
    return wave


def _first_of(plan: Plan) -> Wave:
    first: Wave = Wave.objects.create(
        space_id=plan.space_id, plan=plan, number=1, name=FIRST_NAME, starts_on=plan.starts_on
    )
    return first


def _copy_into(plan: Plan, wave: Wave, steps: Sequence[str], percent: int, site: str) -> None:
    known = set(plan.steps.values_list("key", flat=True))
    if not steps or set(steps) - known:
        raise ActivityRefused("these steps are not in the plan", [("steps", "choose steps of the plan")])
    here = Activity.objects.filter(plan=plan, space_id=plan.space_id, removed_at__isnull=True)
    sources = list(here.filter(wave=1, step_key__in=steps))
    if not sources:
        raise ActivityRefused("these steps have no activity", [("steps", "choose steps with activities")])
    shared = set(here.values_list("pk", flat=True))
    rows = Link.objects.filter(plan=plan, space_id=plan.space_id)
    links = [one for one in rows if {one.before_id, one.after_id} <= shared]
    copies = copied_activities(plan, wave, sources, links, percent=percent)
    leads = plan.leads_at(site)
    for one in copies.values():
        one.site = site if one.lead in leads else one.site
    Activity.objects.bulk_create(copies.values(), batch_size=BATCH)
    Link.objects.bulk_create(copied_links(links, copies), batch_size=BATCH)


def _untouched(wave: Wave) -> list[Activity]:
    """The activities of a wave in which nothing has begun and that neither a baseline nor the contract holds."""
    found = Activity.objects.select_for_update().filter(plan_id=wave.plan_id, space_id=wave.space_id)
    rows = list(found.filter(wave=wave.number, removed_at__isnull=True))
    if begun := [one.name for one in rows if one.started_on is not None]:
        raise WaveBegun(f"“{begun[0]}” has begun: what has happened in a wave is not moved and not taken out")
    if any(one.baseline_ends_at is not None for one in rows):
        raise NeedsAcceptance("a baseline holds these dates: propose other dates of the activities instead")
    for one in rows:
        check_removable(one)
    waiting = ProposedChange.objects.filter(activity__in=rows, state=ProposedChange.State.PROPOSED)
    if waiting.exists():
        raise NeedsAcceptance("a change of this wave waits for an answer: answer or withdraw it first")
    return rows
